"""Claims, quotes and citations on their own pages."""

import pytest
from django.urls import reverse

from articles.models import Citation, Claim, Quote
from newsroom.audit.models import AuditEvent
from tests.articles.admin.pages import signed_in
from tests.making import Desk, cite, make_claim, make_speaker

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


def citation_row(number, citation=None, **typed):
    facts = {
        "stance": "supports",
        "position": number,
        "exact": "",
        "prefix": "",
        "suffix": "",
        "locator": "",
    } | typed
    if citation:
        facts |= {"id": citation.pk, "source": citation.source_id}
    return {f"citations-{number}-{name}": value for name, value in facts.items()}


def save_claim(client, claim, *rows, initial):
    facts = {"label": claim.label, "kind": claim.kind, "standing": claim.standing}
    facts |= {"citations-TOTAL_FORMS": len(rows), "citations-INITIAL_FORMS": initial}
    for row in rows:
        facts |= row
    return client.post(reverse("admin:articles_claim_change", args=[claim.pk]), facts)


def unarchived(desk, source=None):
    """A claim whose one citation names no archived copy."""
    claim = make_claim(desk.reporter)
    cite(claim, source or desk.first, by=desk.reporter, archived=False)
    return claim


def test_whoever_adds_a_passage_or_changes_it_has_chosen_it(desk):
    claim = unarchived(desk)
    citation = claim.citations.get()
    client = signed_in(desk.checker)
    same = citation_row(0, citation, position=0)
    new = citation_row(1, source=desk.second.pk, exact="word for word")
    assert save_claim(client, claim, same, new, initial=1).status_code == 302
    chosen = list(claim.citations.order_by("pk").values_list("chosen_by__username", flat=True))
    assert chosen == [desk.reporter.username, desk.checker.username]
    assert (
        save_claim(client, claim, citation_row(0, citation, exact="other words"), initial=1).status_code
        == 302
    )
    citation.refresh_from_db()
    assert citation.chosen_by == desk.checker


def test_the_order_of_citations_is_nobodys_passage(desk):
    claim = unarchived(desk)
    citation = claim.citations.get()
    save_claim(signed_in(desk.checker), claim, citation_row(0, citation, position=5), initial=1)
    citation.refresh_from_db()
    assert (citation.position, citation.chosen_by) == (5, desk.reporter)


def test_a_passage_changed_on_the_citations_own_page_is_chosen_by_who_did_it(desk):
    citation = unarchived(desk).citations.get()
    url = reverse("admin:articles_citation_change", args=[citation.pk])
    facts = {"source": citation.source_id, "stance": "supports", "position": 0, "exact": "the very words"}
    signed_in(desk.editor).post(url, facts)
    citation.refresh_from_db()
    assert (citation.exact, citation.chosen_by) == ("the very words", desk.editor)
    assert AuditEvent.objects.get(act="citation.changed").object_id == citation.claim.public_id


def test_a_passage_of_an_archived_copy_is_not_typed_over(desk):
    citation = desk.claim.citations.select_related("snapshot").first()
    before = citation.exact
    url = reverse("admin:articles_citation_change", args=[citation.pk])
    facts = {"source": desk.second.pk, "stance": "context", "position": 0, "exact": "other words"}
    assert signed_in(desk.editor).post(url, facts).status_code == 302
    citation.refresh_from_db()
    assert (citation.exact, citation.source, citation.stance) == (before, desk.first, "context")
    assert citation.chosen_by == desk.reporter


def test_a_claim_cannot_carry_words_and_a_quote_can(desk):
    citation = desk.claim.citations.first()
    url = reverse("admin:articles_citation_change", args=[citation.pk])
    facts = {"source": citation.source_id, "stance": "supports", "position": 0, "carries": "words"}
    answer = signed_in(desk.editor).post(url, facts)
    assert answer.status_code == 200
    citation.refresh_from_db()
    assert citation.carries == ""


