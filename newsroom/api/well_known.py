"""What programs look for at fixed places: by which keys our signatures are checked, and where the API describes
itself."""

from django.urls import reverse
from django.views.decorators.http import require_safe

from newsroom.api.signing import directory
from newsroom.core.answering import answer_made, as_json
from newsroom.core.own_address import own_origin

DESCRIPTION = "application/vnd.oai.openapi+json"


@require_safe
def signing_keys(request):
    """``/.well-known/http-message-signatures-directory``: a JWK Set of every key that signs or signed."""
    return answer_made(
        request, directory(), content_type="application/http-message-signatures-directory+json"
    )


@require_safe
def api_catalog(request):
    """``/.well-known/api-catalog`` (RFC 9727): a set of links to the API and what tells of it."""
    origin = own_origin(request)
    catalog = {
        "linkset": [
            {
                "anchor": origin + reverse("api"),
                "service-desc": [{"href": origin + reverse("api-schema"), "type": DESCRIPTION}],
                "service-doc": [{"href": origin + reverse("api-docs"), "type": "text/html"}],
            }
        ]
    }
    profile = 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'
    response = answer_made(request, as_json(catalog), content_type=profile)
    response.headers["Link"] = f'<{origin}{request.path}>; rel="api-catalog"'
    return response
