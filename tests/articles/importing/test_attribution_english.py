"""Who speaks an English quotation; where the text leaves it open, nobody does."""

import pytest

from tests.articles.importing.asking import speakers

LEADERS = "UK Prime Minister Keir Starmer and Polish Prime Minister Donald Tusk signed a treaty. "
TUSK, STARMER = "Donald Tusk", "Keir Starmer"
WORDS = "“we will stand together for years”"

PLAIN = [
    ("Tusk said {q}.", TUSK),
    ("Tusk said: {q}.", TUSK),
    ("Tusk said that {q}.", TUSK),
    ("Prime Minister Tusk said {q}.", TUSK),
    ("Polish Prime Minister Donald Tusk said {q}.", TUSK),
    ("The Polish Prime Minister said {q}.", TUSK),
    ("Mr Tusk told reporters {q}.", TUSK),
    ("Sir Keir Starmer said {q}.", STARMER),
    ("Tusk told Starmer {q}.", TUSK),
    ("Tusk told Starmer that {q}.", TUSK),
    ("Tusk said of Starmer: {q}.", TUSK),
    ("Tusk said Starmer was part of it: {q}.", TUSK),
    ("Tusk called it {q}.", TUSK),
    ("Tusk has repeatedly called the pact {q}.", TUSK),
    ("Tusk described the pact as {q}.", TUSK),
    ("Tusk noted that {q}.", TUSK),
    ("Tusk put it plainly: {q}.", TUSK),
    ("Tusk on Monday said {q}.", TUSK),
    ("In London on Monday, Tusk said {q}.", TUSK),
    ("After meeting Starmer, Tusk said {q}.", TUSK),
    ("Asked about the pact, Tusk said {q}.", TUSK),
    ("Tusk, who met Starmer in London, said {q}.", TUSK),
    ("Tusk, speaking alongside Starmer, said {q}.", TUSK),
    ("Donald Tusk, Poland’s prime minister, said {q}.", TUSK),
    ("Donald Tusk, the Polish prime minister, said {q}.", TUSK),
    ("Starmer smiled, while Tusk said {q}.", TUSK),
    ("Starmer met Tusk, who said {q}.", TUSK),
    ("According to Tusk, {q}.", TUSK),
    ("As Tusk put it, {q}.", TUSK),
    ("Tusk: {q}.", TUSK),
    ("Said Tusk: {q}.", TUSK),
    ("“We stay.” said Tusk.", TUSK),
    ("“We stay.” Tusk said.", TUSK),
    ("Tusk welcomed the pact and said {q}.", TUSK),
    ("Tusk welcomed the pact, calling it {q}.", TUSK),
    ("Tusk went on to the podium. Tusk will say {q}.", TUSK),
    ("{q}, said Tusk.", TUSK),
    ("{q}, said Starmer of Tusk.", STARMER),
    ("{q}, Tusk said.", TUSK),
    ("{q}, Tusk said on Monday in London.", TUSK),
    ("{q}, Tusk told Starmer.", TUSK),
    ("{q} – Tusk said.", TUSK),
    ("{q}, said Prime Minister Tusk.", TUSK),
    ("{q}, said the Polish prime minister.", TUSK),
    ("{q}, said the Foreign Office.", "Foreign Office"),
    ("{q}, said the British foreign ministry.", "British foreign ministry"),
    ("{q}, according to Tusk.", TUSK),
    ("The pact marks {q} in relations, Tusk said.", TUSK),
    ("The pact marks {q} in relations, according to Tusk.", TUSK),
]

