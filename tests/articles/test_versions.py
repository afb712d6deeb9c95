"""Every save is a version: listed in few rows, compared by meaning, brought back as a new one."""

from datetime import timedelta

import pytest

from articles import draft_locks, drafting
from articles.models import Citation, SetAside, Treaty, Wording
from articles.rules.fingerprints import wording_digest
from articles.versions.comparing import compare
from articles.versions.listing import versions
from articles.versions.reading import stands, stood
from articles.versions.restoring import restore_set_aside, restore_version, set_aside
from newsroom.accounts.models import Person
from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from tests.making import NOW, Desk, cite, make_claim, make_source

MINUTE = timedelta(minutes=1)


@pytest.fixture
def desk():
    return Desk()


def refused(code: str):
    return pytest.raises(DomainError, check=lambda error: error.code == code)


@pytest.mark.django_db
def test_what_a_page_saved_by_itself_within_minutes_is_one_row(desk):
    def save(by, minutes, *, unattended=True, **fields):
        now = NOW + minutes * MINUTE
        version = desk.reload().version
        drafting.save_draft(desk.article, by=by, now=now, version=version, unattended=unattended, **fields)

    for minutes in range(1, 4):
        save(desk.reporter, minutes, body=desk.body() + f"<p>{'More. ' * minutes}</p>")
    save(desk.reporter, 20, headline="After a pause")
    save(desk.editor, 21, standfirst="Somebody else")
    save(desk.editor, 22, unattended=False, headline="By hand")
    rows, more = versions(desk.article)
    assert more is None
    assert [(row.first, row.number, row.by) for row in rows] == [
        (7, 7, desk.editor),
        (6, 6, desk.editor),
        (5, 5, desk.reporter),
        (2, 4, desk.reporter),
        (1, 1, desk.reporter),
    ]
    assert [sorted(row.fields) for row in rows[:4]] == [["headline"], ["standfirst"], ["headline"], ["body"]]
    assert rows[0].more_words == 0


@pytest.mark.django_db
def test_marks_metadata_and_order_are_compared_as_well_as_words(desk):
    desk.save(body=desk.body() + "<p>One more. And a “reset” of it.</p>")
    before = stands(desk.reload())
    other = make_claim(desk.reporter, desk.first, desk.second, label="Another claim of the same.")
    first, second, *_rest = desk.article.body.split("</p>")
    second = second.replace("<p>", '<p><a href="https://press.example/x">See</a> ')
    first = first.replace(desk.claim.public_id, other.public_id)
    tail = '<p>One more. And a “<span data-dismissed="scare">reset</span>” of it.</p>'
    desk.save(body=f"{second}</p>{first}</p>{tail}", language="pl", slug="moved-away", headline_rests_on=[])
    told = compare(before, stands(desk.reload()))
    places = {text["place"]: (text["was"], text["is"]) for text in told["texts"]}
    assert places.keys() == {"language", "slug", "headline_rests_on", "order", "dismissed", "links"}
    assert places["slug"][1] == "moved-away"
    assert places["language"] == ("English", "Polish")
    facts = [fact for statement in told["statements"] for fact in statement["facts"]]
    claims = [(fact["was"], fact["is"]) for fact in facts if fact["fact"] == "claim"]
    assert ("The treaty was signed.", "Another claim of the same.") in claims
    assert compare(before, before) == {"texts": [], "statements": []}


@pytest.mark.django_db(transaction=True)
def test_a_version_has_the_evidence_byline_and_treaties_of_its_time(desk):
    """In transactions of their own, for histories tell time by the database's clock."""
    treaty = Treaty.objects.create(title="A pact", slug="a-pact")
    desk.save(headline="Second", treaties=[treaty])
    Citation.objects.get(claim=desk.claim, source=desk.first).delete()
    third = make_source(desk.reporter, title="A third source")
    cite(desk.claim, third, by=desk.reporter)
    desk.quote.occasion = "At the opening"
    desk.quote.save()
    paul = Person.objects.create(name="Paul Pen", slug="paul-pen")
    desk.save(headline="Third", bylines=[paul], treaties=[])
    desk.save(headline="Fourth")
    told = compare(stood(desk.article, 2), stood(desk.article, 3))
    places = {text["place"]: (text["was"], text["is"]) for text in told["texts"]}
    assert places == {
        "headline": ("Second", "Third"),
        "bylines": ("Rita Reporter", "Paul Pen"),
        "treaties": ("A pact", ""),
    }
    claimed, quoted = told["statements"]
    assert [entry["title"] for entry in claimed["evidence_added"]] == ["A third source"]
    assert [entry["title"] for entry in claimed["evidence_removed"]] == [desk.first.title]
    assert [(fact["fact"], fact["is"]) for fact in quoted["facts"]] == [("occasion", "At the opening")]
    assert [text["place"] for text in compare(stood(desk.article, 3), stood(desk.article, 4))["texts"]] == [
        "headline"
    ]
    # Brought back, it is a new version, worded by whoever brought it back where it was gone.
    desk.save(body="<p>All is new.</p>", bylines=[], treaties=[treaty])
    restored = restore_version(desk.article, 3, by=desk.editor, now=NOW, version=5)
    assert (restored.version, restored.headline, restored.body) == (
        6,
        "Third",
        stood(desk.article, 3).article.body,
    )
    assert (list(restored.bylines.all()), list(restored.treaties.all())) == ([paul], [])
    digest = wording_digest("Two states signed a treaty on 27 May 2026.")
    assert Wording.objects.get(article=desk.article, digest=digest).by == desk.editor
    assert versions(desk.article)[0][0].restored == 3
    assert stood(desk.article, 5).article.body != restored.body
    # Where nobody is named any more, a version still tells who was, and who cannot be told is left out.
    desk.save(bylines=[])
    Person.objects.filter(pk=paul.pk).delete()
    assert compare(stood(desk.article, 6), stands(desk.article))["texts"] == []


