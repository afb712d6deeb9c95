"""The page "Published" of an article: what its address shows, its editions, and what may be done about them."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.access import may
from articles.admin.after_forms import AFTER_FORMS, ON_THE_ARTICLE, ON_WHAT_WAITS
from articles.admin.challenged import open_challenges
from articles.admin.differences import Difference, differences
from articles.admin.pages import ArticlePage
from articles.corrections.confirming import latest_removal
from articles.corrections.notices import state_of
from articles.holding import WHY
from articles.models import Article, Correction, Edition, Recall, Removal, Seal
from articles.receipts import Told, told
from articles.rules.after_publication import Shows, Waits, result_of
from newsroom.core.errors import DomainError
from newsroom.desk_forms import ActForm, form_at

# The newest editions; all are in the list of editions.
SHOWN = 30
# Open recalls and former addresses, each.
MOST = 50

SHOWS = {
    Shows.NOTHING: _("nothing: readers have never seen it"),
    Shows.TEXT: _("the article"),
    Shows.RETRACTED: _("that it was retracted; earlier editions can be opened"),
    Shows.RETRACTED_CLOSED: _("that it was retracted"),
    Shows.UNPUBLISHED: _("that it is no longer offered"),
    Shows.TAKEN_DOWN: _("that it was taken down for legal reasons"),
}
# How the table of acts (articles.rules.after_publication) and that of access call what forms call otherwise.
ACCESS = {"cancel": "reschedule", "unarchive": "archive"}


@dataclass(frozen=True)
class Row:
    """One edition. ``state`` is ``shows``, ``scheduled``, ``embargoed``, ``held`` or ``earlier``; ``address`` is
    empty where readers cannot open it."""

    edition: Edition
    state: str
    since: datetime | None
    until: datetime | None
    why: str
    address: str
    told: Told | None
    changes: list[Difference]
    forms: list[ActForm]

    @property
    def is_open(self) -> bool:
        """Folded, unless one of its forms was refused."""
        return any(form.errors for form in self.forms)


@dataclass(frozen=True)
class State:
    """An article at a moment, with what decides which acts it takes."""

    article: Article
    showing: Shows
    waiting: Waits
    removal: Removal | None
    seal: Seal | None


class PublishedPage(ArticlePage):
    name = "published"
    title = _("Published")
    template = "admin/articles/article/published.html"
    forms = AFTER_FORMS

    def context(self, request, article, bound):
        now = timezone.now()
        state = read_state(article, now=now)
        offers = _Offers(state, request.user, bound)
        rows, more = _rows(article, offers, now=now)
        removal = state.removal
        return {
            "shows": state.showing,
            "shows_label": SHOWS[state.showing],
            "waits": state.waiting,
            "rows": rows,
            "more": more,
            "acts": offers.on_the_article(),
            "removal": removal,
            "late": bool(removal and not removal.confirmed_at and removal.confirm_by <= now),
            "own_removal": bool(removal and not removal.confirmed_at and removal.by_id == request.user.pk),
            "seal": state.seal,
            "former": list(article.former_addresses.all()[:MOST]),
            "recalls": _open_recalls(article),
            "challenges": open_challenges(article, request.user),
        }

    def after(self, request, article, form):
        """To the edition the act was about."""
        return self.address(article.pk) + (f"#edition-{form.at_place}" if form.at_place else "")


def read_state(article: Article, *, now: datetime) -> State:
    """What decides which acts ``article`` takes at ``now``: at most four queries."""
    showing, waiting = state_of(article, now=now)
    removal = latest_removal(article, now=now)
    return State(article, showing, waiting, removal, Seal.objects.filter(article=article).first())


def takes(state: State, act: str, user) -> bool:
    """Whether ``act`` (of a form) can be done with the article as it is, by ``user`` if it asks for a second person."""
    removal = state.removal
    trashed = state.article.trashed_at is not None
    if trashed or act in ("trash", "restore_from_trash"):
        unknown_to_readers = (state.showing, state.waiting) == (Shows.NOTHING, Waits.NONE)
        return act == "restore_from_trash" if trashed else act == "trash" and unknown_to_readers
    match act:
        case "archive" | "unarchive":
            if (state.article.archived_at is None) != (act == "archive"):
                return False
            if act == "unarchive":
                return True
        case "confirm_removal":
            if removal is None or removal.confirmed_at or removal.by_id == user.pk:
                return False
        case "seal":
            if removal is None or removal.confirmed_at is None or removal.by_id == user.pk or state.seal:
                return False
    try:
        result_of(act, state.showing, state.waiting)
    except DomainError:
        return False
    return True


class _Offers:
    """Which acts one user is offered: those of the access table that the article takes as it is."""

    def __init__(self, state: State, user, bound: ActForm | None):
        self.state, self.user, self.bound = state, user, bound
        self.acts = {
            act
            for act in AFTER_FORMS
            if may(user, ACCESS.get(act, act), state.article) and takes(state, act, user)
        }

    def on_the_article(self) -> list[ActForm]:
        return [self._form(act, "") for act in ON_THE_ARTICLE if act in self.acts]

    def on(self, edition: Edition) -> list[ActForm]:
        """On an edition that waits."""
        moment = edition.release.showing.lower
        return [self._form(act, str(edition.number), at=moment) for act in ON_WHAT_WAITS if act in self.acts]

    def _form(self, act: str, place: str, **known) -> ActForm:
        article = self.state.article
        known |= {"slug": article.slug} if act == "change_address" else {}
        return form_at(AFTER_FORMS[act], article, self.user, place, self.bound, **known)


def _rows(article: Article, offers: _Offers, *, now: datetime) -> tuple[list[Row], bool]:
    editions = article.editions.select_related("release", "correction", "published_by").order_by("-number")
    found = list(editions[: SHOWN + 1])
    open_to_all = set(Edition.objects.readable(now).filter(article=article).values_list("pk", flat=True))
    return [_row(edition, article, offers, open_to_all, now) for edition in found[:SHOWN]], len(found) > SHOWN


def _row(edition: Edition, article: Article, offers: _Offers, open_to_all: set[int], now: datetime) -> Row:
    showing = edition.release.showing
    since, until = (None, None) if showing.isempty else (showing.lower, showing.upper)
    if since is None:
        state = "held"
    elif since > now:
        state = "embargoed" if edition.release.embargoed else "scheduled"
    else:
        state = "shows" if until is None or until > now else "earlier"
    waits = state in ("scheduled", "embargoed")
    receipt = _told(edition) if since else None
    return Row(
        edition,
        state,
        since,
        until,
        WHY.get(edition.release.held_for, edition.release.held_for) if state == "held" else "",
        f"{article.get_absolute_url()}editions/{edition.number}/" if edition.pk in open_to_all else "",
        receipt,
        differences(receipt.texts, receipt.statements) if receipt else [],
        offers.on(edition) if waits else [],
    )


def _told(edition: Edition) -> Told | None:
    """Its note and receipt; None for a first edition and where they were erased."""
    try:
        return told(edition.correction)
    except Correction.DoesNotExist:
        return None


def _open_recalls(article: Article) -> list[Recall]:
    """What was found wrong in what the article says, the newest first."""
    named = Recall.objects.filter(closed_at=None, told__article=article).distinct()
    return list(named.select_related("claim", "quote", "source", "opened_by")[:MOST])
