"""Words that are written with a stop, and words that tell whether a sentence begins after one.

The library brings its own long lists; these hold what it lacks or judges differently for news in English
and Polish. All are in lower case, abbreviations without their last stop.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A name or an explanation follows, so the stop ends no sentence. English titles count with a capital only.
LEADING = {
    "en": _words(
        """mr mrs ms messrs mmes dr prof gen lt col sgt capt cpl cmdr cdr adm maj brig sen rep gov rev hon
        amb pres supt insp det st min vice-adm rear-adm maj-gen lt-gen lt-col sec-gen v vs cf e.g i.e viz
        approx incl excl"""
    ),
    "pl": _words(
        """prof dr doc mgr inż hab gen płk ppłk mjr kpt ppor por kmdr adm bryg dyw ks św bp abp kard sen pos
        mec prez wiceprez min wicemin red ul al pl os zob np m.in tzw tzn tj im pt ws wg dn godz woj pow gm
        dot ok jw śp p.o ds sierż plut kpr chor asp nadkom podkom insp podinsp mł ang niem franc ros tel
        max"""
    ),
}

# Of those, words in their own right: "He spoke for 5 min. The talks", "Powiedział im. Potem wyszedł".
ALSO_WORDS = {"en": _words("min v st"), "pl": _words("im por os max red pos")}

# A number follows; before anything else the library decides.
NUMBERED = {
    "en": _words("art arts para paras sec secs fig figs vol vols p pp ch chap no nos c ca"),
    "pl": _words("art ust pkt nr poz rozdz zał str s t lit par"),
}

# A stop after these ends a sentence if a plain beginning of one follows.
TRAILING = {
    "en": _words(
        """inc corp co bros jr sr al ph.d ave blvd dept govt
        jan feb mar apr jun jul aug sep sept oct nov dec"""
    ),
    "pl": _words("sp jun in"),
}

# Dates, measures and company forms: the sentence ends here if it was complete.
MEASURES = {
    "en": _words("a.m p.m b.c a.d"),
    "pl": _words(
        "r w br b.r ub.r bm b.m n.e p.n.e proc tys mln mld bln godz min sek szt os zł gr egz s.a o.o itd itp"
    ),
}

# Plain words that, with a capital, begin a sentence whatever stands before.
STARTERS = {
    "en": _words(
        """the a an it its he his she her they their we our you your this that these those there here in on
        at by from to for with under over after before since during despite as if when while although though
        because but and or nor so yet however meanwhile moreover also both all some many most such another
        each every neither either what who whose which how why where not then now only even instead still
        unlike according it's he's she's they're we're that's there's isn't"""
    ),
    "pl": _words(
        """a i o u w we z ze na nad po pod od do dla przed przy przez za bez wśród między poza oprócz
        podczas wobec według zdaniem mimo pomimo dzięki zgodnie wraz obok ale lecz jednak jednakże natomiast
        zaś oraz lub albo więc dlatego zatem ponadto dodatkowo następnie potem później wcześniej obecnie
        teraz dotychczas dotąd już jeszcze tymczasem niemniej to ten ta te ci tego tej tych temu tym tymi tę
        on ona ono oni one jego jej ich mu im go ją jest są był była było były będzie będą nie tak także też
        również jak jako jeśli jeżeli gdy gdyby kiedy choć chociaż ponieważ bo czy co kto gdzie który która
        które obaj obie oba oboje każdy każda każde wszyscy wszystkie wszystko tu tam dziś dzisiaj wczoraj
        jutro trwa ma mają może mogą można należy tyle rząd premier prezydent minister ministrowie strony
        traktat umowa porozumienie pakt państwa kraje eksperci"""
    ),
}

# English nouns that carry a letter as their number: "Plan B. Talks resume".
LETTERED = _words(
    "plan phase option section annex appendix part type class group grade vitamin hepatitis exhibit war"
)

# Polish nouns with the endings of a verb in the past.
NOT_VERBS = _words(
    """siła siły źródło źródła dzieło dzieła ciało ciała hasło hasła światło światła szkoła szkoły koło
    koła skała skały chwili chwały mała mały cała cały stała stały kolano grono święto wiano miano"""
)