@pytest.mark.django_db
def test_a_byline_and_treaties_are_saved_as_a_version_of_their_own(desk):
    """In their order, once, recorded; and what was approved is looked at again."""
    rita, paul = desk.article.bylines.get(), Person.objects.create(name="Paul Pen", slug="paul-pen")
    treaty = Treaty.objects.create(title="A pact", slug="a-pact")
    desk.check_all()
    desk.approve()
    saved = desk.save(bylines=[paul, rita], treaties=[treaty])
    assert (saved.version, saved.stage) == (2, "review")
    assert [row.person for row in saved.byline_set.all()] == [paul, rita]
    assert AuditEvent.objects.get(act="article.credited").data == {
        "byline": ["Paul Pen", "Rita Reporter"],
        "treaties": ["a-pact"],
    }
    assert versions(saved)[0][0].fields == {"bylines", "treaties"}
    assert desk.save(bylines=[paul, rita], treaties=[treaty]).version == 2
    assert desk.save(bylines=[rita, paul]).version == 3
    # Nobody leaves a byline to approve what is theirs.
    paul.user = desk.editor
    paul.save()
    desk.save(bylines=[rita])
    with refused("own_article"):
        desk.approve()


@pytest.mark.django_db
def test_a_byline_is_changed_by_whoever_may_save_and_has_the_draft(desk):
    with refused("not_allowed"):
        drafting.save_draft(desk.article, by=desk.checker, now=NOW, version=1, bylines=[])
    with refused("draft_changed"):
        drafting.save_draft(desk.article, by=desk.editor, now=NOW, version=7, bylines=[])
    draft_locks.hold(desk.article, by=desk.reporter, now=NOW)
    with refused("locked"):
        drafting.save_draft(desk.article, by=desk.editor, now=NOW, version=1, bylines=[])
    assert desk.article.bylines.count() == 1


@pytest.mark.django_db
def test_a_version_is_brought_back_only_over_what_was_seen(desk):
    desk.save(headline="Second")
    for number, version, code in (
        (1, 1, "draft_changed"),
        (7, 2, "version_unknown"),
        (2, 2, "stands_already"),
    ):
        with refused(code):
            restore_version(desk.article, number, by=desk.reporter, now=NOW, version=version)
    with refused("not_allowed"):
        restore_version(desk.article, 1, by=desk.checker, now=NOW, version=2)
    assert desk.reload().version == 2
    restore_version(desk.article, 1, by=desk.reporter, now=NOW, version=2)
    assert AuditEvent.objects.get(act="article.version_restored").data == {"version": 3, "of": 1}


@pytest.mark.django_db
def test_a_text_set_aside_is_kept_clean_beside_the_draft_and_may_be_brought_back(desk):
    typed = {
        "headline": " What I  typed ",
        "body": "<p onclick='x()'>Mine.</p><script>alert(1)</script>",
        "slug": "x",
    }
    kept = set_aside(desk.article, by=desk.reporter, now=NOW, based_on=1, **typed)
    assert (desk.reload().version, desk.article.headline) == (1, "A treaty is signed")
    assert kept.headline == "What I typed"
    assert "script" not in kept.body
    assert "onclick" not in kept.body
    restored = restore_set_aside(desk.article, kept, by=desk.reporter, now=NOW, version=1)
    assert (restored.headline, restored.version) == ("What I typed", 2)
    assert versions(desk.article)[0][0].restored == "aside"
    with refused("not_allowed"):
        set_aside(desk.article, by=desk.checker, now=NOW, based_on=1, **typed)
    assert SetAside.objects.count() == 1
