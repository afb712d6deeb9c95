"""English words for attribution."""

from articles.body.abbreviations import STARTERS
from articles.importing.attribution.vocabulary import Vocabulary, words

_VERBS = """
    said says told tells added adds noted stated stressed stresses warned warns declared declares claimed insisted
    insists argued argues explained explains remarked replied replies responded responds announced announces
    reaffirmed reaffirms affirmed affirms underlined underlines underscored underscores emphasised emphasized
    emphasises emphasizes highlighted wrote writes tweeted commented continued continues concluded concludes
    acknowledged acknowledges admitted admits confirmed confirms promised pledged vowed vows urged urges asked asks
    demanded hailed hails praised praises labelled labeled branded dubbed termed characterised characterized
    described describes recalled recalls reiterated reiterates repeated quipped joked asserted asserts observed
    suggested suggests predicted predicts accused accuses denounced denounces condemned condemns criticised
    criticized cautioned cautions appealed conceded concedes contended contends countered maintained maintains
    mentioned proclaimed proclaims retorted revealed testified complained lamented called reported spoke speaks
    referred refers appealed agreed agrees recommended thanked summarised summarized answered joked blamed
"""
_DOCUMENT_VERBS = """
    reads read provides provided commits committed obliges obliged stipulates stipulated recognises recognizes
    recognised recognized guarantees guaranteed defines defined binds bound sets set contains contained lists listed
"""
_ALSO_NOUNS = """
    states notes claims calls reports demands comments remarks promises pledges highlights reads terms brands labels
    posts answers repeats guarantees sets lists binds commits read set bound contains praises asks
"""
_PLACES = """
    poland britain england scotland wales ireland germany france italy spain portugal ukraine russia belarus lithuania
    latvia estonia finland sweden norway denmark iceland netherlands belgium luxembourg switzerland austria hungary
    czechia slovakia slovenia croatia serbia bosnia kosovo albania montenegro romania bulgaria moldova greece cyprus
    malta turkey türkiye georgia armenia azerbaijan israel iran iraq syria egypt china japan india pakistan taiwan
    australia canada mexico brazil america europe london warsaw berlin paris rome madrid lisbon kyiv kiev moscow minsk
    vilnius riga tallinn helsinki stockholm oslo copenhagen brussels prague bratislava budapest bucharest sofia athens
    vienna bern dublin ankara tbilisi washington beijing tokyo delhi ottawa canberra uk us usa u.s u.s. eu u.k. u.k
    united_kingdom united_states european_union great_britain northern_ireland south_korea north_korea czech_republic
    new_york new_zealand saudi_arabia edinburgh cardiff belfast kraków gdańsk munich geneva strasbourg nancy
"""
_DEMONYMS = """
    polish british english scottish welsh irish german french italian spanish portuguese ukrainian russian belarusian
    lithuanian latvian estonian finnish swedish norwegian danish dutch belgian swiss austrian hungarian czech slovak
    slovenian croatian serbian romanian bulgarian moldovan greek turkish georgian israeli iranian chinese japanese
    indian american canadian australian european western eastern northern southern baltic nordic soviet anglo-polish
    polish-british british-polish uk-poland uk-polish poland-uk
"""
_PLAIN = """
    yesterday today tomorrow tonight monday tuesday wednesday thursday friday saturday sunday january february march
    april may june july august september october november december mr's asked speaking calling saying adding noting
    standing writing answering welcoming praising describing against among around behind below beside between beyond
    down into near off onto out outside through toward towards until up upon within without about above across along
    alongside here there today last next first second third one two three four five six seven eight nine ten is are
    was were be been did does do has have had will would could should may might must can let no nobody none once
    perhaps indeed earlier later recently meanwhile besides furthermore additionally finally similarly ask tell call
    said told wrote added new old former several few much more less own same everyone someone anyone everything
    nothing something
"""
_GROUPS = """
    officials critics analysts experts ministers sources leaders diplomats lawmakers opponents supporters observers
    residents people police authorities campaigners historians commentators media reports newspapers others many some
    few both all protesters activists researchers scientists economists soldiers troops families neighbours voters
    politicians senators lawyers judges editors reporters journalists allies members governments parties countries
    nations negotiators signatories delegates delegations they we you i who readers citizens locals troops rivals
"""
_ROLE_HEADS = """
    minister president secretary chancellor ambassador spokesman spokeswoman spokesperson general marshal chief leader
    chairman chairwoman chairperson chair commissioner envoy adviser advisor mayor king queen prince princess pope
    senator mp mep deputy premier governor judge professor admiral colonel captain major commander director
    secretary-general representative speaker whip archbishop bishop attaché head economist analyst historian expert
    pm lord baroness gen. col. lt. sen. rep. gov. rev.
"""
_ROLE_MODIFIERS = """
    prime foreign defence defense deputy interior home vice former acting first then national security health finance
    chief press shadow high european permanent under parliamentary armed forces military army navy air trade energy
    justice culture education senior leading government opposition party labour conservative general attorney state
    treasury cabinet office royal nato eu un uk us u.s. u.k. co- ex- vice- outgoing incoming veteran
"""
_ORGANISATION_HEADS = """
    ministry government parliament commission council court embassy department agency alliance committee bank union
    presidency chancellery office house senate congress cabinet army treasury party group institute university
    association foundation federation authority administration company corporation service forces navy centre center
    nations street club think-tank pact's organisation organization bureau newspaper times post guardian news press
    sejm chamber secretariat delegation
"""

