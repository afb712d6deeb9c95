"""Polish words for attribution. Nouns and names count in the nominative; what declines is not made up."""

from articles.body.abbreviations import STARTERS
from articles.importing.attribution.vocabulary import Vocabulary, words

_VERBS = """
    powiedział powiedziała mówił mówiła mówi stwierdził stwierdziła stwierdza podkreślił podkreśliła podkreśla
    zaznaczył zaznaczyła zaznacza dodał dodała dodaje oświadczył oświadczyła oświadcza nazwał nazwała nazywa ocenił
    oceniła ocenia zauważył zauważyła zauważa przekazał przekazała przekazuje poinformował poinformowała informuje
    wskazał wskazała wskazuje zapewnił zapewniła zapewnia napisał napisała pisze ogłosił ogłosiła ogłasza zapowiedział
    zapowiedziała zapowiada przyznał przyznała przyznaje wyjaśnił wyjaśniła wyjaśnia tłumaczył tłumaczyła tłumaczy
    uznał uznała uznaje określił określiła określa zadeklarował zadeklarowała deklaruje zaapelował zaapelowała apeluje
    ostrzegł ostrzegła ostrzega przypomniał przypomniała przypomina podsumował podsumowała podsumowuje twierdzi
    twierdził twierdziła odpowiedział odpowiedziała odpowiada zwrócił zwróciła ostrzegał ostrzegała potwierdził
    potwierdziła potwierdza komentował komentowała skomentował skomentowała pochwalił pochwaliła skrytykował
    skrytykowała zacytował stwierdziło oświadczyło poinformowało przekazało podkreśliło podało podał podała podaje
    powtórzył powtórzyła kontynuował kontynuowała zakończył zakończyła obiecał obiecała opisał opisała opisuje
    wezwał wezwała wyraził wyraziła argumentował argumentowała przekonywał przekonywała dodało zapewniło nazwało
"""
_DOCUMENT_VERBS = (
    "głosi brzmi stanowi przewiduje mówi zobowiązuje potwierdza określa nazywa podkreśla potwierdziło"
)
_PLACES = """
    polska brytania niemcy francja włochy hiszpania ukraina rosja białoruś litwa łotwa estonia finlandia szwecja
    norwegia dania holandia belgia austria węgry czechy słowacja rumunia bułgaria grecja turcja gruzja chiny japonia
    indie kanada usa londyn warszawa berlin paryż rzym madryt kijów moskwa wilno bruksela praga waszyngton pekin
    wielka_brytania stany_zjednoczone unia_europejska ue rp polski kraków gdańsk
"""
_FOLLOWERS = """
    obrony narodowej spraw zagranicznych wewnętrznych finansów zdrowia edukacji sprawiedliwości rządu partii klubu
    generalny generalna państwa resortu polskiego brytyjskiego francuskiego niemieckiego rady ministrów do ds
    europejskich koalicji obywatelskiej polski wielkiej brytanii niemiec francji ukrainy usa rp litwy łotwy
    estonii włoch hiszpanii stanów zjednoczonych unii europejskiej komisji nato mon msz bbn kprm senatu sejmu prezydenta
    premiera ministerstwa infrastruktury klimatu kultury nauki rolnictwa cyfryzacji energii zespołu sztabu generalnego
    wojska polskiego prasowy prasowa szwecji norwegii danii finlandii czech słowacji węgier
"""
_ROLE_HEADS = """
    premier prezydent minister wicepremier wiceminister szef szefowa rzecznik rzeczniczka ambasador kanclerz
    marszałek wicemarszałek generał gen. przewodniczący przewodnicząca sekretarz prezes wiceprezes poseł posłanka
    senator senatorka król królowa dowódca dyrektor dyrektorka komisarz doradca doradczyni prezydentka premierka
    ministra burmistrz wojewoda pułkownik płk płk. kapitan admirał adm. ekspert ekspertka analityk analityczka
    profesor prof. papież biskup arcybiskup kardynał europoseł europosłanka lider liderka attaché
"""
_OBLIQUE_TITLES = """
    premiera premierowi premierem premierze prezydenta prezydentowi prezydentem prezydencie ministrowi ministrem
    ministrze wicepremiera wicepremierem szefa szefowi szefem szefowej rzecznika rzecznikiem rzecznikowi ambasadora
    ambasadorem kanclerza kanclerzem kanclerzowi marszałka marszałkiem generała generałem przewodniczącego
    przewodniczącym przewodniczącej sekretarza sekretarzem prezesa prezesem posła posłem posłanki senatora senatorem
    króla królem królowej dowódcy dowódcą dyrektora dyrektorem doradcy doradcą lidera liderem pana panu panem
"""
_PLAIN = """
    poniedziałek wtorek środa czwartek piątek sobota niedziela stycznia lutego marca kwietnia maja czerwca lipca
    sierpnia września października listopada grudnia powiedział powiedziała podkreślił dodał zaznaczył stwierdził
    zapytany zapytana pytany mówiąc jak szef nowy nowa nowe pierwszy pierwsza traktat umowa pakt porozumienie układ
    londynu londynie londynem warszawy warszawie warszawę warszawą berlina berlinie paryża paryżu rzymu rzymie kijowa
    kijowie moskwy moskwie wilna wilnie brukseli brukselę pragi pradze waszyngtonu waszyngtonie polsce polskę francję
    niemczech rosją rosję ukrainą ukrainę ukrainie rosji europy europie europę
    nikt ktoś wszyscy niektórzy wielu obydwaj zaś właśnie ponadto również nadal wówczas zdaniem według dwa trzy cztery
"""

