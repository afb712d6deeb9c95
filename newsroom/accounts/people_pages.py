"""What administrators see of how a person signs in, and the pages of invitations."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom.accounts import lockouts, sessions
from newsroom.accounts.models import Invitation, User
from newsroom.accounts.people_forms import (
    EndSessionsForm,
    InviteForm,
    OfSite,
    ResetFactorsForm,
    SendAgainForm,
    UnlockForm,
    WithdrawForm,
)
from newsroom.accounts.roles import Role
from newsroom.desk_admin import may_any
from newsroom.desk_forms import form_at, of_acts
from newsroom.desk_pages import RecordPage


class SigningInPage(RecordPage):
    """A person's second factors, sessions and lockouts: seen and ended, never typed over."""

    model = User
    name = "signing_in"
    below = "signing-in/"
    title = _("Signing in")
    template = "admin/accounts/signing_in.html"
    forms = of_acts(ResetFactorsForm, EndSessionsForm, UnlockForm)
    to_see = ("administer",)

    def context(self, request, user, bound):
        factors = Authenticator.objects.filter(user=user).order_by("created_at")
        is_open = {
            ResetFactorsForm: factors and user != request.user,
            EndSessionsForm: (open_ones := sessions.sessions_of(user)) and user != request.user,
            UnlockForm: (locked := lockouts.lockouts_of(user, now=timezone.now())),
        }
        return {
            "factors": factors,
            "sessions": open_ones,
            "locked": locked,
            "single_sign_on": SocialAccount.objects.filter(user=user),
            "acts": {
                kind.act: form_at(kind, user, request.user, "", bound)
                for kind, applies in is_open.items()
                if applies
            },
        }


class InvitationPage(RecordPage):
    """Instead of a form: an invitation is sent again or withdrawn, not changed."""

    model = Invitation
    name = "change"
    title = _("Invitation")
    template = "admin/accounts/invitation.html"
    forms = of_acts(SendAgainForm, WithdrawForm)
    to_see = ("administer",)

    def find(self, pk):
        return Invitation.objects.select_related("invited_by", "user").filter(pk=pk).first()

    def _bind(self, request, record):
        return with_site(super()._bind(request, record), request)

    def context(self, request, invitation, bound):
        state = invitation.state(timezone.now())
        offered = [SendAgainForm, WithdrawForm] if state in ("open", "expired") else []
        return {
            "invitation": invitation,
            "state": state,
            "roles": [Role(role).label for role in invitation.roles_given if role in Role],
            "acts": [form_at(kind, invitation, request.user, "", bound) for kind in offered],
        }


def with_site(form, request):
    """Let a form that writes letters know the address that this site is asked at."""
    if isinstance(form, OfSite):
        form.site = request.build_absolute_uri("/").rstrip("/")
    return form


def invite_view(model_admin, request):
    """The page that invites somebody."""
    if not may_any(request.user, ("invite",)):
        raise PermissionDenied
    form = form_at(InviteForm, None, request.user, "", None)
    if request.method == "POST":
        form = with_site(InviteForm(request.POST, about=None, user=request.user), request)
        if form.carry_out(by=request.user, now=timezone.now()):
            messages.success(request, form.done)
            return HttpResponseRedirect(InvitationPage.address(form.made.pk))
    around = model_admin.admin_site.each_context(request)
    own = {
        "title": _("Invite somebody"),
        "page_title": _("Invitation"),
        "opts": model_admin.opts,
        "form": form,
    }
    return TemplateResponse(request, "admin/accounts/invite.html", around | own)
