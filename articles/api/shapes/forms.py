"""The forms of an article besides our own: what stands in them is said by their standards."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from articles.api.forms import CSL, FORMS

FORMAT = OpenApiParameter(
    "format",
    {"type": "string", "enum": [form.name for form in FORMS], "default": FORMS[0].name},
    description=(
        "In which form: our own JSON; IPTC ninjs 3.2; NewsArticle of schema.org; a W3C Web Annotation for each "
        "citation; the sources for reference managers (CSL-JSON). Accept with the media type asks for the same."
    ),
)


def in_forms(own) -> dict:
    """The answers with 200: ``own`` as our JSON, and every other form."""
    items = {"type": "array", "items": {"type": "object"}}
    others = {
        (200, form.content_type): OpenApiResponse(items if form is CSL else OpenApiTypes.OBJECT)
        for form in FORMS[1:]
    }
    return {(200, FORMS[0].media_type): own, **others}
