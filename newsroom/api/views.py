"""The one base of the API's views: it reads only, knows its parameters, and answers every error with a problem."""

from typing import ClassVar

from django.http import HttpResponse
from rest_framework.renderers import JSONRenderer
from rest_framework.views import APIView

from newsroom.api.documentation import ReadOnlySchema, description
from newsroom.api.parameters import raise_if_unknown
from newsroom.api.problems import answer_exception
from newsroom.core.answering import answer_made

DESCRIPTION = "application/vnd.oai.openapi+json"


class PublicView(APIView):
    """``parameters`` are the names the query string may hold."""

    parameters: ClassVar[frozenset[str]] = frozenset()
    http_method_names: ClassVar[list[str]] = ["get", "head", "options"]
    renderer_classes: ClassVar[list] = [JSONRenderer]
    schema = ReadOnlySchema()

    def initial(self, request, *args, **kwargs):
        raise_if_unknown(request.query_params, self.parameters)
        super().initial(request, *args, **kwargs)

    @property
    def by(self):
        """The entitlement of who asks (articles.rules.entitlements); None: anybody's."""
        return self.request.user and self.request.user.entitlement

    def get_exception_handler(self):
        return answer_exception

    def options(self, request, *args, **kwargs):
        """What may be done here stands in Allow, which every answer has."""
        return HttpResponse(status=204)


class SchemaView(PublicView):
    """The API's description."""

    schema = None  # It does not describe itself.

    def get(self, request):
        return answer_made(request, description(), content_type=DESCRIPTION)
