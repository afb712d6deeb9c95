"""The same address is the same source, however it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.addresses import MAX_LENGTH, normalise_url


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/a/story?id=5",
        "http://news.example/a/story?id=5",
        "HTTPS://News.EXAMPLE/a/story?id=5",
        "https://news.example:443/a/story?id=5",
        "http://news.example:80/a/story?id=5",
        "https://news.example./a/story?id=5",
        "https://news.example/a/story/?id=5",
        "https://news.example/a/b/../story?id=5",
        "https://news.example/a/story?id=5#part",
        "https://news.example/a/story?utm_source=x&id=5&fbclid=1&GCLID=2&",
        "https://user:secret@news.example/a/story?id=5",
        " https://news.example/a/story?id=5\n",
    ],
)
def test_one_address_has_one_key(url):
    assert normalise_url(url) == "https://news.example/a/story?id=5"


def test_an_international_host_has_one_key():
    assert normalise_url("http://łódź.example/ą") == normalise_url("https://xn--d-uga0v4h.example/%C4%85")


@pytest.mark.parametrize(
    "other",
    [
        "https://www.news.example/a",
        "https://news.example:8080/a",
        "https://news.example/A",
        "https://news.example/a?b=1",
        "https://news.example/",
    ],
)
def test_different_addresses_have_different_keys(other):
    assert normalise_url(other) != normalise_url("https://news.example/a")


@pytest.mark.parametrize(
    "url",
    [
        "", "news.example", "//news.example/a", "ftp://a.example", "mailto:a@b.example", "javascript:alert(1)",
        "data:text/plain,a", "http://", "http://.", "http://%41.example", "http://[", "http://a:b/", "http://a:99999/",
        "http://a b/", "http://a.example/a b", "http://a.example/\x00", "http://" + "a" * 300,
        "http://a.example/" + "a" * MAX_LENGTH, "http://a.example/" + "ą" * 1500, "http://a.example/\ud800",
    ],
)  # fmt: skip
def test_what_is_no_web_address_has_no_key(url):
    assert normalise_url(url) is None


@given(st.one_of(st.text(), st.text().map("http://{}".format), st.text().map("https://a.example/{}".format)))
def test_a_key_is_its_own_key_and_nothing_is_raised(url):
    key = normalise_url(url)
    assert key is None or (len(key) <= MAX_LENGTH and normalise_url(key) == key)
