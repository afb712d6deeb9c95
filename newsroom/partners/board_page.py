"""The board of who still shows the old text, with a button for each who is to be reminded."""

from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from newsroom.accounts.asking import may
from newsroom.admin_site import standing_page
from newsroom.core.errors import DomainError
from newsroom.partners.catching_up import DAYS, MOST, board
from newsroom.partners.models import Partner, Silence
from newsroom.partners.reminding import remind


@standing_page("partners/board/", "partners_board")
def partners_board(request) -> HttpResponse:
    """Who may remind partners sees it."""
    if not may(request.user, "remind_partner"):
        raise PermissionDenied
    now = timezone.now()
    if request.method == "POST":
        return _remind(request, now)
    rows = board(now=now)
    silent = Silence.objects.filter(over_at=None, partner__is_active=True).select_related("partner")
    context = {
        "title": _("What partners show"),
        "rows": rows,
        "days": DAYS,
        "more": len(rows) == MOST,
        "silent": list(silent.order_by("since")),
    }
    return TemplateResponse(request, "admin/partners/board.html", admin.site.each_context(request) | context)


def _remind(request, now) -> HttpResponse:
    try:
        edition, partner = (int(request.POST[name][:18]) for name in ("edition", "partner"))
    except (KeyError, ValueError) as error:
        raise BadRequest from error
    try:
        remind(edition, partner, by=request.user, now=now)
    except Partner.DoesNotExist as error:
        raise BadRequest from error
    except DomainError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The partner is reminded."))
    return HttpResponseRedirect(request.path)
