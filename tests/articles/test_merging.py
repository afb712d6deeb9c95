"""The same thing entered twice is merged: drafts name one record, what was published stays, old addresses lead on."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from articles import draft_locks, evidence
from articles.merging import alike, consequences, merge, refusal_of
from articles.models import Article, Citation, Claim, Recall, Scope
from articles.readiness import blockers
from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from sources.models import Publisher, Source, Speaker
from tests.making import (
    NOW,
    Desk,
    archive,
    cite,
    make_claim,
    make_publisher,
    make_quote,
    make_source,
    make_speaker,
    make_user,
)

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def desk():
    return Desk(slug="the-story")


def merged(kept, gone, by, **fields):
    return merge(kept, gone, by=by, **({"now": LATER, "note": "The same document."} | fields))


def answers(client, desk, source: Source, claim: Claim) -> dict[str, tuple]:
    """Status, body and way of what readers and partners have of the story, and of the two records."""
    story = {"page": "/articles/the-story/", "api": f"/api/v1/articles/{desk.article.public_id}/"}
    records = {
        "source": f"/sources/{source.public_id}/",
        "api-source": f"/api/v1/sources/{source.public_id}/",
        "citation": f"/sources/{source.public_id}/citation.bib",
        "api-claim": f"/api/v1/claims/{claim.public_id}/",
    }
    got = {name: client.get(path) for name, path in (story | records).items()}
    return {name: (a.status_code, a.get("Location"), a.content) for name, a in got.items()}


def test_a_merge_changes_drafts_and_nothing_that_was_published(client, desk):
    desk.publish()
    before = answers(client, desk, desk.first, desk.claim)
    assert {status for status, _way, _body in before.values()} == {200}
    kept = make_source(desk.reporter, title="The treaty itself")
    other = make_claim(desk.reporter, label="A treaty was signed.")
    merged(kept, desk.first, desk.editor)
    merged(other, desk.claim, desk.editor)
    after = answers(client, desk, desk.first, desk.claim)
    # What was published is as it was; the old addresses lead on, for readers and partners.
    assert (after["page"], after["api"]) == (before["page"], before["api"])
    assert {name: got[:2] for name, got in after.items() if name not in ("page", "api")} == {
        "source": (301, f"/sources/{kept.public_id}/"),
        "api-source": (301, f"/api/v1/sources/{kept.public_id}/"),
        "citation": (301, f"/sources/{kept.public_id}/citation.bib"),
        "api-claim": (301, f"/api/v1/claims/{other.public_id}/"),
    }
    out = StringIO()
    call_command("verify_editions", stdout=out)
    assert out.getvalue() == "1 editions verified\n"
    # The draft rests on what is kept; what was seen before is looked at anew.
    draft = desk.reload()
    assert desk.claim.public_id not in draft.body
    assert other.public_id in draft.rests_on
    assert {c.source for c in other.citations.all()} == {kept, desk.second}
    codes = {blocker.code for blocker in blockers(draft)}
    assert codes == {"claim_not_checked", "not_approved"}


def test_what_stands_for_two_has_the_uses_of_both_and_is_listed_once(client, desk):
    desk.publish()
    kept, other = make_source(desk.reporter, title="The treaty itself"), make_claim(desk.reporter)
    merged(kept, desk.first, desk.editor)
    merged(other, desk.claim, desk.editor)
    for kind, record, gone in (("sources", kept, desk.first), ("claims", other, desk.claim)):
        one = client.get(f"/api/v1/{kind}/{record.public_id}/").json()
        assert [s["wording"] for s in one["statements"]] == ["Two states signed a treaty on 27 May 2026"]
        ids = [entry["id"] for entry in client.get(f"/api/v1/{kind}/").json()["results"]]
        assert record.public_id in ids
        assert gone.public_id not in ids
    assert "The treaty itself" in client.get(f"/sources/{kept.public_id}/").content.decode()


def test_an_archived_copy_is_read_under_what_stands_for_its_source(client, desk):
    Source.objects.update(archive_shown=True)
    desk.publish()
    snapshot = Citation.objects.filter(source=desk.first).first().snapshot
    kept = make_source(desk.reporter, archive_shown=True)
    merged(kept, desk.first, desk.editor)
    place = f"/sources/{kept.public_id}/snapshots/{snapshot.public_id}/"
    old = client.get(f"/sources/{desk.first.public_id}/snapshots/{snapshot.public_id}/")
    assert (old.status_code, old["Location"]) == (301, place)
    assert client.get(place).status_code == 200
    # Of neither may more be shown than of both.
    Source.objects.filter(pk=kept.pk).update(archive_shown=False)
    answer = client.get(place)
    assert (answer.status_code, answer["Location"]) == (302, f"/sources/{kept.public_id}/#copies-h")


def test_merged_once_more_everything_leads_to_the_last(client, desk):
    desk.publish()
    second, third = make_source(desk.reporter), make_source(desk.reporter)
    merged(second, desk.first, desk.editor)
    merged(third, second, desk.editor)
    assert client.get(f"/sources/{desk.first.public_id}/")["Location"] == f"/sources/{third.public_id}/"
    assert Source.objects.filter(merged_into=third).count() == 2


def test_citations_keep_their_passage_and_what_both_had_is_one(desk):
    kept = make_source(desk.reporter)
    cite(desk.claim, kept, by=desk.reporter, archived=False)
    gone = make_source(desk.reporter)
    cite(desk.claim, gone, by=desk.reporter, archived=False)
    passage = archive(
        Citation.objects.create(claim=desk.claim, source=gone, chosen_by=desk.reporter, created_at=NOW)
    )
    moved = merged(kept, gone, desk.editor)
    assert (moved["citations"], moved["doubled"]) == (1, 1)
    passage.refresh_from_db()
    assert (passage.source, passage.snapshot.source) == (kept, gone)
    assert "passage_orphan" not in {blocker.code for blocker in blockers(desk.reload())}


def test_a_text_from_before_the_merge_is_saved_with_what_stands_for_it(desk):
    other, old = make_claim(desk.reporter), desk.article.body
    merged(other, desk.claim, desk.editor)
    desk.save(body=old)
    assert desk.claim.public_id not in desk.article.body
    assert other.public_id in desk.article.body


def test_drafts_are_saved_as_by_hand(desk):
    version, body = desk.article.version, desk.article.body
    merged(make_claim(desk.reporter), desk.claim, desk.editor)
    assert desk.reload().version == version + 1
    assert Article.pgh_event_model.objects.filter(pgh_obj=desk.article, body=body).exists()
    assert AuditEvent.objects.filter(
        act="claim.merged", object_id=desk.claim.public_id, by=desk.editor
    ).exists()


def test_speakers_are_merged_with_their_roles(desk):
    kept, role = make_speaker("Ada Sample")
    extra = desk.speaker.roles.create(title="Envoy")
    quote = make_quote(desk.reporter, words="we agree", speaker=desk.speaker, role=extra)
    merged(kept, desk.speaker, desk.editor)
    for row in (quote, desk.quote):
        row.refresh_from_db()
        row.full_clean()
    assert (desk.quote.speaker, desk.quote.role, quote.role) == (kept, role, extra)


def test_publishers_are_merged_with_their_sources_and_names_lead_to_the_one_that_is_kept(desk):
    kept, gone = make_publisher("Daily Example"), make_publisher("The Daily Example")
    source = make_source(desk.reporter, publisher=gone)
    merged(kept, gone, desk.editor)
    source.refresh_from_db()
    assert source.publisher == kept
    made = evidence.source_like(
        title="A report",
        publisher_name="the daily example",
        url="https://x.example/1",
        by=desk.reporter,
        now=NOW,
    )
    assert made.publisher == kept


def test_an_address_that_was_merged_is_that_of_what_stands_for_it(desk):
    kept = make_source(desk.reporter)
    merged(kept, desk.first, desk.editor)
    assert evidence.source_like(url=desk.first.url, by=desk.reporter, now=NOW) == kept
    gone = Source.objects.get(pk=desk.first.pk)
    citation = evidence.cite(desk.quote, gone, by=desk.reporter, now=NOW, carries="report")
    assert citation.source == kept


REFUSED = {
    "merge_confidential": (
        Source,
        {"confidential": True, "public_label": "An envoy", "title": "", "url": ""},
    ),
    "merge_withdrawn": (
        Source,
        {"withdrawn_at": NOW, "withdrawn_by": "publisher", "withdrawal_reason": "Wrong."},
    ),
    "merge_embargoes": (Source, {"embargoed_until": NOW}),
    "merge_standing": (Claim, {"standing": "deprecated"}),
    "merge_kind": (Speaker, {"kind": "document"}),
    "merge_barred": (Publisher, {"barred": True}),
}


def two_of(model, by, fields):
    made = {
        Source: lambda **f: make_source(by, **f),
        Claim: lambda **f: Claim.objects.create(label="A claim", created_by=by, created_at=NOW, **f),
        Speaker: lambda **f: Speaker.objects.create(name="X", slug=f"x-{len(f)}", **f),
        Publisher: lambda **f: Publisher.objects.create(name=f"X{len(f)}", slug=f"x-{len(f)}", **f),
    }[model]
    return made(), made(**fields)


@pytest.mark.parametrize("code", REFUSED)
def test_what_would_hide_or_revive_something_is_refused_either_way(code):
    model, fields = REFUSED[code]
    one, other = two_of(model, make_user("reporter"), fields)
    assert refusal_of(one, other).code == code
    assert refusal_of(other, one).code == code


def test_what_is_circular_merged_recalled_or_of_another_kind_is_refused(desk):
    one, two, three = (make_source(desk.reporter) for _ in range(3))
    two.derives_from, two.derivation = one, "wire_copy"
    two.save()
    Recall.objects.create(source=three, reason="Wrong.", opened_by=desk.editor, opened_at=NOW)
    assert refusal_of(one, one).code == "merge_itself"
    assert refusal_of(one, two).code == refusal_of(two, one).code == "merge_origins"
    assert refusal_of(one, three).code == "merge_recalled"
    assert refusal_of(one, desk.claim).code == "merge_kinds"
    assert refusal_of(desk.quote, desk.quote).code == "merge_kinds"
    merged(desk.first, desk.second, desk.editor)
    for kept, gone in ((one, desk.second), (desk.second, one)):
        with pytest.raises(DomainError) as refused:
            merged(Source.objects.get(pk=kept.pk), gone, desk.editor)
        assert refused.value.code == "merged_already"


def test_a_reporter_cannot_merge_and_nobody_without_a_reason(desk):
    for by, note, code in ((desk.reporter, "Same.", "not_allowed"), (desk.editor, " ", "note_missing")):
        with pytest.raises(DomainError) as refused:
            merged(desk.first, desk.second, by, note=note)
        assert refused.value.code == code


def test_what_a_merge_would_do_is_told_before(desk):
    told = consequences(desk.second, desk.editor)
    assert (told.counts, told.drafts, told.printed) == ({"citations": 2, "derived": 0}, [desk.article], False)
    desk.publish()
    assert consequences(desk.claim, desk.editor).printed
    assert consequences(desk.speaker, desk.editor).counts == {"quotes": 1, "roles": 1}


def test_whoever_may_not_see_a_draft_is_told_nothing_of_it_and_merges_nothing_under_it(desk):
    far = make_user("editor")
    Scope.objects.create(user=far, language="pl")
    assert consequences(desk.claim, far).drafts == []
    with pytest.raises(DomainError) as refused:
        merged(make_claim(desk.reporter), desk.claim, far)
    assert refused.value.code == "draft_refused"
    assert desk.article.headline not in refused.value.message
    assert desk.claim.public_id in desk.reload().body


def test_whoever_has_a_draft_open_is_named_before_a_claim_is_merged_under_it(desk):
    other = Desk(slug="another-story")
    other.save(body=other.body().replace(other.claim.public_id, desk.claim.public_id))
    for story, holder in ((desk, desk.reporter), (other, other.reporter)):
        draft_locks.hold(story.article, by=holder, now=LATER)
    with pytest.raises(DomainError) as refused:
        merged(make_claim(desk.reporter), desk.claim, desk.editor)
    assert (refused.value.code, refused.value.place) == ("drafts_open", "the-story")
    for story in (desk, other):
        assert f"“{story.article}” ({story.reporter}, 13:00)" in refused.value.message
    # Nothing is told of a draft that is not the person's to see.
    far = make_user("editor")
    Scope.objects.create(user=far, language="pl")
    with pytest.raises(DomainError, check=lambda error: error.code == "draft_refused"):
        merged(make_claim(desk.reporter), desk.claim, far)
    # Whoever has it open merges.
    draft_locks.take_over(desk.reload(), by=desk.editor, now=LATER, reason="Merging.")
    draft_locks.take_over(other.reload(), by=desk.editor, now=LATER, reason="Merging.")
    assert merged(make_claim(desk.reporter), desk.claim, desk.editor)["drafts"] == 2


def test_what_looks_like_a_record_is_offered_and_what_was_merged_is_not(desk):
    first = make_source(desk.reporter, title="Treaty of Nancy signed by two states")
    near = make_source(desk.reporter, title="The Treaty of Nancy, signed by two States")
    misspelt = make_source(desk.reporter, title="Traety of Nancy signed by two states")
    make_source(desk.reporter, title="Weather for Nancy")
    assert set(alike(first)) == {near, misspelt}
    merged(first, near, desk.editor)
    assert alike(first) == [misspelt]
    assert alike(Source.objects.get(pk=near.pk)) == []
