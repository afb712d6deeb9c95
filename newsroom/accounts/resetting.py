"""The letter with which a person who forgot their password chooses a new one."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from newsroom.accounts.models import User


def link_for(user: User, site: str) -> str:
    """Where ``user`` chooses a password, under ``site`` (``https://host``). It is kept nowhere, and good until the
    password or the last sign-in changes, for three days at most."""
    reset = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return site + reverse("account_reset_password_from_key", kwargs=reset)


def write_to(user: User, site: str, language: str) -> None:
    """Send the link in ``language``, if ``user`` may sign in at all."""
    if not (user.is_active and user.email):
        return
    with translation.override(language):
        text = gettext(
            "Somebody, we hope you, asked for a new password for your account at the desk. Choose it here:\n\n"
            "%(link)s\n\nYour user name is %(name)s. If you did not ask, do nothing: your password stays as it is."
        )
        facts = {"link": link_for(user, site), "name": user.username}
        send_mail(gettext("Choose a new password"), text % facts, None, [user.email])