@pytest.mark.parametrize(("model", "name"), [(Claim, "claim"), (Quote, "quote")])
def test_what_a_draft_names_cannot_be_deleted_and_the_page_names_the_draft(desk, model, name):
    record = getattr(desk, name)
    record.citations.all().delete()
    client = signed_in(desk.reporter)
    url = reverse(f"admin:articles_{name}_delete", args=[record.pk])
    assert desk.article.headline in client.get(url).content.decode()
    client.post(url, {"post": "yes"})
    assert model.objects.filter(pk=record.pk).exists()


def test_what_nothing_names_can_be_deleted(desk):
    claim = make_claim(desk.reporter)
    signed_in(desk.reporter).post(reverse("admin:articles_claim_delete", args=[claim.pk]), {"post": "yes"})
    assert not Claim.objects.filter(pk=claim.pk).exists()


def test_a_citation_is_removed_and_the_log_says_of_what(desk):
    citation = desk.claim.citations.first()
    signed_in(desk.reporter).post(
        reverse("admin:articles_citation_delete", args=[citation.pk]), {"post": "yes"}
    )
    assert not Citation.objects.filter(pk=citation.pk).exists()
    assert AuditEvent.objects.get(act="citation.removed").object_id == desk.claim.public_id


def test_a_role_of_another_speaker_is_refused_on_its_field(desk):
    _other, role = make_speaker("Somebody Else", "Chancellor")
    facts = {"words": "a good day", "language": "en", "speaker": desk.speaker.pk, "role": role.pk}
    facts |= {"citations-TOTAL_FORMS": 0, "citations-INITIAL_FORMS": 0}
    answer = signed_in(desk.reporter).post(
        reverse("admin:articles_quote_change", args=[desk.quote.pk]), facts
    )
    assert "role" in answer.context["adminform"].form.errors


def test_a_quote_is_revised_on_its_page_by_the_act(desk):
    url = reverse("admin:articles_quote_change", args=[desk.quote.pk])
    facts = {"words": "a good day\r\nfor both", "language": "en", "speaker": desk.speaker.pk}
    facts |= {"role": desk.role.pk, "citations-TOTAL_FORMS": 0, "citations-INITIAL_FORMS": 0}
    assert signed_in(desk.reporter).post(url, facts).status_code == 302
    desk.quote.refresh_from_db()
    assert desk.quote.words == "a good day\nfor both"
    assert AuditEvent.objects.get(act="quote.changed").data == {"fields": ["words"]}
    # What the act refuses is said on the page, and changes nothing.
    answer = signed_in(desk.reporter).post(url, facts | {"words": "turned \u202eround"}, follow=True)
    assert "cannot be shown" in answer.content.decode()
    assert Quote.objects.get().words == "a good day\nfor both"


def test_a_pasted_address_is_a_source_that_is_entered_captured_and_cited(desk):
    claim, client = unarchived(desk), signed_in(desk.reporter)
    same = citation_row(0, claim.citations.get(), position=0)
    url = "https://gazette.example/treaty"
    assert save_claim(client, claim, same, citation_row(1, address=url), initial=1).status_code == 302
    entered = claim.citations.order_by("pk").last().source
    assert (entered.url, entered.captures.get().state) == (url, "waiting")
    # Pasted again it is the same source, for another record, and not captured twice.
    other = unarchived(desk, desk.second)
    rows = [citation_row(0, other.citations.get(), position=0), citation_row(1, address=url)]
    assert save_claim(client, other, *rows, initial=1).status_code == 302
    assert other.citations.order_by("pk").last().source == entered
    assert entered.captures.count() == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"address": "gazette"}, "address"),
        ({"address": "javascript:alert(1)"}, "address"),
        ({"exact": "words of no source"}, "source"),
    ],
)
def test_a_citation_without_a_source_or_an_address_is_refused_at_its_field(desk, typed, field):
    claim, client = unarchived(desk), signed_in(desk.reporter)
    same = citation_row(0, claim.citations.get(), position=0)
    answer = save_claim(client, claim, same, citation_row(1, **typed), initial=1)
    assert answer.status_code == 200
    (formset,) = answer.context["inline_admin_formsets"]
    assert field in formset.formset.forms[1].errors
    assert claim.citations.count() == 1
