"""Words that no text has can be seen by eye in the raw capture; a second person says so on the passage page."""

import pytest
from django.urls import reverse

from articles.citation_states import citation_states
from articles.dossier import open_dossier
from articles.models import Sighting
from tests.articles.admin.pages import done, forms_on, html_of, offered_acts, page_of, refusals_on, signed_in
from tests.making import Desk, cite, make_quote, make_snapshot, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


def at(citation, snapshot=None):
    url = reverse("admin:articles_citation_passage", args=[citation.pk])
    return f"{url}?snapshot={snapshot.public_id}" if snapshot else url


@pytest.fixture
def scan(desk):
    """A quote whose source is archived as a scan, without readable text."""
    source = make_source(desk.reporter)
    make_snapshot(source, "", obstacle="no_text", media_type="application/pdf")
    quote = make_quote(desk.reporter, words="read my lips", speaker=desk.speaker)
    cite(quote, source, by=desk.reporter, archived=False)
    words = f'<span data-words="{quote.public_id}">read my lips</span>'
    desk.save(
        body=f'<p><span data-segment="cccccccccc" data-quotes="{quote.public_id}">Ada said “{words}”</span>.</p>',
        headline_rests_on=["cccccccccc"],
        standfirst_rests_on=["cccccccccc"],
    )
    return quote.citations.get()


def sight(client, citation, **typed):
    url = at(citation)
    hidden = next(hidden for _to, act, hidden in forms_on(html_of(client, url)) if act == "sight")
    return client.post(url, hidden | typed, follow=True)


def test_a_checker_says_that_they_saw_the_words_in_the_scan(desk, scan):
    checker = signed_in(desk.checker)
    assert done(sight(checker, scan, note="Page 3, second paragraph"))
    assert "Page 3, second paragraph" in html_of(checker, at(scan))
    assert citation_states(open_dossier(desk.reload()))[scan.pk].contains == "by_eye"
    html = page_of(checker, desk.article, "evidence")
    assert 'data-which="contains" data-state="by_eye"' in html


def test_who_chose_the_passage_or_is_no_checker_does_not_say_it(desk, scan):
    for user in (desk.reporter, desk.editor):
        client = signed_in(user)
        assert "sight" not in offered_acts(html_of(client, at(scan)))
        answer = client.post(at(scan), {"act": "sight", "note": "x", "fingerprint": "0" * 64})
        assert refusals_on(answer.content.decode()) == {"not_allowed"}
    type(scan).objects.filter(pk=scan.pk).update(chosen_by=desk.checker)
    client = signed_in(desk.checker)
    assert "sight" not in offered_acts(html_of(client, at(scan)))
    answer = client.post(at(scan), {"act": "sight", "note": "x", "fingerprint": "0" * 64})
    assert refusals_on(answer.content.decode()) == {"own_passage"}
    assert not Sighting.objects.exists()


@pytest.mark.parametrize(
    ("typed", "code"),
    [({"note": " "}, "required"), ({"note": "x", "fingerprint": "0" * 64}, "citation_changed")],
)
def test_a_sighting_of_nothing_or_of_another_is_refused(desk, scan, typed, code):
    answer = sight(signed_in(desk.checker), scan, **typed)
    assert refusals_on(answer.content.decode()) == {code}


def test_it_is_not_said_of_another_capture_than_the_one_that_counts(desk, scan):
    newer = make_snapshot(scan.source, "Please log in.", obstacle="login_wall")
    html = html_of(signed_in(desk.checker), at(scan, newer))
    assert "sight" not in offered_acts(html)