OPEN = [
    "{q}.",
    "The two leaders said {q}.",
    "Starmer and Tusk said {q}.",
    "Both Starmer and Tusk said {q}.",
    "Neither Starmer nor Tusk said {q}.",
    "Starmer met Tusk and said {q}.",
    "Tusk met Starmer, calling the pact {q}.",
    "Tusk’s spokesman said {q}.",
    "Tusk's office said {q}.",
    "A friend of Tusk said {q}.",
    "A spokesman for Tusk said {q}.",
    "A spokesman for the Ministry of Defence said {q}.",
    "{q}, said a spokesman for the Foreign Office.",
    "{q}, said the ministry.",
    "Officials said {q}.",
    "Negotiators said {q}.",
    "A spokesman said {q}.",
    "One official told Tusk {q}.",
    "The prime minister said {q}.",
    "Tusk did not say {q}.",
    "Tusk didn’t say {q}.",
    "Tusk never said {q}.",
    "Tusk denied saying {q}.",
    "Tusk refused to say {q}.",
    "Tusk would say {q}.",
    "Tusk was told {q}.",
    "Tusk was called {q}.",
    "Tusk is said to have wanted {q}.",
    "The pact was described by critics as {q}.",
    "Starmer said Tusk had called it {q}.",
    "Starmer said that Tusk had said {q}.",
    "Officials said Tusk called it {q}.",
    "Whether Tusk said {q} is not known.",
    "Tusk said he would sign, which critics call {q}.",
    "Tusk said he was glad, while the motto of the summit was {q}.",
    "Tusk said, citing Starmer, that {q}.",
    "Tusk, quoting Starmer, said {q}.",
    "Tusk quoted Starmer as saying {q}.",
    "Tusk was quoted by Starmer as saying {q}.",
    "Tusk said nothing about {q}.",
    "Tusk rejected the accusation that he had said {q}.",
    "Tusk praised Starmer for saying {q}.",
    "Tusk, along with Starmer, said {q}.",
    "Not even Tusk said {q}.",
    "A statement by Tusk said {q}.",
    "Tusk signed a pact that states {q}.",
    "The member states {q} were named.",
    "{q}, said Starmer and Tusk.",
    "{q}, Tusk’s office said.",
    "{q}, said a spokesman.",
    "{q}, Tusk said {q}.",
    "They said {q}.",
    "Everyone in London knew Tusk. Nobody said {q}.",
    "Tusk said the report {q} was out.",
]


@pytest.mark.parametrize(("sentence", "name"), PLAIN)
def test_the_speaker_is_found_where_the_text_is_plain(sentence, name):
    assert speakers(LEADERS + sentence.format(q=WORDS)) == [name]


@pytest.mark.parametrize("sentence", OPEN)
def test_nobody_speaks_where_the_text_leaves_it_open(sentence):
    assert speakers(LEADERS + sentence.format(q=WORDS))[0] is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tusk arrived in London. He said {q}.", ["Tusk"]),
        ("Tusk arrived in London. He smiled. He said {q}.", ["Tusk"]),
        ("Tusk spoke. {q}, he said.", ["Tusk"]),
        ("Tusk spoke. {q}, said he.", ["Tusk"]),
        ("Tusk said {q}. He added {q}.", ["Tusk", "Tusk"]),
        ("Tusk said {q}, and he added {q}.", ["Tusk", "Tusk"]),
        ("Tusk met Starmer. He said {q}.", [None]),
        ("Tusk’s spokesman arrived. He said {q}.", [None]),
        ("Tusk arrived. It rained. He said {q}.", [None]),
        ("Mrs Nowak arrived. He said {q}.", [None]),
        ("Mrs Nowak arrived. She said {q}.", ["Nowak"]),
        ("He said {q}.", [None]),
        ("NATO agreed. It said {q}.", ["NATO"]),
        ("NATO welcomed the treaty. It said {q}.", [None]),
        ("The treaty was signed in May. It states {q}.", ["the treaty"]),
        ("Tusk spoke.\n\nHe said {q}.", ["Tusk"]),
    ],
)
def test_a_pronoun_is_understood_when_the_sentence_before_has_one_candidate(text, expected):
    assert speakers(text.format(q=WORDS)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Starmer called it {q} and said {q}.", ["Starmer", "Starmer"]),
        ("Starmer said {q}, while Tusk called it {q} and noted that {q}.", ["Starmer", "Tusk", "Tusk"]),
        ("Starmer told Tusk {q} and said {q}.", ["Starmer", "Starmer"]),
        ("Starmer said the treaty was {q} and would make Europe {q}.", ["Starmer", "Starmer"]),
        ("{q}, Tusk said. {q}", ["Tusk", "Tusk"]),
        ("{q}, Tusk said. The mood was good. {q}", ["Tusk", None]),
        ("{q}, Tusk said. {q}, said Starmer.", ["Tusk", "Starmer"]),
        ("Tusk said {q}. {q}", ["Tusk", None]),
        ("{q}, Tusk said, {q}.", ["Tusk", "Tusk"]),
        ("{q}, said Tusk, and Starmer called it {q}.", ["Tusk", "Starmer"]),
        ("Tusk said {q}, Starmer added {q}.", ["Tusk", "Starmer"]),
    ],
)
def test_a_subject_carries_on_within_its_sentence(text, expected):
    assert speakers(text.format(q=WORDS)) == expected


