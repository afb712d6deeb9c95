"""My desk: what one person has to do, and what somebody has to do, each list in a fixed number of queries.

How a draft stands was counted before (:mod:`articles.standings`): nothing here opens one.
"""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.access import may
from articles.admin.challenged import challenges_for
from articles.admin.desk_lists import Listed, Row, listed, moment
from articles.admin.listed import HELD, held
from articles.commenting import for_person
from articles.models import Article, Assignment, Claim, Comment, DraftStanding, LegalHold, RecalledWording
from articles.models.section import in_scope
from articles.noticing import comment_path
from articles.rules.blockers import BLOCKERS
from articles.rules.stages import Stage

# Reasons why a draft is blocked, the most frequent first.
REASONS = 3
# Which acts take a draft on from a stage: whose roles allow one, for them it waits.
WAITS_FOR = {Stage.FACT_CHECK: "check", Stage.REVIEW: "approve", Stage.APPROVED: "publish"}


def my_desk(user, now: datetime) -> list[Listed]:
    """The lists of ``user`` that have something, the most urgent first."""
    found = [
        _flashes(user),
        _tasks(user, now),
        _comments(user),
        challenges_for(user),
        *(_waiting(user, stage) for stage, act in WAITS_FOR.items() if may(user, act)),
        _holds(user),
        _recalled(user),
        _blocked(user),
        _to_repair(user, now),
        _lapsed(user),
        _drifted(user),
        _stale(now),
    ]
    return [one for one in found if one.rows]


def _flashes(user) -> Listed:
    rows = _drafts(user).filter(is_flash=True).order_by("-saved_at")

    def row(article: Article) -> Row:
        return Row(
            str(article),
            reverse("admin:articles_article_flash", args=[article.pk]),
            f"{article.created_by}, {moment(article.created_at)}",
            [("stop", _("flash")), ("", article.get_stage_display())],
        )

    return listed("flashes", gettext_lazy("Flash"), rows, row, urgent=True)


def _tasks(user, now: datetime) -> Listed:
    rows = Assignment.objects.filter(
        in_scope(user, "article__"), to=user, ended_at=None, article__trashed_at=None
    )
    rows = rows.select_related("article", "by").defer("article__body").order_by("due_at", "pk")
    rows = rows.annotate(held=held("article"))

    def row(task: Assignment) -> Row:
        due = _("due %(when)s") % {"when": moment(task.due_at)} if task.due_at else ""
        late = [("stop", _("late"))] if task.due_at and task.due_at <= now else []
        about = ", ".join(filter(None, (due, _("by %(who)s") % {"who": task.by}, task.note)))
        return Row(
            str(task.article),
            _page(task.article, "work"),
            about,
            [("", task.get_task_display()), *late, *_hold_of(task)],
        )

    return listed("tasks", gettext_lazy("Assigned to me"), rows, row)


def _waiting(user, stage: Stage) -> Listed:
    """Whoever began an article is not the one it waits for."""
    rows = _drafts(user).filter(stage=stage, under_way=True, archived_at=None, is_flash=False)
    rows = rows.exclude(created_by=user).order_by("-saved_at")
    more = f"{reverse('admin:articles_article_changelist')}?stage__exact={stage}"
    page = "check" if stage == Stage.FACT_CHECK else "ready"

    def row(article: Article) -> Row:
        return Row(
            str(article),
            _page(article, page),
            f"{article.created_by}, {moment(article.saved_at)}",
            _counted(article),
        )

    title = _("Waits for me: %(stage)s") % {"stage": stage.label}
    return listed(f"stage-{stage}", title, rows, row, more=more)


def _comments(user) -> Listed:
    def row(thread: Comment) -> Row:
        about = f"{thread.who}, {moment(thread.at)}: {thread.text[:120]}"
        return Row(str(thread.article), comment_path(thread), about)

    return listed("comments", gettext_lazy("Comments for me"), for_person(user), row)


def _holds(user) -> Listed:
    rows = LegalHold.objects.filter(in_scope(user, "article__"), lifted_at=None, article__trashed_at=None)
    rows = rows.select_related("article", "by").defer("article__body").order_by("-at")

    def row(hold: LegalHold) -> Row:
        return Row(
            str(hold.article),
            _page(hold.article, "work"),
            f"{hold.by}, {moment(hold.at)}: {hold.reason[:100]}",
            [("stop", _("legal hold"))],
        )

    more = f"{reverse('admin:articles_article_changelist')}?legal_hold=yes"
    return listed("holds", gettext_lazy("Under legal hold"), rows, row, more=more)


def _recalled(user) -> Listed:
    """My articles that readers have with what was found wrong, until that is right everywhere (N7)."""
    rows = RecalledWording.objects.filter(
        in_scope(user, "article__"),
        Q(article__created_by=user)
        | Q(article__byline__person__user=user)
        | Q(article__assignments__to=user, article__assignments__ended_at=None),
        recall__closed_at=None,
    )
    rows = rows.order_by("-recall_id", "article_id").distinct("recall_id", "article_id")
    rows = rows.select_related("article", "recall").defer("article__body")

    def row(told: RecalledWording) -> Row:
        return Row(
            str(told.article),
            reverse("admin:articles_recall_change", args=[told.recall_id]),
            f"“{told.wording[:120]}”: {told.recall.reason[:120]}",
            [("stop", _("found wrong"))],
        )

    return listed("recalled", gettext_lazy("To correct in my articles"), rows, row)


