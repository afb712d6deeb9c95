"""Single sign-on by OpenID Connect: to the provider and back. Whom it admits is said by the adapter beside it."""

import logging

from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404
from requests import RequestException

logger = logging.getLogger(__name__)


class VerifyingAdapter(OpenIDConnectOAuth2Adapter):
    """Asks for the id token, checks its signature, and believes nothing said of somebody else."""

    def _decode_id_token(self, app, id_token):
        return jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
            verify_signature=True,
        )

    def complete_login(self, request, app, token, **kwargs):
        if not kwargs["response"].get("id_token"):
            raise OAuth2Error("the provider sent no id token")
        login = super().complete_login(request, app, token, **kwargs)
        told = login.account.extra_data
        if told["userinfo"]["sub"] != told["id_token"]["sub"]:
            raise OAuth2Error("the provider told of two people")
        return login


def _answered_by(view, request, provider_id):
    try:
        adapter = VerifyingAdapter(request, provider_id)
        return view.adapter_view(adapter)(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except (OAuth2Error, RequestException, ValueError, KeyError, TypeError) as error:
        # Nothing of what was sent is repeated: it may hold a code or a token.
        logger.error("single sign-on failed: %s", type(error).__name__)
        answer = render_authentication_error(request, adapter.get_provider())
        answer.status_code = 502
        return answer


@login_not_required
def login(request, provider_id):
    return _answered_by(OAuth2LoginView, request, provider_id)


@login_not_required
def callback(request, provider_id):
    return _answered_by(OAuth2CallbackView, request, provider_id)
