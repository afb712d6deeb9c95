"""The one base of the API's views: it knows its parameters, and answers every error with a problem."""

import logging
from collections.abc import Iterable
from typing import ClassVar

from django.db import DatabaseError
from django.http import HttpResponse
from rest_framework.renderers import JSONRenderer
from rest_framework.views import APIView

from newsroom.api.documentation import ReadOnlySchema, description
from newsroom.api.negotiating import JSON_FORM, Form, form_for
from newsroom.api.parameters import raise_if_unknown
from newsroom.api.problems import answer_exception
from newsroom.api.well_known import DESCRIPTION
from newsroom.core.answering import answer_made

logger = logging.getLogger(__name__)


class PublicView(APIView):
    """``parameters`` are the names the query string may hold, ``forms`` the forms of the answer, ours first; which of
    them is wanted is then ``form``.

    ``scope`` is what a key must be for (newsroom.partners.models.Scope), ``cost`` how many requests one counts as, 60
    at most: more where a request asks more of the database than a page of a list. A view that gives out the text of
    editions sets ``fetched``, their row ids: it is noted which partner has which.
    """

    parameters: ClassVar[frozenset[str]] = frozenset()
    forms: ClassVar[tuple[Form, ...]] = (JSON_FORM,)
    scope: ClassVar[str] = "read"
    cost: ClassVar[int] = 1
    fetched: Iterable[int] = ()
    http_method_names: ClassVar[list[str]] = ["get", "head", "options"]
    renderer_classes: ClassVar[list] = [JSONRenderer]
    schema = ReadOnlySchema()

    def initial(self, request, *args, **kwargs):
        # Who asks comes first: whatever is refused later is refused to somebody, and counts.
        self.perform_authentication(request)
        self.check_permissions(request)
        self.check_throttles(request)
        self.format_kwarg = None
        request.accepted_renderer, request.accepted_media_type = self.perform_content_negotiation(request)
        raise_if_unknown(request.query_params, self.parameters)

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        # Not request.user: where asking who it is has failed, that would ask again.
        if user := getattr(request, "_user", None):
            try:
                user.answered(self, response)
            except DatabaseError as error:
                logger.error("What %s got is not noted", user.key, exc_info=error)
        return response

    def perform_content_negotiation(self, request, force=False):
        if not force:
            self.form = form_for(request.query_params, request.META.get("HTTP_ACCEPT", ""), self.forms)
        renderer = self.get_renderers()[0]
        return renderer, renderer.media_type

    @property
    def charged(self) -> int:
        """As how many requests this one counts."""
        # A browser asks what it may do before it sends a key, at a dear door too.
        return 1 if self.request.method == "OPTIONS" else self.cost

    @property
    def by(self):
        """The entitlement of who asks (articles.rules.entitlements); None: anybody's."""
        return self.request.user and self.request.user.entitlement

    @property
    def reads(self):
        """The entitlement to what is public: what waits under embargo has a door of its own and shows nowhere else."""
        return self.by and self.by.without_embargoed()

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
