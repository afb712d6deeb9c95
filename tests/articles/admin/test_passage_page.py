"""The passage of a citation is chosen in the archived text: offered, selected, or typed and looked for."""

import re
from html import unescape

import pytest
from django.urls import reverse

from newsroom.audit.models import AuditEvent
from sources.confidentiality import confide
from tests.articles.admin.pages import done, forms_on, html_of, offered_acts, page_of, refusals_on, signed_in
from tests.making import Desk, cite, make_claim, make_quote, make_snapshot, make_source, make_user

pytestmark = pytest.mark.django_db

TEXT = (
    "Treaty day. 🎉\nTwo states 🤝 signed a treaty on 27 May 2026.\nIt was a good day, they said. "
    "The treaty enters into force later. The treaty is long."
)


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def source(desk):
    return make_source(desk.reporter, title="The gazette")


@pytest.fixture
def snapshot(source):
    return make_snapshot(source, TEXT)


@pytest.fixture
def reporter(desk):
    return signed_in(desk.reporter)


@pytest.fixture
def cited(desk, source, snapshot):
    """A claim that cites the source without a passage."""
    claim = make_claim(desk.reporter, label="Two states signed a treaty")
    cite(claim, source, by=desk.checker, archived=False)
    return claim.citations.get()


@pytest.fixture
def quoted(desk, source, snapshot):
    quote = make_quote(desk.reporter, words="a good day", speaker=desk.speaker)
    cite(quote, source, by=desk.checker, archived=False)
    return quote.citations.get()


def at(citation, **asked):
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"{reverse('admin:articles_citation_passage', args=[citation.pk])}?{query}"


def choose(client, citation, url="", **typed):
    """Fill in the form for words as the page shows it, with ``typed`` in it."""
    url = url or at(citation)
    hidden = next(hidden for _to, act, hidden in forms_on(html_of(client, url)) if act == "choose")
    answer = client.post(url, hidden | typed, follow=True)
    citation.refresh_from_db()
    return answer


def offers(html) -> list[tuple[str, str]]:
    """Kind and words of what is offered."""
    found = re.findall(r'data-kind="(\w+)">\s*<p>(.*?)</p>', html, re.DOTALL)
    return [(kind, unescape(re.sub(r"<[^>]+>", "", words))) for kind, words in found]


def test_what_reads_like_the_statement_is_offered_and_taken_with_one_click(reporter, cited, snapshot):
    html = html_of(reporter, at(cited))
    kind, words = offers(html)[0]
    assert kind == "candidate"
    assert "Two states 🤝 signed a treaty on 27 May 2026." in words
    hidden = next(hidden for _to, act, hidden in forms_on(html) if act == "offered")
    place = re.search(r'name="offered" value="([^"]+)"', html)[1]
    assert done(reporter.post(at(cited), hidden | {"offered": place}, follow=True))
    cited.refresh_from_db()
    assert cited.snapshot == snapshot
    assert TEXT[cited.start :].startswith(cited.exact)
    assert cited.exact.startswith("Two states 🤝 signed")
    assert AuditEvent.objects.filter(act="citation.passage_chosen").exists()


def test_the_place_of_a_quote_is_shown_exactly(reporter, quoted):
    html = html_of(reporter, at(quoted))
    assert [kind for kind, _words in offers(html)] == ["exact"]
    assert f'id="exact-{TEXT.index("a good day")}"' in html


def test_what_comes_near_a_quote_is_shown_with_the_difference_and_not_applied(
    reporter, desk, source, snapshot
):
    quote = make_quote(desk.reporter, words="a great day, they said", speaker=desk.speaker)
    cite(quote, source, by=desk.checker, archived=False)
    html = html_of(reporter, at(quote.citations.get()))
    assert [kind for kind, _words in offers(html)] == ["near"]
    assert "<del>great</del>" in html
    assert "<ins>good</ins>" in html
    quote.refresh_from_db()
    assert quote.words == "a great day, they said"
    assert quote.citations.get().exact == ""


def test_a_place_selected_in_the_text_counts_code_points(reporter, cited):
    start = TEXT.index("signed")
    typed = {"start": start, "end": start + len("signed a treaty"), "words": "signed a treaty"}
    assert done(choose(reporter, cited, **typed))
    assert (cited.start, cited.exact) == (start, "signed a treaty")
    assert cited.chosen_by.username == cited.source.created_by.username


def test_words_that_were_changed_after_selecting_are_looked_for(reporter, cited):
    assert done(choose(reporter, cited, start=0, end=6, words="enters into force"))
    assert cited.exact == "enters into force"


def test_without_script_the_words_are_found_where_they_stand_once(reporter, cited):
    assert done(choose(reporter, cited, words="signed a treaty", locator=" p. 4 "))
    assert (cited.exact, cited.locator) == ("signed a treaty", "p. 4")


def test_words_that_stand_more_than_once_are_offered_place_by_place(reporter, cited):
    answer = choose(reporter, cited, words="The treaty")
    html = answer.content.decode()
    assert refusals_on(html) == {"words_not_unique"}
    assert "stand 2 times" in html
    assert [kind for kind, _words in offers(html)] == ["typed", "typed"]
    assert cited.exact == ""
    places = re.findall(r'name="offered" value="([^"]+)"', html)
    hidden = next(hidden for _to, act, hidden in forms_on(html) if act == "offered")
    assert done(reporter.post(at(cited), hidden | {"offered": places[1]}, follow=True))
    cited.refresh_from_db()
    assert cited.start == TEXT.rindex("The treaty")


