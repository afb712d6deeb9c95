"""A partner's keys: made, exchanged and revoked; the text of a new one is shown once."""

from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from newsroom.desk_forms import form_at
from newsroom.partners.key_forms import MakeKeyForm, RevokeKeyForm, RotateKeyForm
from newsroom.partners.keys import MOST_ENDED
from newsroom.partners.models import ApiKey
from newsroom.partners.pages.frame import for_people, of_partner, page
from newsroom.partners.pages.wording import scopes_of


@for_people
def start(request, partners):
    """To the partner's keys; who is of several partners chooses."""
    if len(partners) == 1:
        return HttpResponseRedirect(_of(partners[0]))
    return page(request, "partners/choose.html", choices=[(_of(each), each) for each in partners])


@of_partner
def keys(request, partner):
    """The keys, and the form that makes one."""
    bound = None
    if request.method == "POST":
        bound = MakeKeyForm(request.POST, about=partner, user=request.user)
        if bound.carry_out(by=request.user, now=timezone.now()):
            return _shown_once(request, partner, *bound.made)
    now = timezone.now()
    return page(
        request,
        "partners/keys.html",
        partner,
        tab="keys",
        usable=partner.keys.usable(now),
        ended=partner.keys.ended(now)[:MOST_ENDED],
        form=form_at(MakeKeyForm, partner, request.user, "", bound),
        status=400 if bound else 200,
    )


@of_partner
def key(request, partner, key):
    """One key, and what may be done with it."""
    found = partner.keys.filter(public_id=key).select_related("partner").first()
    if found is None:
        raise Http404
    bound, now = None, timezone.now()
    if request.method == "POST":
        kinds = {kind.act: kind for kind in (RotateKeyForm, RevokeKeyForm)}
        kind = kinds.get(request.POST.get("act"))
        if kind is None:
            raise Http404
        bound = kind(request.POST, about=found, user=request.user)
        if bound.carry_out(by=request.user, now=now):
            made = getattr(bound, "made", None)
            return _shown_once(request, partner, *made) if made else HttpResponseRedirect(request.path)
        found.refresh_from_db()
    kinds = [RotateKeyForm, RevokeKeyForm] if found.is_usable(now) else []
    return page(
        request,
        "partners/key.html",
        partner,
        tab="keys",
        key=found,
        scopes=scopes_of(found),
        is_usable=bool(kinds),
        forms=[form_at(kind, found, request.user, "", bound) for kind in kinds],
        refused=bound if bound and not kinds else None,
        status=400 if bound else 200,
    )


@sensitive_variables("text")
def _shown_once(request, partner, key: ApiKey, text: str):
    return page(request, "partners/key_made.html", partner, tab="keys", key=key, text=text)


def _of(partner) -> str:
    return reverse("partner-keys", args=[partner.public_id])
