"""The board: what is under way, by stage. A card is moved by mouse or by its buttons; each move is an act."""

from dataclasses import dataclass

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import review
from articles.access import may
from articles.admin.listed import HELD
from articles.models import Article
from articles.rules.stages import Stage, moves
from newsroom.admin_site import standing_page
from newsroom.core.errors import DomainError
from newsroom.desk_admin import may_any

# Cards in a column; the rest is in the list.
SHOWN = 30
LONGEST_REASON = 2000

MOVES = {
    "submit": (_("Submit for checking"), review.submit),
    "send_to_review": (_("Send to review"), review.send_to_review),
    "send_back": (_("Send back"), review.send_back),
    "withdraw_approval": (_("Withdraw the approval"), review.withdraw_approval),
}
WITH_REASON = {"send_back", "withdraw_approval"}


@dataclass(frozen=True)
class Move:
    """One act that a card offers, and the stage it leads to."""

    act: str
    label: str
    to: Stage
    asks_why: bool


@dataclass(frozen=True)
class Card:
    article: Article
    moves: list[Move]


@standing_page("board/", "board")
def board_page(request):
    if not may_any(request.user, ("see",)):
        raise PermissionDenied
    if request.method == "POST":
        return _moved(request)
    acts = {act for act in MOVES if may(request.user, act)}
    context = {
        **admin.site.each_context(request),
        "title": _("Board"),
        "page_title": _("Board"),
        "columns": [_column(stage, request.user, acts) for stage in Stage],
        "may_approve": may(request.user, "approve"),
    }
    return TemplateResponse(request, "admin/articles/board.html", context)


def _column(stage: Stage, user, acts: set[str]) -> dict:
    """Two queries, however many cards."""
    under_way = (
        Article.objects.visible_to(user).not_trashed().filter(stage=stage, under_way=True, archived_at=None)
    )
    rows = under_way.select_related("created_by", "section", "standing").defer("body").annotate(held=HELD)
    found = list(rows.order_by("-saved_at")[: SHOWN + 1])
    cards = [Card(article, _moves_of(article, acts)) for article in found[:SHOWN]]
    return {"stage": stage, "cards": cards, "more": len(found) > SHOWN}


def _moves_of(article: Article, acts: set[str]) -> list[Move]:
    """By role and stage alone: whose own article it is, the act asks."""
    table = moves(article.steps)
    return [
        Move(act, label, table[act][1], act in WITH_REASON)
        for act, (label, _do) in MOVES.items()
        if act in acts and article.stage in table[act][0]
    ]


def _moved(request):
    """Do what was asked: JSON for a script, otherwise the board again with what was said."""
    act, pk = request.POST.get("act", ""), request.POST.get("article", "")
    number = int(pk) if pk.isascii() and pk.isdigit() and len(pk) < 19 else 0
    article = Article.objects.visible_to(request.user).filter(pk=number).first()
    try:
        _do(act, article, request.POST.get("reason", "")[: LONGEST_REASON + 1], by=request.user)
    except DomainError as error:
        if _wants_json(request):
            return JsonResponse({"code": error.code, "message": str(error.message)}, status=409)
        messages.error(request, error.message)
    else:
        if _wants_json(request):
            article.refresh_from_db()
            return JsonResponse({"stage": article.stage})
        messages.success(request, _("Moved."))
    return HttpResponseRedirect(reverse("admin:board"))


def _do(act: str, article: Article | None, reason: str, *, by) -> None:
    if article is None:
        raise DomainError("not_found", "There is no such article.")
    if act == "approve":
        # An approval covers what was read, and a card shows nothing to read.
        raise DomainError("read_first", "Open the article and approve what you have read.")
    if act not in MOVES:
        raise DomainError("wrong_stage", "No act leads from there to here.", "stage")
    why = {"reason": reason} if act in WITH_REASON else {}
    MOVES[act][1](article, by=by, now=timezone.now(), **why)


def _wants_json(request) -> bool:
    return request.headers.get("Accept", "") == "application/json"
