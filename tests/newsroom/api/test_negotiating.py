"""In which form an answer is wanted."""

from contextlib import suppress

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.exceptions import NotAcceptable

from newsroom.api.negotiating import Form, form_for
from newsroom.core.errors import DomainError

PROFILE = "http://www.w3.org/ns/anno.jsonld"
FORMS = (
    Form("json", "application/json"),
    Form("ninjs", "application/json", "http://x/ninjs#"),
    Form("ld", "application/ld+json"),
    Form("annotations", "application/ld+json", PROFILE),
    Form("csl", "application/vnd.citationstyles.csl+json"),
)


def chosen(accept: str, query: str = "") -> str:
    return form_for(QueryDict(query), accept, FORMS).name


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("", "json"),
        ("*/*", "json"),
        ("application/*", "json"),
        ("application/json", "json"),
        ("application/json; charset=utf-8", "json"),
        ("APPLICATION/JSON", "json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "json"),
        ("application/ld+json", "ld"),
        (f'application/ld+json;profile="{PROFILE}"', "annotations"),
        (f'application/ld+json; q=0.5; profile="{PROFILE}", application/ld+json;q=0.9', "ld"),
        (f"application/ld+json;profile={PROFILE}", "annotations"),
        ('application/json;profile="http://x/ninjs#"', "ninjs"),
        ("application/vnd.citationstyles.csl+json, */*;q=0.1", "csl"),
        ("application/json;q=0.1, application/ld+json;q=0.2", "ld"),
        ("application/json;q=0, */*", "ld"),
        ("application/json;q=, text/xml", "json"),
        ("application/json;q=2, text/xml", "json"),
        ("text/xml, , application/ld+json", "ld"),
        ("application/json; profile*=no-such'en'x, application/ld+json", "ld"),
        pytest.param(f"application/json; {'x' * 11_000}, application/ld+json", "ld", id="too long"),
        ('text/xml; profile="a, application/json; b", application/ld+json', "ld"),
    ],
)
def test_what_is_accepted_best_is_given(accept, form):
    assert chosen(accept) == form


@pytest.mark.parametrize(
    "accept",
    ["text/xml", "application/json;q=0", "*/*;q=0", 'application/ld+json;profile="http://other/"', "image/*"],
)
def test_what_is_accepted_by_none_is_refused(accept):
    with pytest.raises(NotAcceptable):
        chosen(accept)


def test_a_form_that_is_named_beats_what_is_accepted():
    assert chosen("text/xml", "format=csl") == "csl"
    with pytest.raises(DomainError) as refused:
        chosen("*/*", "format=xml")
    assert (refused.value.code, refused.value.place) == ("parameter_malformed", "format")


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=300))
def test_no_header_is_too_strange(accept):
    with suppress(NotAcceptable):
        chosen(accept)
