"""Where in a source something stands, as people write it in English and Polish."""

import pytest

from sources.passages.locators import Locator, parse_locator


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("p. 4", "page", "4"),
        ("p.4", "page", "4"),
        ("Page 12", "page", "12"),
        ("pp. 4–6", "page", "4-6"),
        ("s. 4", "page", "4"),
        ("str. 12", "page", "12"),
        ("strona 3", "page", "3"),
        ("12:30", "time", "12:30"),
        ("1:02:30", "time", "1:02:30"),
        ("Art. 4(2)", "article", "4(2)"),
        ("art. 4 ust. 2", "article", "4(2)"),
        ("art. 4 ust. 2 pkt 3 lit. b", "article", "4(2)(3)(b)"),
        ("Article 5, paragraph 2 (a)", "article", "5(2)(a)"),
        ("Artykuł 5", "article", "5"),
        ("art. 5 § 2", "article", "5(2)"),
        ("Article IV", "article", "IV"),
        ("art.\u00a04a", "article", "4a"),
        ("", "other", ""),
        ("near the end", "other", "near the end"),
        ("12:75", "other", "12:75"),
        ("p. four", "other", "p. four"),
        ("art. 4 and the rest", "other", "art. 4 and the rest"),
        ("artful 3", "other", "artful 3"),
        ("  annex \n 2 ", "other", "annex 2"),
        ("art. 4" + "(" * 100_000, "other", "art. 4" + "(" * 100_000),
    ],
)
def test_a_place_is_read_as_what_it_names(text, kind, value):
    assert parse_locator(text) == Locator(kind, value)
