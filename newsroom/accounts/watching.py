"""Enter in the audit log what people do with their own accounts. No password, code or key is ever in it."""

from allauth.account import signals as account
from allauth.core import context
from allauth.mfa import signals as factors
from allauth.mfa.models import Authenticator
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone

from newsroom.accounts.lockouts import address_of, name_tried
from newsroom.accounts.models import User
from newsroom.accounts.sessions import end_all
from newsroom.audit.recording import record


def _note(act: str, user: User | None, request, *, by: User | None, **data) -> None:
    if user is not None:
        record(act, user, by=by, now=timezone.now(), address=address_of(request), **data)


@receiver(account.user_logged_in)
def signed_in(request, user, **about):
    way = "single sign-on" if about.get("sociallogin") else "password or passkey"
    _note("user.signed_in", user, request, by=user, way=way)


@receiver(user_logged_out)
def signed_out(request, user, **about):
    _note("user.signed_out", user, request, by=user)


@receiver(user_login_failed)
def failed(credentials, request=None, **about):
    """Only where the name is somebody's: whoever types at random must not fill the log."""
    if request is not None:
        _note("user.sign_in_failed", _meant(request, credentials), request, by=None)


@receiver(user_locked_out)
def locked_out(request, username, **about):
    _note("user.locked_out", User.objects.filter(username=username).first(), request, by=None)


@receiver(factors.authentication_failed)
def factor_failed(request, user, **about):
    _note("user.factor_failed", user, request, by=None)


@receiver(post_save, sender=Authenticator)
def factor_added(instance, created, **about):
    """Entered as it is kept: allauth tells of an app, and of recovery codes, once they are committed.

    One that was made without a request (a script's) is not somebody's own doing.
    """
    request = context.request
    if not created or request is None:
        return
    at = request.resolver_match.url_name if request.resolver_match else ""
    if at == "mfa_generate_recovery_codes":
        _note("user.codes_made_anew", instance.user, request, by=instance.user)
    else:
        _note("user.factor_added", instance.user, request, by=instance.user, factor=instance.type)


@receiver(factors.authenticator_removed)
def factor_removed(request, user, authenticator, **about):
    _note("user.factor_removed", user, request, by=user, factor=authenticator.type)


@receiver(account.password_changed)
@receiver(account.password_set)
def password_changed(request, user, **about):
    """Other sessions end by themselves, for each holds to the password; this one goes on."""
    _note("user.password_changed", user, request, by=user)


@receiver(account.password_reset)
def password_reset(request, user, **about):
    end_all(user)
    _note("user.password_changed", user, request, by=user, way="letter")


def _meant(request, credentials) -> User | None:
    return User.objects.filter(username=name_tried(request, credentials)).first()
