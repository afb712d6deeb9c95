"""Where allauth asks us: who may come in, how letters go out, and how the second factor is kept."""

from time import time

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from newsroom.accounts import letters, second_factor
from newsroom.accounts.lockouts import address_of
from newsroom.accounts.models import User
from newsroom.core.deferring import defer
from newsroom.core.sealing import cipher


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up: accounts come by invitation (newsroom.accounts.inviting)."""

    def is_open_for_signup(self, request):
        return False

    def is_reauthentication_required(self, *, app=""):
        """Not by whoever has just signed in: they said who they are a moment ago."""
        said = [step["at"] for step in get_authentication_records(self.request, self.request.user)]
        if said and time() - said[-1] < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app)

    def get_login_redirect_url(self, request):
        """Who has nothing to do at the desk goes to the pages for partners, which tell them if they have nothing there
        either."""
        return super().get_login_redirect_url(request) if request.user.is_staff else reverse("partners")

    def get_client_ip(self, request):
        return address_of(request)

    def send_mail(self, template_prefix, email, context):
        """Through the queue: an answer takes as long whether or not a letter follows."""
        message = self.render_mail(template_prefix, email, context | {"email": email})
        letters.hand_over(email, message.subject, message.body)

    def send_password_reset_mail(self, user, email, context):
        """The link is made by the worker, so that it stands in no job."""
        site = self.request.build_absolute_uri("/").rstrip("/")
        defer(
            "newsroom.accounts.tasks.send_reset_link",
            user=user.pk,
            site=site,
            language=get_language() or "en",
        )

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        if email or user.email:
            super().send_notification_mail(template_prefix, user, context, email or user.email)


class FactorAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps lie encrypted; the last factor stays where one is compulsory."""

    def get_totp_issuer(self):
        return settings.NEWSROOM_NAME

    def encrypt(self, text):
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator):
        if not settings.NEWSROOM_SECOND_FACTOR or authenticator.type not in second_factor.FACTORS:
            return True
        return second_factor.factors_of(authenticator.user).exclude(pk=authenticator.pk).exists()


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """Single sign-on opens the accounts there are and makes none."""

    def is_open_for_signup(self, request, sociallogin):
        return False

    def pre_social_login(self, request, sociallogin):
        """Admit who is at the desk under the verified address the provider names; turn everybody else away."""
        if sociallogin.is_existing:
            user = sociallogin.user
        else:
            user = _at_desk_under(sociallogin)
            if user is not None:
                sociallogin.connect(request, user)
        if user is None or not (user.is_active and user.is_staff):
            raise ImmediateHttpResponse(render(request, "socialaccount/not_admitted.html", status=403))


def _at_desk_under(sociallogin) -> User | None:
    verified = [address.email for address in sociallogin.email_addresses if address.verified]
    if len(verified) != 1 or "\x00" in verified[0]:
        return None
    return User.objects.filter(email__iexact=verified[0], is_active=True, is_staff=True).first()
