"""A story by hand, from the empty form to the published edition, through the pages alone."""

import re
from html import unescape

import pytest
from django.urls import reverse

from articles import draft_locks
from articles.admin.article_form import sentences_of
from articles.models import Article, DraftLock, Edition
from articles.readiness import blockers
from newsroom.accounts.models import Person
from sources.models import Source
from tests.articles.admin.pages import (
    done,
    forms_on,
    offered_acts,
    page_of,
    press,
    refusals_on,
    signed_in,
    write,
)
from tests.making import make_user

pytestmark = pytest.mark.django_db

BODY = (
    "<p>Two states signed a treaty in London. Keir Starmer said it was “a new chapter for both”. "
    "He spoke of a “reset”. Few had thought so a year ago.</p><p>Parliament has to agree.</p>"
)


@pytest.fixture
def people():
    roles = ("reporter", "fact_checker", "editor", "duty_editor")
    return {role: make_user(role, username=role) for role in roles}


@pytest.fixture
def desk(people):
    return {role: signed_in(user) for role, user in people.items()}


def codes(article) -> list[str]:
    return sorted(blocker.code for blocker in blockers(Article.objects.get(pk=article.pk)))


def test_an_editor_can_do_the_whole_journey_by_hand(desk, people):
    reporter, checker, editor, duty = (desk[role] for role in people)
    person = Person.objects.create(name="Rita Reporter", slug="rita-reporter", user=people["reporter"])

    # An empty form, then the text with its byline.
    write(reporter, headline="A treaty is signed", standfirst="Two states sign", body=BODY)
    article = Article.objects.get()
    assert article.slug == "a-treaty-is-signed"
    added = {"byline_set-TOTAL_FORMS": 1, "byline_set-0-person": person.pk, "byline_set-0-position": 0}
    keys = [key for key, _wording in sentences(article)]
    rests = {"headline_rests_on": keys[0], "standfirst_rests_on": keys[0]}
    write(reporter, article, **added, **rests, **{"byline_set-0-article": article.pk})
    assert set(codes(article)) == {"not_approved", "quotation_undecided", "sentence_without_evidence"}

    # Evidence, sentence by sentence.
    first, said, reset, few, parliament = keys
    assert done(
        press(reporter, article, "evidence", "claim", place=first, claim="A treaty was signed in London")
    )
    cited = {
        "source": "https://gov.example/treaty",
        "title": "Treaty signed",
        "publisher": "Gov",
        "stance": "supports",
    }
    assert done(press(reporter, article, "evidence", "cite", place=first, **cited))
    quote = {"words": "a new chapter for both", "speaker": "Keir Starmer", "kind": "person", "new": "on"}
    assert done(press(reporter, article, "evidence", "quote", place=said, **quote))
    cited |= {"source": "https://press.example/starmer", "title": "Speech", "carries": "words"}
    assert done(press(reporter, article, "evidence", "cite", place=said, **cited))
    assert done(press(reporter, article, "evidence", "dismiss", place=reset, reason="scare"))
    assert done(press(reporter, article, "evidence", "claim", place=reset, claim="He called it a reset"))
    cited = {"source": "https://press.example/starmer", "stance": "supports"}
    assert done(press(reporter, article, "evidence", "cite", place=reset, **cited))
    assert done(press(reporter, article, "evidence", "ask", place=few, reason="analysis"))
    assert "source_without_snapshot" in codes(article)

    # What is cited is archived, and each citation's passage chosen in the copy.
    texts = {
        "https://gov.example/treaty": "News. Two states signed a treaty in London today. More follows.",
        "https://press.example/starmer": "He called it “a new chapter for both”. He also spoke of a “reset”.",
    }
    for url, text in texts.items():
        assert done(archive(reporter, Source.objects.get(url=url), text))
    assert "passage_missing" in codes(article)
    for place, words in (
        (first, "Two states signed a treaty in London"),
        (said, "a new chapter for both"),
        (reset, "He also spoke of a “reset”"),
    ):
        assert done(choose(reporter, article, place, words))
    assert set(codes(article)) == {
        "claim_not_checked",
        "exemption_not_granted",
        "not_approved",
        "quote_not_checked",
        "sentence_without_evidence",
    }
    assert done(press(reporter, article, "change", "submit"))

    # A second person checks; nobody else may.
    assert "check" not in offered_acts(page_of(reporter, article, "check"))
    for key in (first, said, reset):
        assert done(press(checker, article, "check", "check", place=key, verdict="supports", note="Read it."))
    assert done(press(checker, article, "ready", "send_to_review"))
    assert codes(article) == ["exemption_not_granted", "not_approved", "sentence_without_evidence"]

    # The reporter left the story's page; an editor exempts and approves, the duty editor waives and publishes.
    draft_locks.let_go(article, by=people["reporter"], page=DraftLock.objects.get().page)
    assert done(press(editor, article, "ready", "exempt", place=few, reason="analysis"))
    waived = {"reason": "Breaking news", "repair_by": "2099-01-01T10:00"}
    assert done(press(duty, article, "ready", "waive", place=parliament, **waived))
    refused = press(desk["editor"], article, "change", "approve")
    assert done(refused)
    assert codes(article) == []
    assert done(press(duty, article, "ready", "publish", kind="first"))

    edition = Edition.objects.get()
    assert edition.number == 1
    document = duty.get(reverse("admin:articles_edition_change", args=[edition.pk])).content.decode()
    assert "a new chapter for both" in document


def test_publishing_too_early_says_why_in_place(desk):
    write(desk["reporter"], headline="A treaty is signed", body=BODY)
    article = Article.objects.get()
    url = reverse("admin:articles_article_ready", args=[article.pk])
    answer = desk["duty_editor"].post(url, {"act": "publish", "kind": "first", "version": 1})
    assert answer.status_code == 200
    assert refusals_on(answer.content.decode()) == {"not_ready"}
    assert not Edition.objects.exists()


def archive(client, source, text):
    """Paste the text of ``source`` on its page."""
    to = reverse("admin:sources_source_snapshots", args=[source.pk])
    return client.post(to, {"act": "paste", "text": text, "reason": "From the archive desk."}, follow=True)


def choose(client, article, key, words):
    """Follow the link of the sentence's citation to its passage page, and type the words there."""
    html = page_of(client, article, "evidence")
    to = unescape(re.search(rf'href="([^"]*/passage/[^"]*place={key}[^"]*)"', html)[1])
    page = client.get(to).content.decode()
    _to, _act, hidden = next(form for form in forms_on(page) if form[1] == "choose")
    return client.post(to, hidden | {"words": words}, follow=True)


def sentences(article):
    article.refresh_from_db()
    return sentences_of(article.body)
