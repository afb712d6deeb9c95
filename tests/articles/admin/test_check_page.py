"""The checker's page: a part of a long story at a time, filters, what has changed, the passage where it stands."""

import re

import pytest
from django.urls import reverse

from articles.body.keys import new_key
from articles.models import Check
from tests.articles.admin.pages import forms_on, html_of, offered_acts, page_of, press, queries, signed_in
from tests.making import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


def long_story(desk, more: int) -> list[str]:
    """Let the story have ``more`` statements, all on the desk's claim; returns every key in order."""
    keys = [new_key() for _ in range(more)]
    claim = desk.claim.public_id
    added = "".join(
        f'<p><span data-segment="{key}" data-claim="{claim}">Treaty number {n} was signed too</span>.</p>'
        for n, key in enumerate(keys)
    )
    desk.save(body=desk.body() + added)
    return [*desk.KEYS, *keys]


def url_of(desk, page="check", query=""):
    return reverse(f"admin:articles_article_{page}", args=[desk.article.pk]) + (query and f"?{query}")


def shown_on(html: str) -> list[str]:
    return re.findall(r'<article [^>]*data-key="(\w+)"', html)


@pytest.mark.parametrize("page", ["check", "evidence"])
def test_a_long_story_is_shown_in_parts_that_lead_to_each_other(desk, page):
    client = signed_in(desk.checker if page == "check" else desk.reporter)
    few = queries(client, url_of(desk, page))
    keys = long_story(desk, 70)
    first = html_of(client, url_of(desk, page))
    assert shown_on(first) == keys[:30]
    assert "Statements 1 to 30 of 72" in first
    middle = html_of(client, url_of(desk, page, f"at={keys[45]}"))
    assert shown_on(middle) == keys[30:60]
    assert f"at={keys[60]}#s-{keys[60]}" in middle
    assert f"at={keys[0]}#s-{keys[0]}" in middle
    assert shown_on(html_of(client, url_of(desk, page, f"at={keys[71]}"))) == keys[60:]
    assert shown_on(html_of(client, url_of(desk, page, "at=%00nonsense"))) == keys[:30]
    assert queries(client, url_of(desk, page)) <= few


def test_a_verdict_leads_to_the_next_that_nobody_has_checked_in_whichever_part(desk):
    keys = long_story(desk, 40)
    client = signed_in(desk.checker)
    answer = press(client, desk.article, "check", "check", place=keys[0], verdict="supports")
    assert answer.redirect_chain[-1][0] == url_of(desk, query=f"at={keys[1]}#s-{keys[1]}")
    url = url_of(desk, query=f"at={keys[29]}")
    hidden = next(h for _, act, h in forms_on(html_of(client, url)) if h.get("place") == keys[29])
    answer = client.post(url, hidden | {"verdict": "supports"}, follow=True)
    assert keys[30] in shown_on(answer.content.decode())


def test_a_script_gets_the_part_alone_and_what_was_refused_in_its_place(desk):
    client = signed_in(desk.checker)
    hidden = next(h for _, act, h in forms_on(page_of(client, desk.article, "check")) if act == "check")
    alone = {"X-Desk-Part": "1"}
    refused = client.post(url_of(desk), hidden | {"verdict": "maybe"}, headers=alone)
    html = refused.content.decode()
    assert html.lstrip().startswith("<div data-at=")
    assert f'data-at="{hidden["place"]}"' in html
    assert 'role="alert"' in html
    done = client.post(url_of(desk), hidden | {"verdict": "supports"}, headers=alone, follow=True)
    html = client.get(done.redirect_chain[-1][0], headers=alone).content.decode()
    assert "<html" not in html
    assert "1 of 2 statements checked" in html
    assert f'data-at="{desk.KEYS[1]}"' in html


def test_filters_show_what_is_left_what_lapsed_and_what_is_not_supported(desk):
    client = signed_in(desk.checker)
    press(client, desk.article, "check", "check", place=desk.KEYS[0], verdict="supports")
    press(client, desk.article, "check", "check", place=desk.KEYS[1], verdict="does_not", note="Not in it.")
    shown = {
        only: shown_on(html_of(client, url_of(desk, query=f"only={only}")))
        for only in ("todo", "lapsed", "negative")
    }
    assert shown == {"todo": [desk.KEYS[1]], "lapsed": [], "negative": [desk.KEYS[1]]}
    desk.save(body=desk.body(signed="Three states signed a treaty on 27 May 2026"))
    assert shown_on(html_of(client, url_of(desk, query="only=lapsed"))) == [desk.KEYS[0]]
    assert len(shown_on(html_of(client, url_of(desk, query="only=nonsense")))) == 2


def test_a_lapsed_check_shows_the_old_wording_beside_the_new_and_what_it_rests_on(desk):
    client = signed_in(desk.checker)
    press(client, desk.article, "check", "check", place=desk.KEYS[0], verdict="supports")
    desk.save(body=desk.body(signed="Three states signed a treaty on 27 May 2026"))
    html = page_of(client, desk.article, "check")
    assert re.search(r"<del>\s*Two</del>.*<ins>\s*Three</ins>", html)
    assert f"Changed since {desk.checker} checked it" in html
    desk.save(body=desk.body())
    assert "Changed since" not in page_of(client, desk.article, "check")
    citation = desk.claim.citations.first()
    desk.choose_passage(citation, f"It was said. The treaty of {citation.source} stands.", "The treaty of")
    html = page_of(client, desk.article, "check")
    assert re.search(r"no longer:</small> <del>[^<]*<q>", html)
    assert re.search(r"now:</small> <ins>[^<]*<q>The treaty of</q>", html)


def test_of_a_check_from_before_it_was_kept_the_page_says_so(desk):
    Check.objects.create(
        article=desk.article,
        segment=desk.KEYS[0],
        fingerprint="0" * 64,
        verdict="supports",
        by=desk.checker,
        at=desk.now,
    )
    assert "What it looked like then was not kept." in page_of(signed_in(desk.checker), desk.article, "check")


def test_the_passage_stands_in_its_context_with_the_words_of_the_quote_in_it(desk):
    citation = desk.quote.citations.get()
    text = "Long before it. " * 40 + "She called it a good day for both. " + "Long after it. " * 40
    desk.choose_passage(citation, text, "She called it a good day for both")
    html = page_of(signed_in(desk.checker), desk.article, "check")
    assert '<mark class="desk-found desk-found--passage">She called it </mark>' in html
    assert '<mark class="desk-found desk-found--exact">a good day</mark>' in html
    around = re.search(
        r'desk-passage--around">(.*?)</blockquote>', html[html.index(f'id="s-{desk.KEYS[1]}"') :], re.DOTALL
    )[1]
    assert around.startswith("… ")
    assert around.count("Long before it.") > 10
    assert len(around) < 1500
    assert f"?start={text.index('She')}" in html


def test_whoever_may_not_check_reads_the_page_without_forms(desk):
    html = page_of(signed_in(desk.editor), desk.article, "check")
    assert f"{desk.editor} may not do this: it asks for the role of fact checker." in html
    assert len(shown_on(html)) == 2
    assert "check" not in offered_acts(html)
