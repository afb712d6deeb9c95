"""The second person: whoever takes an article away from readers does so at once, and another confirms in time."""

from datetime import datetime

from django.db import transaction

from articles.access import raise_if_may_not
from articles.corrections.notices import state_of
from articles.draft_locks import lock
from articles.models import Article, Edition, Removal
from articles.rules.after_publication import result_of
from newsroom.accounts.models import User
from newsroom.accounts.roles import Role
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.notices.telling import no_longer, tell


@transaction.atomic
def confirm_removal(article: Article, *, by, now: datetime) -> Removal:
    """Confirm, as a second person, that ``article`` was rightly retracted, unpublished or taken down.

    Raises DomainError ``not_allowed``, ``not_gone``, ``own_removal``, ``confirmed_already``.
    """
    article = lock(article)
    raise_if_may_not(by, "confirm_removal", article)
    result_of("confirm_removal", *state_of(article, now=now))
    removal = latest_removal(article, now=now)
    if removal.confirmed_at:
        raise DomainError("confirmed_already", "Somebody has confirmed it already.")
    if removal.by_id == by.pk:
        raise DomainError("own_removal", "This was your own act: somebody else has to confirm it.")
    removal.confirmed_by, removal.confirmed_at = by, now
    removal.save(update_fields=["confirmed_by", "confirmed_at"])
    record("article.removal_confirmed", article, by=by, now=now, edition=removal.edition.number)
    no_longer(["article.removal_to_confirm", "article.removal_unconfirmed"], article, now=now)
    return removal


def latest_removal(article: Article, *, now: datetime) -> Removal | None:
    """Who took away what ``article`` showed, and whether that was confirmed; None while it shows its text."""
    shown = Edition.objects.current(now).filter(article=article)
    return Removal.objects.filter(edition__in=shown).select_related("edition", "by", "confirmed_by").first()


def escalate_removals(*, now: datetime) -> int:
    """Tell every duty editor and administrator of removals that nobody confirmed in time; returns how many.

    Each is told once, however often this runs; the article stays away. What came back in the meantime is past.
    """
    with transaction.atomic():
        late = Removal.objects.filter(confirmed_at=None, escalated_at=None, confirm_by__lte=now)
        late = late.filter(edition__in=Edition.objects.current(now))
        removals = list(
            late.select_for_update(skip_locked=True, of=["self"]).select_related(
                "edition__article", "edition__release"
            )
        )
        for removal in removals:
            removal.escalated_at = now
            removal.save(update_fields=["escalated_at"])
            article, since = removal.edition.article, removal.edition.release.showing.lower
            record("article.removal_escalated", article, by=None, now=now)
            facts = {"when": since.isoformat()}
            tell(answerable(), "article.removal_unconfirmed", article, by=None, now=now, **facts)
    return len(removals)


def answerable() -> set[int]:
    """The keys of those who are told of a removal that nobody confirmed."""
    people = User.objects.filter(is_active=True, groups__name__in=[Role.DUTY_EDITOR, Role.ADMINISTRATOR])
    return set(people.values_list("pk", flat=True))