def _blocked(user) -> Listed:
    def row(standing: DraftStanding) -> Row:
        worst = sorted(standing.codes.items(), key=lambda code: (-code[1], code[0]))[:REASONS]
        why = [
            f"{n} × {BLOCKERS[code].message}" if n > 1 else str(BLOCKERS[code].message) for code, n in worst
        ]
        return _standing_row(
            standing,
            "ready",
            " ".join(why),
            ngettext("%(n)s blocker", "%(n)s blockers", standing.blocked) % {"n": standing.blocked},
        )

    rows = _mine(user, blocked__gt=0)
    return listed("blocked", gettext_lazy("My drafts, and what keeps them"), rows, row)


def _to_repair(user, now: datetime) -> Listed:
    to_repair = Q(waived__gt=0) | Q(labelled__gt=0)
    if may(user, "waive") or may(user, "approve"):
        rows = _standings(user).filter(to_repair).order_by("repair_by", "-article")
    else:
        rows = _mine(user).filter(to_repair)

    def row(standing: DraftStanding) -> Row:
        due = standing.repair_by
        about = _("repair by %(when)s") % {"when": moment(due)} if due else _("repaired: publish it anew")
        late = [("stop", _("late"))] if due and due <= now else []
        seen = standing.labelled
        tags = (
            [("exempt", ngettext("%(n)s place labelled", "%(n)s places labelled", seen) % {"n": seen})]
            if seen
            else []
        )
        return Row(
            str(standing.article),
            _page(standing.article, "ready"),
            about,
            [*tags, *late, *_hold_of(standing)],
        )

    return listed("repair", gettext_lazy("Waived, to be repaired"), rows, row)


def _lapsed(user) -> Listed:
    rows = (
        _standings(user).filter(lapsed__gt=0).order_by("-article")
        if may(user, "check")
        else _mine(user, lapsed__gt=0)
    )

    def row(standing: DraftStanding) -> Row:
        n = standing.lapsed
        return _standing_row(
            standing, "check", "", ngettext("%(n)s check lapsed", "%(n)s checks lapsed", n) % {"n": n}
        )

    return listed("lapsed", gettext_lazy("Changed since they were checked"), rows, row)


def _drifted(user) -> Listed:
    def row(standing: DraftStanding) -> Row:
        n = standing.drifted
        return _standing_row(
            standing, "evidence", "", ngettext("%(n)s source", "%(n)s sources", n) % {"n": n}
        )

    rows = _mine(user, drifted__gt=0)
    return listed("drifted", gettext_lazy("My sources that changed or are gone"), rows, row)


def _stale(now: datetime) -> Listed:
    rows = stale_claims(now).order_by("review_by", "pk")

    def row(claim: Claim) -> Row:
        when = date_format(claim.review_by, "j M Y")
        url = reverse("admin:articles_claim_change", args=[claim.pk])
        return Row(str(claim), url, _("review by %(when)s") % {"when": when})

    return listed("stale", gettext_lazy("Claims to look at again"), rows, row, more=reverse("admin:stale"))


def stale_claims(now: datetime) -> QuerySet[Claim]:
    """The claims whose shelf life is over, by the newsroom's calendar (N14)."""
    return Claim.objects.filter(review_by__lte=timezone.localdate(now), merged_into=None)


def _drafts(user) -> QuerySet[Article]:
    rows = Article.objects.visible_to(user).not_trashed().annotate(held=HELD)
    return rows.select_related("created_by", "standing").defer("body")


def _standings(user) -> QuerySet[DraftStanding]:
    rows = DraftStanding.objects.filter(
        in_scope(user, "article__"), article__archived_at=None, article__trashed_at=None
    )
    return rows.select_related("article").defer("article__body").annotate(held=held("article"))


def _mine(user, **counted) -> QuerySet[DraftStanding]:
    return _standings(user).filter(people__contains=[user.pk], **counted).order_by("-article")


def _standing_row(standing: DraftStanding, page: str, about: str, tag: str) -> Row:
    counted = _("as of %(when)s") % {"when": moment(standing.counted_at)}
    return Row(
        str(standing.article),
        _page(standing.article, page),
        f"{about} {counted}".strip(),
        [("bare", tag), *_hold_of(standing)],
    )


def _hold_of(row) -> list[tuple[str, str]]:
    """The tag of what is under legal hold, as ``row.held`` says."""
    return [("stop", _("legal hold"))] if row.held else []


def _counted(article: Article) -> list[tuple[str, str]]:
    """How the draft stood when it was last counted, and whether it is under legal hold, as tags."""
    tags = _hold_of(article)
    if standing := getattr(article, "standing", None):
        tags.append(("", _("checked %(n)s of %(all)s") % {"n": standing.checked, "all": standing.sentences}))
    return tags


def _page(article: Article, name: str) -> str:
    return reverse(f"admin:articles_article_{name}", args=[article.pk])
