"""A partner's webhooks: where they go, what they tell, and the log of what was sent."""

import json
import re

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from newsroom.core.cursors import cursor_after, key_of
from newsroom.core.errors import DomainError
from newsroom.desk_forms import form_at, of_acts
from newsroom.partners.models import Endpoint
from newsroom.partners.pages.frame import of_partner, page
from newsroom.partners.pages.wording import failure, told_of
from newsroom.partners.webhook_forms import (
    AddEndpointForm,
    ChangeEndpointForm,
    PauseForm,
    PingForm,
    RemoveForm,
    ResendForm,
    ResendSinceForm,
    ResumeForm,
    RotateSecretForm,
)

ACTS = of_acts(
    PingForm, PauseForm, ResumeForm, RotateSecretForm, ChangeEndpointForm, ResendSinceForm, RemoveForm
)
LOGGED = 30
# Removed ones that are listed, the latest.
MOST_REMOVED = 20
_KEY = re.compile(r"[1-9]\d{0,17}")


@of_partner
def endpoints(request, partner):
    """The endpoints, and the form that adds one."""
    bound = None
    if request.method == "POST":
        bound = AddEndpointForm(request.POST, about=partner, user=request.user)
        if bound.carry_out(by=request.user, now=timezone.now()):
            return _shown_once(request, partner, *bound.made)
    return page(
        request,
        "partners/endpoints.html",
        partner,
        tab="webhooks",
        endpoints=partner.endpoints.filter(removed_at=None),
        removed=partner.endpoints.exclude(removed_at=None).order_by("-removed_at")[:MOST_REMOVED],
        form=form_at(AddEndpointForm, partner, request.user, "", bound),
        status=400 if bound else 200,
    )


@of_partner
def endpoint(request, partner, endpoint):
    """One endpoint, what may be done with it, and what was sent to it, the latest first."""
    found = _found(partner, endpoint)
    bound, now = None, timezone.now()
    if request.method == "POST":
        kind = None if found.removed_at else ACTS.get(request.POST.get("act"))
        if kind is None:
            raise Http404
        bound = kind(request.POST, about=found, user=request.user)
        if bound.carry_out(by=request.user, now=now):
            if secret := getattr(bound, "made", None):
                return _shown_once(request, partner, found, secret)
            messages.success(request, bound.done)
            return HttpResponseRedirect(request.path)
        found = _found(partner, endpoint)
    kinds = _offered(found)
    rows, further = _log(found, request.GET.get("before"))
    forms = {kind.act: form_at(kind, found, request.user, "", bound) for kind in kinds}
    return page(
        request,
        "partners/endpoint.html",
        partner,
        tab="webhooks",
        endpoint=found,
        told_of=told_of(found.wanted),
        former_until=found.before_until if found.before_until and now < found.before_until else None,
        refused=bound if bound and type(bound) not in kinds else None,
        short=[forms[act] for act in ("ping", "resume", "pause", "rotate_secret") if act in forms],
        long=[forms[act] for act in ("change_endpoint", "resend_since", "remove") if act in forms],
        rows=rows,
        further=further,
        status=400 if bound else 200,
    )


@of_partner
def delivery(request, partner, endpoint, delivery):
    """One delivery: what was sent, every attempt with its answer, and sending it again."""
    found = _found(partner, endpoint)
    one = found.deliveries.filter(public_id=delivery).select_related("endpoint__partner").first()
    if one is None:
        raise Http404
    bound = None
    if request.method == "POST":
        bound = ResendForm(request.POST, about=one, user=request.user)
        if bound.carry_out(by=request.user, now=timezone.now()):
            messages.success(request, bound.done)
            return HttpResponseRedirect(request.path)
        found = _found(partner, endpoint)
    offered = found.is_told
    return page(
        request,
        "partners/delivery.html",
        partner,
        tab="webhooks",
        endpoint=found,
        delivery=one,
        body=json.dumps(json.loads(one.body), indent=2, ensure_ascii=False),
        attempts=[(each, failure(each.failure)) for each in one.attempts.order_by("-pk")[:LOGGED]],
        form=form_at(ResendForm, one, request.user, "", bound) if offered else None,
        refused=bound if bound and not offered else None,
        status=400 if bound else 200,
    )


def _found(partner, public_id: str) -> Endpoint:
    found = partner.endpoints.filter(public_id=public_id).select_related("partner").first()
    if found is None:
        raise Http404
    return found


def _offered(endpoint: Endpoint) -> list:
    """The forms of what can be done with it now."""
    if endpoint.removed_at:
        return []
    turned = [ResumeForm] if endpoint.paused_at else [PingForm, PauseForm, ResendSinceForm]
    return [*turned, RotateSecretForm, ChangeEndpointForm, RemoveForm]


def _log(endpoint: Endpoint, cursor: str | None) -> tuple[list, str]:
    """A page of what was sent before ``cursor``, and the cursor of the next one, "" at the end."""
    rows = endpoint.deliveries.order_by("-pk")
    if cursor:
        try:
            rows = rows.filter(pk__lt=int(key_of(cursor, _KEY, "before")))
        except DomainError:
            raise Http404 from None
    found = list(rows[: LOGGED + 1])
    return found[:LOGGED], cursor_after(str(found[LOGGED - 1].pk)) if len(found) > LOGGED else ""


@sensitive_variables("secret")
def _shown_once(request, partner, endpoint: Endpoint, secret: str):
    back = reverse("partner-webhook", args=[partner.public_id, endpoint.public_id])
    return page(
        request,
        "partners/secret_made.html",
        partner,
        tab="webhooks",
        endpoint=endpoint,
        secret=secret,
        back=back,
    )