@pytest.mark.parametrize(
    ("text", "name", "role", "kind"),
    [
        ("{L}Starmer said {q}.", STARMER, "UK Prime Minister", "person"),
        ("Donald Tusk arrived. Prime Minister Tusk said {q}.", TUSK, "Prime Minister", "person"),
        (
            "Donald Tusk, the Polish prime minister, arrived. Tusk said {q}.",
            TUSK,
            "Polish prime minister",
            "person",
        ),
        ("Poland’s prime minister, Donald Tusk, said {q}.", TUSK, "Poland’s prime minister", "person"),
        ("Polish prime minister Donald Tusk said {q}.", TUSK, "Polish prime minister", "person"),
        (
            "Former UK foreign secretary David Lammy said {q}.",
            "David Lammy",
            "Former UK foreign secretary",
            "person",
        ),
        ("Tusk’s spokesman Adam Szłapka said {q}.", "Adam Szłapka", "spokesman", "person"),
        ("NATO Secretary General Mark Rutte said {q}.", "Mark Rutte", "NATO Secretary General", "person"),
        ("Secretary of State Marco Rubio said {q}.", "Marco Rubio", "Secretary of State", "person"),
        ("Ursula von der Leyen spoke. Later von der Leyen said {q}.", "Ursula von der Leyen", None, "person"),
        ("Gen. Wiesław Kukuła said {q}.", "Wiesław Kukuła", "Gen.", "person"),
        ("NATO said {q}.", "NATO", None, "organisation"),
        ("The Kremlin said {q}.", "Kremlin", None, "organisation"),
        ("Downing Street said {q}.", "Downing Street", None, "organisation"),
        ("The Ministry of Defence reaffirmed {q}.", "Ministry of Defence", None, "organisation"),
        ("The European Commission said {q}.", "European Commission", None, "organisation"),
        ("Poland’s foreign ministry said {q}.", "Poland’s foreign ministry", None, "organisation"),
        ("The British government said {q}.", "British government", None, "organisation"),
        ("Moscow called it {q}.", "Moscow", None, "organisation"),
        ("The agreement reaffirmed both sides’ {q}.", "the treaty", None, "document"),
        ("The treaty states {q}.", "the treaty", None, "document"),
        ("The new UK-Polish defence pact reads {q}.", "the treaty", None, "document"),
        ("Article 4 of the treaty states {q}.", "the treaty", None, "document"),
        ("The treaty’s preamble reads {q}.", "the treaty", None, "document"),
        ("According to the treaty, {q}.", "the treaty", None, "document"),
        ("The joint declaration says {q}.", "the joint declaration", None, "document"),
        ("The Lancaster House Treaty states {q}.", "Lancaster House Treaty", None, "document"),
    ],
)
def test_name_role_and_kind_are_those_given_earlier(text, name, role, kind):
    assert speakers(text.format(L=LEADERS, q=WORDS), whole=True) == [(name, role, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "Donald Tusk and Kamil Tusk arrived. Tusk said {q}.",
        "A treaty states {q}.",
        "Poland’s treaty with France states {q}.",
        "The 2025 treaty states {q}.",
        "The ministry said {q}.",
        "Critics said {q}.",
        "Visiting Warsaw yesterday was a group. Warsaw’s mayor said {q}.",
    ],
)
def test_a_name_that_is_not_one_mans_is_nobodys(text):
    assert speakers(text.format(q=WORDS)) == [None]


def test_the_quotation_that_an_attribution_interrupts_goes_on():
    assert speakers("“We will stay,” she went on, “and we will fight for Europe.”", joins=True) == [
        False,
        True,
    ]
    assert speakers("“We will stay,” said the ministry, “and we will fight for Europe.”", joins=True) == [
        False,
        True,
    ]
    assert speakers("“We will stay,” said Tusk, and “we will fight for Europe”.", joins=True) == [
        False,
        False,
    ]
    assert speakers("Tusk called it “good”, and said “we go on and on”.", joins=True) == [False, False]
