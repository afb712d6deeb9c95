"""On the pages of an article, what is known of each citation stands apart, and what is archived of each source."""

import re

import pytest
from django.urls import reverse

from articles.models import Citation, Vouching
from sources.confidentiality import confide
from sources.models import Capture, Publisher, Source
from tests.articles.admin.pages import done, offered_acts, page_of, press, queries, refusals_on, signed_in
from tests.making import NOW, Desk, cite, make_snapshot, make_source, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def reporter(desk):
    return signed_in(desk.reporter)


def states(html, citation) -> dict[str, str]:
    """What the page says of ``citation``, by which."""
    shown = html[html.index(f'data-citation="{citation.pk}"') :]
    shown = shown[: shown.index("</div>")]
    return dict(re.findall(r'data-which="(\w+)" data-state="(\w+)"', shown))


def test_reachable_contains_and_supports_are_told_apart(desk, reporter):
    """N5: a live link whose text lacks the words shows reachable yes, contains no, supports unset."""
    citation = desk.quote.citations.get()
    snapshot = make_snapshot(citation.source, "Another text.", way="fetched", reason="", status=200)
    Capture.objects.create(
        source=citation.source, url=citation.source.url, state="done", snapshot=snapshot, requested_at=NOW
    )
    Citation.objects.filter(pk=citation.pk).update(exact="", prefix="", suffix="", snapshot=None, start=None)
    for name in ("evidence", "check"):
        known = states(page_of(reporter, desk.article, name), citation)
        assert known == {"reachable": "yes", "contains": "no", "supports": "unset"}, name


def test_a_source_that_was_checked_and_does_not_say_it_is_another_state_than_unchecked(desk, reporter):
    desk.check_all(verdict="does_not")
    known = states(page_of(reporter, desk.article, "evidence"), desk.quote.citations.get())
    assert known == {"reachable": "unknown", "contains": "yes", "supports": "no"}


def test_what_contradicts_is_shown_without_a_word_on_support(desk, reporter):
    source = make_source(desk.reporter)
    cite(desk.claim, source, by=desk.reporter, stance="contradicts")
    citation = desk.claim.citations.get(source=source)
    assert set(states(page_of(reporter, desk.article, "evidence"), citation)) == {"reachable", "contains"}


def test_the_passage_stands_between_the_words_around_it_with_the_day_of_its_capture(desk, reporter):
    citation = desk.quote.citations.get()
    html = page_of(reporter, desk.article, "check")
    marked = f'<mark class="desk-found desk-found--exact">{citation.exact}</mark>'
    assert f'{citation.prefix}</span>{marked}<span class="desk-around">{citation.suffix}' in html
    assert "capture of 1 Jun 2026" in html
    place = f"?start={citation.start}&amp;end={citation.start + len(citation.exact)}#passage-{citation.start}"
    assert place in html


def test_sources_and_origins_of_a_sentence_are_counted(desk, reporter):
    Source.objects.filter(pk=desk.second.pk).update(derives_from=desk.first, derivation="wire_copy")
    html = page_of(reporter, desk.article, "evidence")
    assert 'data-sources="2" data-origins="1"' in html
    assert "2 sources, 1 origin" in html


def test_a_withdrawn_source_is_marked_where_it_is_cited(desk, reporter):
    Source.objects.filter(pk=desk.second.pk).update(
        withdrawn_at=NOW, withdrawn_by="publisher", withdrawal_reason="x"
    )
    for name in ("evidence", "check"):
        assert 'data-state="withdrawn"' in page_of(reporter, desk.article, name)
    panel = page_of(reporter, desk.article, "ready")
    assert reverse("admin:sources_source_cited_by", args=[desk.second.pk]) in panel


def test_a_pasted_address_makes_a_source_and_asks_for_its_capture(desk, reporter):
    facts = {"source": "https://gov.example/new", "stance": "supports"}
    assert done(press(reporter, desk.article, "evidence", "cite", place=desk.KEYS[0], **facts))
    capture = Capture.objects.get()
    assert (capture.source.url, capture.requested_by) == ("https://gov.example/new", desk.reporter)
    assert 'data-state="waiting"' in page_of(reporter, desk.article, "evidence")
    Capture.objects.update(state="failed", failure="timed_out", failure_detail="No answer in time.")
    html = page_of(reporter, desk.article, "evidence")
    assert 'data-state="failed"' in html
    assert "No answer in time." in html


def test_an_address_that_identifies_a_source_is_captured(desk, reporter):
    source = make_source(desk.reporter, title="", url="")
    cite(desk.claim, source, by=desk.reporter, archived=False)
    facts = {"title": "A statement", "url": "https://gov.example/new", "kind": "statement"}
    place = f"source:{source.public_id}"
    assert done(press(reporter, desk.article, "evidence", "identify", place=place, **facts))
    assert Capture.objects.get().source == source


def test_citing_a_source_that_is_archived_asks_for_nothing(desk, reporter):
    facts = {"source": desk.first.url, "stance": "context"}
    assert done(press(reporter, desk.article, "evidence", "cite", place=desk.KEYS[0], **facts))
    assert not Capture.objects.exists()


