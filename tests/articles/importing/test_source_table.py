"""A file of sources, JSON or CSV, is read whole or refused with its line."""

import pytest

from articles.importing.entries import SourceEntry
from articles.importing.reference_list import parse_file
from newsroom.core.errors import DomainError

ENTRY = SourceEntry(2, "A, title", "Publisher", "https://a.example/x", "2026-05-27")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (
            '[{"number": 2, "title": "A, title", "publisher": "Publisher", "url": "https://a.example/x", '
            '"published": "2026-05-27"}]',
            "sources.json",
        ),
        (
            '{"sources": [{"number": "2", "title": " A,\\n title", "publisher": "Publisher", '
            '"url": "https://a.example/x", "published": "27 May 2026"}]}',
            "-",
        ),
        (
            'number,title,publisher,url,published\n2,"A, title",Publisher,https://a.example/x,2026-05-27\n',
            "s.csv",
        ),
        (
            "published;url;Publisher;Title;NUMBER\r\n2026-05-27;https://a.example/x;Publisher;A, title;2\r\n",
            "s.txt",
        ),
        (
            "number\ttitle\tpublisher\turl\tpublished\n\n2\tA, title\tPublisher\thttps://a.example/x\t2026-05-27",
            "-",
        ),
        (
            '\ufeffnumber,title,publisher,url,published\n2,"A, title",Publisher,https://a.example/x,2026-05-27',
            "s.csv",
        ),
    ],
)
def test_json_and_csv_say_the_same(data, name):
    assert parse_file(data.encode(), name) == (ENTRY,)


def test_only_the_number_is_needed_and_the_order_is_that_of_the_numbers():
    assert parse_file(b"number,title\n3,\n1,A\n", "s.csv") == (SourceEntry(1, "A"), SourceEntry(3))
    assert parse_file(b'[{"number": 3, "title": null}, {"number": 1}]', "s.json") == (
        SourceEntry(1),
        SourceEntry(3),
    )


@pytest.mark.parametrize(
    ("data", "name", "code", "place"),
    [
        ("", "s.json", "empty", None),
        ("[]", "s.json", "sources_empty", None),
        ("number,title\n", "s.csv", "sources_empty", None),
        ('[{"number": 1},\n{"number": }]', "s.json", "sources_unreadable", "line 2"),
        ('[{"number": 1}\n{"number": 2}]', "s.json", "sources_unreadable", "line 2"),
        ('[{"number": 1},\n]', "s.json", "sources_unreadable", "line 2"),
        ('[{"number": 1}', "s.json", "sources_unreadable", "line 1"),
        ('{"1": "A"}', "s.json", "sources_unreadable", "line 1"),
        ('"text"', "s.json", "sources_unreadable", "line 1"),
        ("[1]", "s.json", "sources_unreadable", "line 1"),
        ("[" * 200_000, "s.json", "sources_unreadable", "line 1"),
        ('[{"number": ' + "9" * 5000 + "}]", "s.json", "sources_unreadable", "line 1"),
        ('[{"number": 1, "titel": "A"}]', "s.json", "sources_unreadable", "line 1"),
        ('[{"number": 1, "title": ["A"]}]', "s.json", "sources_unreadable", "line 1"),
        ('[{"number": 1, "title": "\\ud800"}]', "s.json", "sources_unreadable", "line 1"),
        ('[{"number": 1},\n\n{"number": true}]', "s.json", "source_number_invalid", "line 3"),
        ('[{"number": 1.5}]', "s.json", "source_number_invalid", "line 1"),
        ('[{"number": -1}]', "s.json", "source_number_invalid", "line 1"),
        ('[{"number": 1},\n{"number": 1}]', "s.json", "source_number_twice", "line 2"),
        ('[{"number": 1, "url": "ftp://a.example"}]', "s.json", "source_url_refused", "line 1"),
        ('[{"number": 1, "url": "javascript:alert(1)"}]', "s.json", "source_url_refused", "line 1"),
        ('[{"number": 1, "published": "soon"}]', "s.json", "source_date_invalid", "line 1"),
        ("title,url\nA,", "s.csv", "sources_unreadable", "line 1"),
        ("number,number\n1,1", "s.csv", "sources_unreadable", "line 1"),
        ("number,title\n1,A,B", "s.csv", "sources_unreadable", "line 2"),
        ('number,title\n1,"A" b', "s.csv", "sources_unreadable", "line 2"),
        ("number,title\n1,A\nx,B", "s.csv", "source_number_invalid", "line 3"),
        ("number,title\n1," + "a" * 501, "s.csv", "source_too_long", "line 2"),
        ("number,title\n1," + "a" * 200_000, "s.csv", "sources_unreadable", "line 2"),
    ],
)
def test_a_bad_file_is_refused_with_its_line(data, name, code, place):
    with pytest.raises(DomainError) as refusal:
        parse_file(data.encode(), name)
    assert (refusal.value.code, refusal.value.place) == (code, place)
    assert place is None or place in refusal.value.message