POLISH = Vocabulary(
    verbs=words(_VERBS) | words(_DOCUMENT_VERBS),
    document_verbs=words("głosi brzmi stanowi przewiduje zobowiązuje"),
    also_nouns=words("stanowi podało określa"),
    with_next={},
    participles=words(
        """mówiąc dodając podkreślając zaznaczając nazywając stwierdzając tłumacząc wyjaśniając zapewniając określając
        ostrzegając przypominając wskazując zauważając oceniając apelując przyznając deklarując"""
    ),
    bare_verbs=words(""),
    telling=words("powiedział powiedziała zapewnił zapewniła poinformował poinformowała ostrzegł ostrzegła"),
    between=words(
        """też także również potem później wcześniej następnie jeszcze już dziś dzisiaj wczoraj teraz ponadto dobitnie
        wyraźnie krótko w poniedziałek wtorek środę czwartek piątek sobotę niedzielę tymczasem zaś się stanowczo
        jednocześnie wtedy ponownie niedawno natomiast wprost"""
    ),
    denials=words("nie nigdy ani nikt wcale zaprzeczył zaprzeczyła odmówił odmówiła"),
    disclaimers=words("cytując powołując nic"),
    repudiations=words(
        "odrzucił odrzuciła odrzuca zaprzecza zaprzeczył zaprzeczyła zdementował zdementowała"
    ),
    passives=words("został została zostało był była było bywa jest"),
    modals=words("może mógłby mogłaby powinien powinna musi miał miała by"),
    futures=words(""),
    pronouns=words("on ona"),
    neuter_pronouns=words("ono"),
    relatives=words("który która które"),
    conjunctions=words("i oraz a ale lecz po"),
    before_objects=words(
        """z ze od do dla przez o u wobec przeciw przeciwko bez przed po za nad pod na w we ani nie jeśli jeżeli czy lub
        albo niż jako niech mimo oprócz poza między wśród obok przy według zdaniem wraz gdyby tylko nawet"""
    ),
    boundaries=words("natomiast ; zaś podczas ponieważ chociaż choć"),
    parenthesis=words(
        "który która premier prezydent minister szef szefowa w na po podczas zapytany zapytana będący były była"
    ),
    according=words("według zdaniem"),
    plain=STARTERS["pl"] | words(_PLAIN),
    groups=words(
        """politycy ministrowie eksperci krytycy analitycy dziennikarze urzędnicy dyplomaci posłowie liderzy przywódcy
        premierzy prezydenci wojskowi komentatorzy mieszkańcy rodzice media źródła władze oboje obaj strony kraje"""
    ),
    role_heads=words(_ROLE_HEADS),
    role_modifiers=words(
        """polski polska brytyjski brytyjska francuski francuska niemiecki niemiecka ukraiński ukraińska amerykański
        amerykańska były była nowy nowa ówczesny ówczesna obecny obecna wiceminister unijny unijna litewski litewska
        szwedzki szwedzka włoski włoska hiszpański hiszpańska czeski czeska słowacki słowacka węgierski węgierska"""
    ),
    role_followers=words(_FOLLOWERS),
    oblique_titles=words(_OBLIQUE_TITLES),
    honorifics={
        "pan": "on",
        "pani": "ona",
        "dr": None,
        "dr.": None,
        "hab.": None,
        "prof.": None,
        "inż.": None,
    },
    unnamed_people=words(
        """urzędnik urzędniczka mężczyzna kobieta dyplomata dyplomatka polityk żołnierz autor autorka dziennikarz
        dziennikarka rozmówca rozmówczyni krytyk kolega koleżanka poprzednik następca współpracownik"""
    ),
    particles=words("von van der de la di al bin"),
    places=words(_PLACES),
    demonyms=words(
        """polski polska polskie brytyjski brytyjska brytyjskie niemiecki niemiecka niemieckie francuski francuska
        francuskie rosyjski rosyjska rosyjskie ukraiński ukraińska ukraińskie amerykański amerykańska amerykańskie"""
    ),
    organisations=words(
        "kreml pentagon reuters bundestag bundeswehra sejm senat nato mon msz pap ue onz obwe kprm bbn"
    ),
    organisation_heads=words(
        """ministerstwo rząd parlament komisja rada sąd ambasada departament agencja sojusz komitet bank kancelaria
        biuro resort senat sejm gabinet armia wojsko instytut uniwersytet trybunał sztab partia dowództwo"""
    ),
    organisation_modifiers=words(
        "obrony narodowej spraw zagranicznych europejska europejski narodowy narodowa"
    ),
    story_documents=words("traktat umowa pakt porozumienie układ"),
    documents=words(
        "traktat umowa pakt porozumienie układ deklaracja memorandum protokół karta konwencja komunikat"
    ),
    story_document_name="traktat",
    document_modifiers=words(
        "nowy nowa nowe polsko-brytyjski polsko-brytyjska polsko-brytyjskie obronny obronna"
    ),
    document_parts=words("tekst preambuła ustęp artykuł treść"),
    definite=words(""),
    determiners=words(""),
    articles=words(""),
    of=words(""),
    introducing=words(
        ", : że iż go ją je ich to jako mianem o – — się traktat umowę pakt porozumienie układ"
    ),
    as_words=words("jak"),
    after_attribution=words(
        """w we na podczas po przed do dla z ze po wczoraj dziś dzisiaj poniedziałek wtorek środę czwartek piątek sobotę
        niedzielę dodając odnosząc komentując pytany zapytany gdy kiedy cytowany"""
    ),
    naming=words("nazwany nazwana nazwane zwany zwana zwane nazywany nazywana"),
    title_cues=words(
        """raport dokument program film książka książki książkę filmu raporcie raportu ćwiczenia operacja operacji
        artykuł artykule plan strategia projekt tytułem pt pt. zatytułowany zatytułowana zatytułowane hasłem operację
        projektu programu planu tygodnik dziennik kryptonimem kryptonim"""
    ),
    term_cues=words("tzw tzw. termin słowo pojęcie określenie zwrot fraza słowa terminu pojęcia"),
    inflects=True,
)
