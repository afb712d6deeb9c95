"""A reader's challenge at the desk: the list, its page with the acts on it, and My desk."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import ChallengeNote, Scope
from tests.articles.admin.pages import done, html_of, offered_acts, press_on, queries, refusals_on, signed_in
from tests.articles.challenges import RIGHT, doubted, resolved
from tests.making import Desk, make_user

pytestmark = pytest.mark.django_db
LIST = "admin:articles_challenge_changelist"


@pytest.fixture
def desk():
    desk = Desk(now=timezone.now() - timedelta(hours=1))
    desk.publish()
    return desk


@pytest.fixture
def challenge(desk):
    return doubted(
        desk,
        now=timezone.now(),
        words="<b>It was the 28th.</b>",
        evidence_url="https://press.example/?a=1&b=2",
        email="reader@example.org",
    )


def at(challenge) -> str:
    return reverse("admin:articles_challenge_change", args=[challenge.pk])


def my_desk(user) -> bool:
    return 'data-list="challenges"' in html_of(signed_in(user), reverse("admin:index"))


def test_it_is_taken_noted_given_resolved_with_its_correction_and_let_out(desk, challenge):
    assert my_desk(desk.checker)
    reporter, checker, editor = signed_in(desk.reporter), signed_in(desk.checker), signed_in(desk.editor)
    assert my_desk(desk.reporter)
    html = html_of(reporter, at(challenge))
    assert offered_acts(html) == {"take_challenge", "note_challenge"}
    # What a reader typed stays text, and an address that somebody typed tells nobody where one came from.
    assert ("<b>It was" in html, "&lt;b&gt;It was" in html) == (False, True)
    assert 'href="https://press.example/?a=1&amp;b=2" rel="noreferrer noopener nofollow ugc"' in html
    assert "reader@example" not in html
    assert desk.claim.label in html
    assert done(press_on(reporter, at(challenge), "take_challenge"))
    assert not my_desk(make_user("fact_checker"))
    assert done(press_on(reporter, at(challenge), "note_challenge", text="Page 3 has it."))
    assert ChallengeNote.objects.get().by == desk.reporter
    assert done(press_on(editor, at(challenge), "assign_challenge", to=desk.checker.pk))
    desk.now = timezone.now()
    desk.save(body=desk.body(signed=RIGHT))
    correction = desk.publish(kind="correction", note="It was the 28th.", now=timezone.now()).correction
    html = html_of(checker, at(challenge))
    assert f'<option value="{correction.pk}" selected>' in html
    answer = press_on(
        checker,
        at(challenge),
        "resolve_challenge",
        outcome="corrected",
        correction=correction.pk,
        answer="You are right.",
    )
    assert done(answer)
    html = answer.content.decode()
    assert f'data-correction="{correction.public_id}"' in html
    assert offered_acts(html) == {"note_challenge"}
    assert not my_desk(desk.checker)
    assert done(press_on(editor, at(challenge), "tell_outcome"))
    assert "You are right." in signed_in(desk.editor).get(reverse("challenges")).text


def test_what_is_not_borne_out_is_refused_on_its_field(desk, challenge):
    client = signed_in(desk.checker)
    said = {"outcome": "corrected", "answer": "You are right."}
    answer = press_on(client, at(challenge), "resolve_challenge", **said)
    assert refusals_on(answer.content.decode()) == {"correction_missing"}
    answer = press_on(client, at(challenge), "resolve_challenge", **said | {"outcome": "withdrawn"})
    assert refusals_on(answer.content.decode()) == {"still_stands"}


def test_it_is_not_there_for_who_does_not_work_on_the_article(desk, challenge):
    stranger = make_user("editor", "fact_checker")
    Scope.objects.create(user=stranger, language="pl")
    client = signed_in(stranger)
    assert client.get(at(challenge)).status_code == 404
    assert client.post(at(challenge), {"act": "take_challenge"}).status_code == 404
    assert challenge.wording not in html_of(client, reverse(LIST))
    assert not my_desk(stranger)
    assert signed_in(make_user("administrator")).get(at(challenge)).status_code == 403


def test_the_list_has_what_is_open_first_and_is_searched_and_filtered(desk, challenge):
    second = resolved(desk, doubted(desk, token="second", now=timezone.now()))
    client = signed_in(desk.editor)
    html = html_of(client, reverse(LIST))
    assert html.index(at(challenge)) < html.index(at(second))
    assert at(second) not in html_of(client, reverse(LIST) + "?resolved_at__isempty=1")
    assert at(second) in html_of(client, reverse(LIST) + f"?q={second.public_id}")


def test_the_list_and_the_page_cost_the_same_with_many(desk, challenge):
    client = signed_in(desk.editor)
    few = queries(client, reverse(LIST)), queries(client, at(challenge))
    for number in range(4):
        doubted(desk, token=f"token {number}", now=timezone.now())
    assert (queries(client, reverse(LIST)), queries(client, at(challenge))) == few


def test_what_is_doubted_says_so_on_its_own_pages_until_it_is_resolved(desk, challenge):
    second = doubted(desk, key=desk.KEYS[1], token="second", now=timezone.now())
    client = signed_in(desk.editor)

    def told_on(name, record):
        html = html_of(client, reverse(f"admin:articles_{name}", args=[record.pk]))
        return [one.public_id for one in (challenge, second) if f'data-challenge="{one.public_id}"' in html]

    assert told_on("article_published", desk.article) == [challenge.public_id, second.public_id]
    assert told_on("claim_recall", desk.claim) == [challenge.public_id]
    assert told_on("quote_recall", desk.quote) == [second.public_id]
    resolved(desk, challenge, now=timezone.now())
    assert told_on("claim_recall", desk.claim) == []
