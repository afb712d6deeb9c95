"""Where people sign in, and keep their second factors, passwords and sessions: allauth's pages, those that we use.

All lie under /admin/, where the desk's middleware is: a reader's road has neither session nor cookie.
"""

from allauth.account.urls import urlpatterns as account
from allauth.mfa.urls import urlpatterns as factors
from allauth.socialaccount.urls import urlpatterns as social
from allauth.usersessions.urls import urlpatterns as sessions
from django.db import transaction
from django.http import Http404
from django.urls import include, path
from django.views.generic import RedirectView

from newsroom.accounts import accepting, single_sign_on
from newsroom.accounts.pages import as_a_page_of_the_desk as at_desk
from newsroom.accounts.pages import wrapped

# Accounts come by invitation, addresses are an administrator's, and a provider is joined to an account by signing in.
CLOSED = {
    "account_signup",
    "account_email",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_set_password",
    "account_request_reauthentication_code",
    "account_confirm_reauthentication_code",
    "account_confirm_login_code",
    "socialaccount_signup",
    "socialaccount_connections",
}

# What these change and what the audit log says of it (newsroom.accounts.watching) are kept together or not at all;
# where factors are added, allauth sees to the transaction itself.
WHOLE = {
    "mfa_deactivate_totp",
    "mfa_add_webauthn",
    "mfa_remove_webauthn",
    "account_change_password",
    "account_reset_password_from_key",
}


def _not_here(request, *args, **kwargs):
    raise Http404


def _in_one_transaction(pattern) -> None:
    for inner in getattr(pattern, "url_patterns", ()):
        _in_one_transaction(inner)
    if getattr(pattern, "name", None) in WHOLE:
        pattern.callback = transaction.atomic(pattern.callback)


def _ours(patterns):
    for pattern in patterns:
        if getattr(pattern, "name", None) in CLOSED:
            pattern.callback = _not_here
        _in_one_transaction(pattern)
    return [wrapped(pattern) for pattern in patterns]


urlpatterns = [
    path("invitation/", at_desk(accepting.accept), name="invitation_accept"),
    path("invitation/<str:key>/", at_desk(accepting.follow_link), name="invitation"),
    path("", RedirectView.as_view(pattern_name="mfa_index"), name="account"),
    *_ours(account),
    path("2fa/", include(_ours(factors))),
    path("sessions/", include(_ours(sessions))),
    path("single-sign-on/", include(_ours(social))),
    path("oidc/<slug:provider_id>/login/", at_desk(single_sign_on.login), name="openid_connect_login"),
    path(
        "oidc/<slug:provider_id>/login/callback/",
        at_desk(single_sign_on.callback),
        name="openid_connect_callback",
    ),
]