ENGLISH = Vocabulary(
    verbs=words(_VERBS)
    | words(_DOCUMENT_VERBS)
    | words("states notes claims calls reports demands comments remarks"),
    document_verbs=words(_DOCUMENT_VERBS),
    also_nouns=words(_ALSO_NOUNS),
    with_next={
        "put": words("it this that things"),
        "puts": words("it this that things"),
        "went": words("on"),
        "goes": words("on"),
        "pointed": words("out"),
        "points": words("out"),
        "made": words("clear"),
    },
    participles=words(
        """saying adding noting calling telling stating stressing warning declaring claiming insisting arguing
        explaining remarking replying announcing reaffirming underlining underscoring emphasising emphasizing
        highlighting writing describing labelling branding dubbing hailing praising urging recalling reiterating
        repeating asserting pledging promising vowing asking accusing referring continuing concluding condemning"""
    ),
    bare_verbs=words(
        "say add tell call announce declare warn describe stress argue insist write note promise urge"
    ),
    telling=words("told tells telling tell asked asks thanked urged urges accused praised"),
    between=words(
        """also later then earlier previously once again only simply just even further today yesterday tomorrow has
        have had himself herself itself on monday tuesday wednesday thursday friday saturday sunday often always
        still now therefore thus meanwhile immediately proudly too first afterwards recently"""
    ),
    denials=words("not never hardly nor neither no denied refused declined without stopped avoided"),
    disclaimers=words("citing quoting nothing"),
    repudiations=words(
        "rejected rejects denied denies dismissed dismisses refuted refutes disputed disputes"
    ),
    passives=words("is are was were be been being am get gets got"),
    modals=words("would could may might should must can cannot to did does do shall"),
    futures=words("will"),
    pronouns=words("he she"),
    neuter_pronouns=words("it"),
    relatives=words("who which that"),
    conjunctions=words("and but then yet"),
    before_objects=words(
        """of for with by to from at in against alongside about than like unlike nor neither or not if whether unless
        between towards toward into under near without around before because even only no except despite besides"""
    ),
    boundaries=words("while whereas although though ; whilst because"),
    parenthesis=words(
        """who whose the a an on in at after during when asked his her its then now former flanked visibly"""
    ),
    according=words("according"),
    plain=STARTERS["en"] | words(_PLAIN),
    groups=words(_GROUPS),
    role_heads=words(_ROLE_HEADS),
    role_modifiers=words(_ROLE_MODIFIERS),
    role_followers=words("of for the state defence defense foreign home affairs health finance"),
    oblique_titles=words(""),
    honorifics={
        "mr": "he",
        "mr.": "he",
        "sir": "he",
        "mrs": "she",
        "mrs.": "she",
        "ms": "she",
        "ms.": "she",
        "dame": "she",
        "lady": "she",
        "dr": None,
        "dr.": None,
        "miss": "she",
    },
    unnamed_people=words(
        """official man woman aide source diplomat lawmaker soldier boy girl lawyer author journalist reporter
        negotiator politician counterpart critic veteran colleague predecessor successor wife
        husband father mother son daughter"""
    ),
    particles=words("von van der den de la le del di da dos du al bin ibn el ter ten zu"),
    places=words(_PLACES),
    demonyms=words(_DEMONYMS),
    organisations=words(
        """kremlin pentagon whitehall reuters westminster bundestag bundeswehr sejm congress senate nato un osce
        bloomberg politico interpol europol frontex downing_street white_house"""
    ),
    organisation_heads=words(_ORGANISATION_HEADS),
    organisation_modifiers=words(
        """foreign defence defense interior justice finance health home national central supreme constitutional trade
        energy state prime-ministerial presidential security european polish-british education culture"""
    ),
    story_documents=words("treaty agreement pact accord"),
    documents=words(
        "treaty agreement pact accord declaration communiqué communique memorandum protocol charter convention"
    ),
    story_document_name="the treaty",
    document_modifiers=words(
        """new landmark historic defence defense security bilateral military joint draft final full signed proposed
        strategic long-awaited cooperation co-operation and same whole present mutual trade peace landmark friendship
        wide-ranging sweeping partnership ambitious planned latest"""
    ),
    document_parts=words(
        "text preamble paragraph section wording annex article clause chapter body provision part"
    ),
    definite=words("the this that"),
    determiners=words("the"),
    articles=words("the a an"),
    of=words("of for the to in"),
    introducing=words(", : that it him her them this as on for : the a an – —"),
    as_words=words("as"),
    after_attribution=words(
        """on in at after during to of before ahead following when as while yesterday today tomorrow monday tuesday
        wednesday thursday friday saturday sunday earlier later afterwards speaking standing adding"""
    ),
    naming=words("called dubbed named labelled labeled termed branded"),
    title_cues=words(
        """report paper document programme program film book song exercise operation article plan strategy doctrine
        project initiative entitled titled named dubbed so-called headlined novel play poem essay pamphlet series
        campaign slogan motto system conference summit codenamed code-named nicknamed known chapter manifesto"""
    ),
    term_cues=words("term word phrase expression concept label notion words so-called"),
)
