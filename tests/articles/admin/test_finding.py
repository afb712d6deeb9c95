"""The search of the whole desk: one page for all kinds, and the palette that leads to it."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from articles.admin import finding
from articles.merging import merge
from articles.models import Article, Scope, Treaty
from sources.confidentiality import confide
from tests.articles.admin.pages import html_of, queries, signed_in
from tests.making import (
    NOW,
    Desk,
    make_claim,
    make_publisher,
    make_snapshot,
    make_source,
    make_speaker,
    make_user,
)

pytestmark = pytest.mark.django_db

HIT = re.compile(r'<li data-hit="(\d+)">\s*<a href="([^"]*)">')


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def rita(desk):
    return signed_in(desk.reporter)


def address(**asked) -> str:
    return reverse("admin:find", query=asked)


def found(client, **asked) -> dict[str, list[int]]:
    """By kind, the row ids of what is shown."""
    groups = re.split(r'data-kind="(\w+)"', html_of(client, address(**asked)))[1:]
    return {
        kind: [int(pk) for pk, _url in HIT.findall(html)]
        for kind, html in zip(groups[::2], groups[1::2], strict=True)
    }


def everything_about_wigry(desk) -> dict[str, int]:
    """One record of every kind that has the word."""
    desk.save(headline="Wigry, the morning after")
    source = make_source(desk.reporter, title="Protokół z Wigier i WIGRY", language="pl")
    snapshot = make_snapshot(desk.first, "It was agreed at Wigry.")
    speaker, _role = make_speaker("Wigry Commission")
    publisher = make_publisher("Wigry Gazette")
    treaty = Treaty.objects.create(slug="wigry", title="Treaty of Wigry")
    claim = make_claim(desk.reporter, label="Wigry was chosen.")
    desk.quote.occasion = "Talks at Wigry"
    desk.quote.save()
    records = [desk.article, claim, desk.quote, source, snapshot, speaker, publisher, treaty]
    return dict(zip([kind.name for kind in finding.KINDS], [record.pk for record in records], strict=True))


def test_one_search_finds_every_kind_and_each_hit_leads_to_its_record(desk, rita):
    records = everything_about_wigry(desk)
    html = html_of(rita, address(q="wigry"))
    assert found(rita, q="wigry") == {kind: [pk] for kind, pk in records.items()}
    for _pk, url in HIT.findall(html):
        assert html_of(rita, unescape(url))
    assert '<mark class="desk-found">Wigry</mark>' in html


def test_a_hit_in_an_archived_text_leads_to_its_place(desk, rita):
    make_snapshot(desk.first, "Before.\nIt was agreed at Wigry.")
    url = unescape(HIT.search(html_of(rita, address(q="agreed wigry", kind="text")))[2])
    assert 'id="found-' in html_of(rita, url)


def test_what_was_found_is_narrowed_by_kind_language_and_whose_it_is(desk, rita):
    records = everything_about_wigry(desk)
    assert found(rita, q="wigry", kind="claim") == {"claim": [records["claim"]]}
    assert found(rita, q="wigry", language="pl") == {"source": [records["source"]]}
    assert set(found(rita, q="wigry", mine="1")) == {"article", "claim", "quote", "source", "text"}
    assert found(signed_in(desk.editor), q="wigry", mine="1") == {}


def test_a_quote_is_found_by_its_speaker_and_a_source_by_its_publisher(desk, rita):
    source = make_source(desk.reporter, publisher=make_publisher("Kurier Sejneński"))
    assert found(rita, q="ada sample")["quote"] == [desk.quote.pk]
    assert found(rita, q="kurier sejn")["source"] == [source.pk]


def test_a_title_counts_more_than_what_is_newer(desk, rita):
    titled = make_source(desk.reporter, title="Wigry")
    make_source(desk.reporter, url="https://press.example/wigry")
    assert found(rita, q="wigry")["source"][0] == titled.pk


def test_one_kind_is_read_newest_first_page_by_page(desk, rita, monkeypatch):
    monkeypatch.setattr(finding, "PAGE", 2)
    claims = [make_claim(desk.reporter, label=f"Wigry {n}").pk for n in range(7)][::-1]
    html, seen = html_of(rita, address(q="wigry")), []
    while more := re.search(r'<a (?:rel="next" )?href="(\?[^"]*)">(?:All|Older)', html):
        html = html_of(rita, reverse("admin:find") + unescape(more[1]))
        seen += [int(pk) for pk, _url in HIT.findall(html)]
    assert seen == claims


def test_a_confidential_source_is_found_by_its_label_alone(desk, rita, settings):
    told = {"public_label": "A negotiator", "name": "Jan Wigierski", "contact": "jan@wigry.example"}
    source = confide(**told, notes="Met at Wigry", by=desk.reporter, now=NOW)
    assert found(rita, q="negotiator")["source"] == [source.pk]
    assert found(rita, q="wigierski") == {}
    assert found(rita, q="wigry") == {}


def test_the_number_of_queries_is_that_of_the_kinds(desk, rita):
    everything_about_wigry(desk)
    html_of(rita, address(q="wigry"))
    few = queries(rita, address(q="wigry"))
    for number in range(4):
        make_claim(desk.reporter, label=f"Wigry {number}")
        make_snapshot(
            make_source(desk.reporter, title=f"Wigry {number}"), "Wigry", captured_at=NOW + timedelta(1)
        )
    assert queries(rita, address(q="wigry")) == few


@pytest.mark.parametrize(
    "typed",
    ["", "🎉", "\x00", "&|!():*", "'", '"', "the of", "x" * 10_000, "the " * 2_000, "<script>", "1e5abc"],
)
def test_whatever_is_typed_is_answered_by_the_page_and_by_the_palette(rita, typed):
    assert rita.get(reverse("admin:find"), {"q": typed}).status_code == 200
    assert rita.get(reverse("admin:search"), {"s": typed}).status_code == 200


@pytest.mark.parametrize(
    "asked", [{"kind": "secret"}, {"language": "xx"}, {"kind": "claim", "before": "x"}, {"before": "9" * 30}]
)
def test_what_no_search_can_ask_is_a_bad_request(rita, asked):
    assert rita.get(reverse("admin:find"), {"q": "treaty"} | asked).status_code == 400


def test_the_palette_offers_records_and_the_page_and_keeps_no_answer(desk, rita):
    claim = make_claim(desk.reporter, label="Wigry was chosen.")
    palette = reverse("admin:search", query={"s": "wigry"})
    html = html_of(rita, palette)
    assert reverse("admin:articles_claim_change", args=[claim.pk]) in html
    assert reverse("admin:find") in html
    claim.citations.all().delete()
    claim.delete()
    assert "Wigry was chosen" not in html_of(rita, palette)


def test_what_was_entered_twice_is_offered_to_be_merged_where_it_is_found(desk, rita):
    one, two = (
        make_source(desk.reporter, title=f"Treaty of Wigry, {text}")
        for text in ("full text", "the full text")
    )
    merging = reverse("admin:sources_source_merge", args=[one.pk, two.pk])
    assert merging in html_of(rita, address(q="wigry"))
    assert html_of(rita, merging)


def test_drafts_out_of_ones_scope_are_not_found_by_any_door(desk):
    Scope.objects.create(user=desk.editor, language="pl")
    far = signed_in(desk.editor)
    assert "article" not in found(far, q="treaty signed")
    for url in (
        address(q="treaty", kind="article"),
        reverse("admin:search", query={"s": "treaty"}),
        reverse("admin:articles_article_changelist", query={"q": "treaty"}),
    ):
        assert desk.article.headline not in html_of(far, url)
    assert "article" in found(signed_in(desk.reporter), q="treaty signed")


def test_what_is_in_the_trash_is_not_found_and_hinders_no_merge(desk, rita):
    Article.objects.filter(pk=desk.article.pk).update(trashed_at=NOW)
    assert "article" not in found(rita, q="treaty signed")
    other = make_claim(desk.reporter)
    assert merge(other, desk.claim, by=desk.editor, now=NOW, note="Same.")["drafts"] == 0


def test_who_may_not_see_drafts_finds_nothing(desk):
    administrator = signed_in(make_user("administrator"))
    assert administrator.get(address(q="treaty")).status_code == 403
    palette = administrator.get(reverse("admin:search"), {"s": "treaty"})
    assert desk.article.headline not in palette.content.decode()
    assert reverse("admin:find") not in html_of(administrator, reverse("admin:index"))
    assert reverse("admin:find") in html_of(signed_in(desk.reporter), reverse("admin:index"))


@pytest.mark.parametrize(
    ("label", "typed"),
    [
        ("articles_claim", "signed"),
        ("articles_quote", "ada samp"),
        ("articles_citation", "signed"),
        ("articles_article", "treaty sign"),
        ("sources_source", "press.example"),
    ],
)
def test_lists_find_by_words_and_by_public_id_whole(desk, rita, label, typed):
    def listed(words: str) -> int:
        url = reverse(f"admin:{label}_changelist", query={"q": words})
        return len(re.findall(r"/\d+/change/", html_of(rita, url)))

    assert listed(typed)
    assert not listed("nowhere")
    if label == "articles_claim":
        assert listed(desk.claim.public_id)
