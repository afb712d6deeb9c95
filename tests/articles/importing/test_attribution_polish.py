"""Who speaks a Polish quotation; names in other cases are matched, never made up."""

import pytest

from tests.articles.importing.asking import speakers

LEADERS = "Premier Donald Tusk i brytyjski premier Keir Starmer podpisali traktat. "
TUSK, STARMER = "Donald Tusk", "Keir Starmer"
WORDS = "„będziemy razem przez długie lata”"

PLAIN = [
    ("Tusk powiedział, że {q}.", TUSK),
    ("Tusk powiedział: {q}.", TUSK),
    ("Premier Tusk podkreślił, że {q}.", TUSK),
    ("Donald Tusk nazwał umowę {q}.", TUSK),
    ("Jak powiedział Tusk, {q}.", TUSK),
    ("Jak podkreślił premier Donald Tusk, {q}.", TUSK),
    ("{q} – powiedział Tusk.", TUSK),
    ("{q} – powiedział premier Tusk w Londynie.", TUSK),
    ("{q}, stwierdził Starmer.", STARMER),
    ("Według Tuska {q}.", TUSK),
    ("Zdaniem Donalda Tuska {q}.", TUSK),
    ("{q}, według Tuska.", TUSK),
    ("Tusk, który przyleciał do Londynu, powiedział, że {q}.", TUSK),
    ("Tusk powiedział Starmerowi, że {q}.", TUSK),
    ("Tusk pochwalił umowę, mówiąc, że {q}.", TUSK),
    ("Tusk przyjechał i dodał, że {q}.", TUSK),
    ("Tusk: {q}.", TUSK),
]

OPEN = [
    "Tusk i Starmer powiedzieli, że {q}.",
    "Tusk nie powiedział, że {q}.",
    "Rzecznik Tuska powiedział, że {q}.",
    "Powiedział Tuskowi, że {q}.",
    "Według współpracowników Tuska {q}.",
    "Politycy mówią, że {q}.",
    "Spotkał się z Tuskiem. Mówi, że {q}.",
    "Umowę nazwano {q}.",
    "Umowa została nazwana przez Tuska {q}.",
    "Starmer powiedział, że Tusk nazwał umowę {q}.",
]


@pytest.mark.parametrize(("sentence", "name"), PLAIN)
def test_the_speaker_is_found_where_the_text_is_plain(sentence, name):
    assert speakers(LEADERS + sentence.format(q=WORDS), "pl") == [name]


@pytest.mark.parametrize("sentence", OPEN)
def test_nobody_speaks_where_the_text_leaves_it_open(sentence):
    assert speakers(LEADERS + sentence.format(q=WORDS), "pl") == [None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tusk przyleciał do Londynu. Powiedział, że {q}.", ["Tusk"]),
        ("Premier Tusk przyleciał. Podkreślił, że {q}, i dodał, że {q}.", ["Tusk", "Tusk"]),
        ("Tusk spotkał Starmera. Powiedział, że {q}.", [None]),
        ("Anna Nowak przyleciała. Powiedział, że {q}.", [None]),
        ("Anna Nowak przyleciała. Powiedziała, że {q}.", ["Anna Nowak"]),
        ("Tusk nazwał umowę {q} i dodał, że {q}.", ["Tusk", "Tusk"]),
        ("{q} – powiedział Tusk – {q}.", ["Tusk", "Tusk"]),
    ],
)
def test_a_subject_that_is_left_out_is_the_only_candidate(text, expected):
    assert speakers(text.format(q=WORDS), "pl") == expected


@pytest.mark.parametrize(
    ("text", "name", "role", "kind"),
    [
        ("{L}Starmer powiedział {q}.", STARMER, "brytyjski premier", "person"),
        (
            "Minister obrony narodowej Władysław Kosiniak-Kamysz powiedział {q}.",
            "Władysław Kosiniak-Kamysz",
            "Minister obrony narodowej",
            "person",
        ),
        ("Premier Wielkiej Brytanii Keir Starmer mówi {q}.", STARMER, "Premier Wielkiej Brytanii", "person"),
        ("Rzecznik MSZ Paweł Wroński przekazał {q}.", "Paweł Wroński", "Rzecznik MSZ", "person"),
        ("NATO oświadczyło {q}.", "NATO", None, "organisation"),
        ("Polska uznała to za {q}.", "Polska", None, "organisation"),
        ("Traktat stanowi, że {q}.", "traktat", None, "document"),
        ("Nowa umowa głosi, że {q}.", "traktat", None, "document"),
    ],
)
def test_name_role_and_kind_are_those_given_earlier(text, name, role, kind):
    assert speakers(text.format(L=LEADERS, q=WORDS), "pl", whole=True) == [(name, role, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "Traktat przyjęto w obecności Donalda Tuska. Powiedział, że {q}.",
        "Traktat przyjęto w obecności premiera Donalda Tuska. Powiedział, że {q}.",
        "Rozmawiano z Anną Nowak. Powiedziała, że {q}.",
        "Powiedziała Annie Nowak, że {q}.",
        "Powiedział Tuskowi: {q}.",
    ],
)
def test_a_nominative_is_never_made_up(text):
    assert speakers(text.format(q=WORDS), "pl") == [None]