def test_a_citation_that_is_refused_asks_for_no_capture(desk, reporter):
    bare = make_source(desk.reporter)
    cite(desk.claim, bare, by=desk.reporter, archived=False)
    facts = {"source": bare.url, "stance": "supports"}
    answer = press(reporter, desk.article, "evidence", "cite", place=desk.KEYS[0], **facts)
    assert refusals_on(answer.content.decode()) == {"cited_already"}
    assert not Capture.objects.exists()


@pytest.mark.parametrize("name", ["evidence", "check"])
def test_the_pages_cost_the_same_with_few_citations_and_with_many(desk, reporter, name):
    url = reverse(f"admin:articles_article_{name}", args=[desk.article.pk])
    queries(reporter, url)
    few = queries(reporter, url)
    for _ in range(8):
        source = make_source(desk.reporter)
        cite(desk.claim, source, by=desk.reporter)
        Capture.objects.create(source=source, url=source.url, state="failed", requested_at=NOW)
    queries(reporter, url)  # The texts are at hand from now on, as those above were.
    assert queries(reporter, url) == few


# What rests on confidential sources alone.


@pytest.fixture
def confided(desk):
    source = confide(
        public_label="a diplomat",
        name="X Y",
        contact="",
        kind="interview",
        language="",
        by=desk.reporter,
        now=NOW,
    )
    desk.claim.citations.all().delete()
    cite(desk.claim, source, by=desk.reporter)
    return desk.claim.citations.get()


def test_two_editors_answer_by_name_for_what_rests_on_confidential_sources_alone(desk, confided):
    editor, duty = signed_in(desk.editor), signed_in(desk.duty)
    html = page_of(editor, desk.article, "check")
    assert "0 of 2 editors answer for it" in html
    assert done(press(editor, desk.article, "check", "vouch", place=desk.KEYS[0]))
    html = page_of(editor, desk.article, "check")
    assert f"1 of 2 editors answer for it: {desk.editor}" in html
    assert "vouch" not in offered_acts(html)
    assert done(press(duty, desk.article, "ready", "vouch", place=desk.KEYS[0]))
    assert "confidential_needs_two" not in page_of(duty, desk.article, "ready")


def test_who_wrote_it_or_is_no_editor_does_not_answer_for_it(desk, confided):
    for user, code in ((desk.reporter, "not_allowed"), (desk.checker, "not_allowed")):
        client = signed_in(user)
        assert "vouch" not in offered_acts(page_of(client, desk.article, "check"))
        url = reverse("admin:articles_article_check", args=[desk.article.pk])
        answer = client.post(url, {"act": "vouch", "place": desk.KEYS[0], "fingerprint": "0" * 64})
        assert refusals_on(answer.content.decode()) == {code}
    assert not Vouching.objects.exists()


def test_a_vouching_for_another_wording_is_refused(desk, confided):
    url = reverse("admin:articles_article_check", args=[desk.article.pk])
    facts = {"act": "vouch", "place": desk.KEYS[0], "fingerprint": "0" * 64}
    answer = signed_in(desk.editor).post(url, facts)
    assert refusals_on(answer.content.decode()) == {"segment_changed"}


def test_a_confidential_source_shows_its_label_and_no_passage(desk, confided):
    html = page_of(signed_in(desk.checker), desk.article, "check")
    assert "a diplomat" in html
    assert states(html, confided) == {"supports": "unset"}
    assert reverse("admin:articles_citation_passage", args=[confided.pk]) not in html


# The rules an administrator sets.


def test_a_rule_is_set_by_an_administrator_and_read_by_the_desk(desk, reporter):
    admin = signed_in(make_user("administrator"))
    add = reverse("admin:articles_evidencerule_add")
    facts = {"kind": "general", "origins": 3, "source_kinds": ["document", "treaty_text"]}
    assert admin.post(add, facts).status_code == 302
    assert reporter.post(add, facts | {"kind": "quote"}).status_code == 403
    listed = reporter.get(reverse("admin:articles_evidencerule_changelist")).content.decode()
    assert "official document, treaty text" in listed
    html = page_of(reporter, desk.article, "ready")
    assert 'data-code="too_few_origins"' in html
    assert 'data-code="source_kind_refused"' in html


@pytest.mark.parametrize("facts", [{"origins": 0}, {"kind": "gossip"}, {"source_kinds": ["gossip"]}])
def test_a_rule_that_makes_no_sense_is_refused_on_its_field(facts):
    admin = signed_in(make_user("administrator"))
    facts = {"kind": "money", "origins": 2} | facts
    answer = admin.post(reverse("admin:articles_evidencerule_add"), facts)
    assert set(answer.context["adminform"].form.errors) & set(facts)


def test_only_editors_bar_a_publisher(desk):
    to = reverse("admin:sources_publisher_add")
    signed_in(desk.reporter).post(to, {"name": "Rumour", "slug": "rumour", "barred": "on"})
    signed_in(desk.editor).post(to, {"name": "Gossip", "slug": "gossip", "barred": "on"})
    assert dict(Publisher.objects.values_list("name", "barred")) == {"Rumour": False, "Gossip": True}