REFUSED = [
    ({"words": ""}, "passage_empty"),
    ({"words": "nuclear weapons"}, "words_not_found"),
    ({"words": "SIGNED A TREATY"}, "words_not_found"),
    ({"words": "x" * 5001}, "max_length"),
    ({"words": "a\x00b"}, "null_characters_not_allowed"),
    ({"start": "-1", "end": "5", "words": "x"}, "min_value"),
    ({"offered": "5-2"}, "passage_empty"),
    ({"offered": "0-9999999"}, "passage_empty"),
    ({"offered": "somewhere"}, "invalid"),
    ({"words": "signed a treaty", "locator": "x" * 201}, "max_length"),
    ({"words": "signed a treaty", "snapshot": "zzzzzzzzzzzz"}, "snapshot_unknown"),
]


@pytest.mark.parametrize(("typed", "code"), REFUSED)
def test_what_is_no_passage_is_refused_with_a_page(reporter, cited, typed, code):
    answer = choose(reporter, cited, **typed)
    assert answer.status_code == 200
    assert code in refusals_on(answer.content.decode())
    assert (cited.exact, cited.snapshot) == ("", None)


def test_the_copy_of_another_source_is_refused(reporter, cited, desk):
    other = make_snapshot(desk.first, TEXT)
    answer = choose(reporter, cited, words="signed a treaty", snapshot=other.public_id)
    assert refusals_on(answer.content.decode()) == {"snapshot_unknown"}


def test_one_switches_between_captures_and_a_wall_is_none(reporter, cited, source):
    newer = make_snapshot(source, "Two states have signed a treaty.")
    wall = make_snapshot(source, "Please log in.", obstacle="login_wall")
    assert "Two states have signed" in html_of(reporter, at(cited))
    html = html_of(reporter, at(cited, snapshot=wall.public_id))
    assert 'data-code="login_wall"' in html
    assert "choose" not in offered_acts(html)
    assert done(choose(reporter, cited, at(cited, snapshot=newer.public_id), words="have signed"))
    assert cited.snapshot == newer


def test_a_source_without_capture_leads_to_where_one_is_made(reporter, desk):
    claim = make_claim(desk.reporter)
    cite(claim, desk.first, by=desk.reporter, archived=False)
    desk.first.snapshots.all()
    bare = make_source(desk.reporter)
    cite(claim, bare, by=desk.reporter, archived=False)
    html = html_of(reporter, at(claim.citations.get(source=bare)))
    assert reverse("admin:sources_source_snapshots", args=[bare.pk]) in html
    assert "choose" not in offered_acts(html)


def test_of_a_confidential_source_nothing_is_to_be_chosen(reporter, desk):
    source = confide(
        public_label="a diplomat",
        name="X Y",
        contact="",
        kind="interview",
        language="",
        by=desk.reporter,
        now=desk.now,
    )
    claim = make_claim(desk.reporter, source)
    html = html_of(reporter, at(claim.citations.get()))
    assert "Nothing of this source is archived" in html
    assert offered_acts(html) == set()


def test_a_long_text_is_shown_around_the_passage(reporter, desk, source):
    long = "\n".join(f"Paragraph {n} says nothing at all." for n in range(4_000))
    snapshot = make_snapshot(source, f"{long}\nThe end has 🤝 come.")
    claim = make_claim(desk.reporter)
    cite(claim, source, by=desk.reporter, archived=False)
    citation = claim.citations.get()
    assert done(choose(reporter, citation, words="The end has 🤝 come"))
    html = html_of(reporter, at(citation))
    assert f'id="passage-{citation.start}"' in html
    assert len(html) < 150_000
    assert 'rel="prev"' in html
    assert "Paragraph 0 says" in html_of(reporter, at(citation, at=0, snapshot=snapshot.public_id))


def test_an_orphan_is_said_to_be_one(reporter, quoted):
    choose(reporter, quoted, words="a good day")
    type(quoted).objects.filter(pk=quoted.pk).update(prefix="It never was ")
    assert 'data-code="passage_orphaned"' in html_of(reporter, at(quoted))


def test_a_passage_is_taken_off(reporter, cited):
    choose(reporter, cited, words="signed a treaty")
    assert done(reporter.post(at(cited), {"act": "clear"}, follow=True))
    cited.refresh_from_db()
    assert (cited.exact, cited.snapshot, cited.start) == ("", None, None)


def test_from_an_article_one_sees_its_sentence_and_comes_back_to_it(reporter, desk):
    citation = desk.claim.citations.first()
    url = at(citation, article=desk.article.pk, place=desk.KEYS[0])
    assert "Two states signed a treaty on 27 May 2026" in html_of(reporter, url)
    answer = choose(reporter, citation, url, words="Nothing else was said")
    evidence = reverse("admin:articles_article_evidence", args=[desk.article.pk])
    assert answer.redirect_chain[-1][0] == f"{evidence}?at={desk.KEYS[0]}#s-{desk.KEYS[0]}"
    for article, place in (("99999999", "x"), ("x", "y"), ("9" * 30, "<b>")):
        html_of(reporter, at(citation, article=article, place=place))


def test_nobody_but_the_desk_opens_it(cited):
    for role in ("administrator", "source_keeper"):
        assert signed_in(make_user(role)).get(at(cited)).status_code == 403


def test_the_evidence_page_links_to_each_passage(reporter, desk):
    html = page_of(reporter, desk.article, "evidence")
    citation = desk.claim.citations.first()
    link = at(citation, article=desk.article.pk, place=desk.KEYS[0])
    assert link in unescape(html)
