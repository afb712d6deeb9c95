"""The desk's pages of one partner: its keys, its people, what it used, and what it fetched."""

import re
from datetime import datetime, timedelta

from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom.core.cursors import MOMENT, cursor_after, key_at, key_of
from newsroom.core.errors import DomainError
from newsroom.desk_forms import form_at, of_acts
from newsroom.desk_pages import RecordPage, tab
from newsroom.partners import usage
from newsroom.partners.charts import bars
from newsroom.partners.counting import month_of
from newsroom.partners.key_forms import InvitePersonForm, MakeKeyForm, RemovePersonForm
from newsroom.partners.keys import MOST_ENDED
from newsroom.partners.models import Fetch, Partner
from newsroom.partners.throttling import limits_of

ROWS, DAYS = 50, 30
# People that are listed, and the latest of those invited.
MOST_PEOPLE = 100
_KEY = re.compile(rf"(?P<moment>{MOMENT}) (?P<pk>\d{{1,18}})")


class PartnerPage(RecordPage):
    """One of the row of pages of a partner."""

    model = Partner
    to_see = ("administer",)

    def around(self, request, record):
        change = reverse("admin:partners_partner_change", args=[record.pk])
        others = [
            tab(page.title, page.address(record.pk), current=type(self).name == page.name) for page in PAGES
        ]
        return {"tabs": [tab(_("Partner"), change, current=False), *others]}


class KeysPage(PartnerPage):
    """The partner's keys, and the form that makes one, whose text is shown at once and never again."""

    name, title = "keys", _("API keys")
    template = "admin/partners/keys.html"
    forms = of_acts(MakeKeyForm)

    def view(self, request, pk, **below):
        if request.method != "POST":
            return super().view(request, pk, **below)
        partner = self.opened(request, pk)
        bound = self._bind(request, partner)
        if bound.carry_out(by=request.user, now=timezone.now()):
            return shown_once(self, request, partner, *bound.made)
        return TemplateResponse(request, self.template, self._context(request, partner, bound))

    def context(self, request, partner, bound):
        now = timezone.now()
        return {
            "keys": [
                *((key, True) for key in partner.keys.usable(now)),
                *((key, False) for key in partner.keys.ended(now)[:MOST_ENDED]),
            ],
            "form": form_at(MakeKeyForm, partner, request.user, "", bound),
        }


class PeoplePage(PartnerPage):
    """Who keeps the partner's keys: invited, and taken off again."""

    name, title = "people", _("People")
    template = "admin/partners/people.html"
    forms = of_acts(InvitePersonForm, RemovePersonForm)

    def _bind(self, request, record):
        form = super()._bind(request, record)
        if isinstance(form, InvitePersonForm):
            form.site = request.build_absolute_uri("/").rstrip("/")
        return form

    def context(self, request, partner, bound):
        now = timezone.now()
        invited = partner.invited.select_related("invitation").filter(invitation__accepted_at=None)
        people = partner.people.order_by("username")[:MOST_PEOPLE]
        return {
            "people": [
                (one, form_at(RemovePersonForm, partner, request.user, one.public_id, bound))
                for one in people
            ],
            "invited": [
                (one.invitation, one.invitation.state(now)) for one in invited.order_by("-pk")[:MOST_PEOPLE]
            ],
            "form": form_at(InvitePersonForm, partner, request.user, "", bound),
        }


class UsagePage(PartnerPage):
    """What the partner used of late, by day and by key."""

    name, title = "usage", _("Usage")
    template = "admin/partners/usage.html"

    def context(self, request, partner, bound):
        now = timezone.now()
        last = now.date()
        first = last - timedelta(days=DAYS - 1)
        days = usage.by_day(partner, first=first, last=last)
        rate, quota = limits_of(partner)
        return {
            "charts": [
                (_("Requests a day"), bars([(used.of, used.requests) for used in days])),
                (_("Refused a day"), bars([(used.of, used.refused) for used in days])),
            ],
            "days": days[::-1],
            "number_of_days": DAYS,
            "by_key": usage.by_key(partner, first=first, last=last),
            "rate": rate,
            "quota": quota,
            "used": usage.used_since(partner.pk, month_of(now)[0].date()),
        }


class FetchesPage(PartnerPage):
    """Which edition the partner fetched, and when: the latest first, a page at a time."""

    name, title = "fetches", _("What it fetched")
    template = "admin/partners/fetches.html"

    def context(self, request, partner, bound):
        rows = Fetch.objects.filter(partner=partner).order_by("-last_at", "-pk")
        if cursor := request.GET.get("after"):
            at, pk = _behind(cursor)
            rows = rows.filter(last_at__lte=at).exclude(last_at=at, pk__gte=pk)
        rows = rows.select_related("edition__article")
        found = list(rows[: ROWS + 1])
        last = found[ROWS - 1] if len(found) > ROWS else None
        return {
            "rows": found[:ROWS],
            "further": cursor_after(f"{key_at(last.last_at)} {last.pk}") if last else "",
        }


PAGES = [KeysPage, PeoplePage, UsagePage, FetchesPage]


def shown_once(page: PartnerPage, request, partner, key, text: str) -> TemplateResponse:
    """The answer that shows the text of a new key."""
    context = page._context(request, partner, None) | {"key": key, "text": text}
    return TemplateResponse(request, "admin/partners/key_made.html", context)


def _behind(cursor: str) -> tuple[datetime, int]:
    try:
        found = _KEY.fullmatch(key_of(cursor, _KEY, "after"))
    except DomainError:
        raise Http404 from None
    return datetime.fromisoformat(found["moment"]), int(found["pk"])
