"""What the editor asks of pictures: which there are, a new one, and what they look like. For the desk alone."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.urls import path, re_path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from articles.admin.image_search import matching
from articles.illustrating import keep_image
from articles.illustrating.keeping import TEXTS
from articles.illustrating.pictures import LARGEST_FILE
from articles.illustrating.showing import read_rendition
from articles.models import Image, Rendition
from articles.rendering.figures import TYPES
from newsroom.core.answering import answer_file
from newsroom.core.errors import DomainError
from newsroom.core.ids import PUBLIC_ID
from newsroom.desk_admin import may_any

# As many as one looks through; whoever wants another types a word.
OFFERED = 24


def image_urls(site) -> list:
    """The addresses, to stand before those of the admin."""
    return [
        path("offers/", site.admin_view(offers), name="articles_image_offers"),
        path("upload/", site.admin_view(upload), name="articles_image_upload"),
        re_path(
            rf"^thumbs/(?P<public_id>{PUBLIC_ID.pattern})/$",
            site.admin_view(thumb),
            name="articles_image_thumb",
        ),
        re_path(
            r"^files/(?P<digest>[0-9a-f]{64})\.(?P<form>avif|webp|jpg)$",
            site.admin_view(rendition_file),
            name="articles_image_file",
        ),
    ]


def desk_picture(digest: str, form: str) -> str:
    """Where a page of the desk has a rendition from, public or not."""
    return reverse("admin:articles_image_file", args=[digest, form])


@require_safe
def offers(request):
    """``{"images": […]}`` as :func:`_told`: the newest that ``?q=`` finds, or with ``?id=`` that one alone."""
    _raise_if_not_of_the_desk(request)
    found = Image.objects.order_by("-pk")
    if public_id := request.GET.get("id"):
        found = found.filter(public_id=public_id.replace("\x00", "")[:12])
    else:
        found = matching(found, request.GET.get("q", ""))
    return JsonResponse({"images": [_told(image) for image in found[:OFFERED]]})


@require_POST
def upload(request):
    """A form with ``file`` and what is said of it. Answers 201 as :func:`_told`, or 403, 409 or 413 with ``{"code",
    "message", "place"}``."""
    file = request.FILES.get("file")
    try:
        if file is None:
            raise DomainError("picture_empty", "The file is empty.", "file")
        # One byte more than is allowed is enough to say so.
        data = file.read(LARGEST_FILE + 1)
        said = {name: request.POST[name] for name in TEXTS if name in request.POST}
        image = keep_image(data, by=request.user, now=timezone.now(), file_name=file.name, **said)
    except DomainError as refusal:
        status = {"not_allowed": 403, "picture_too_large": 413}.get(refusal.code, 409)
        told = {"code": refusal.code, "message": refusal.message, "place": refusal.place}
        return JsonResponse(told, status=status)
    return JsonResponse(_told(image), status=201)


@require_safe
def thumb(request, public_id: str) -> HttpResponse:
    """The smallest picture there is of an image."""
    _raise_if_not_of_the_desk(request)
    smallest = (
        Rendition.objects.filter(image__public_id=public_id, form=Rendition.Form.WEBP)
        .order_by("width")
        .first()
    )
    return _file(request, smallest)


@require_safe
def rendition_file(request, digest: str, form: str) -> HttpResponse:
    """A rendition as readers get it, once they do."""
    _raise_if_not_of_the_desk(request)
    return _file(request, Rendition.objects.filter(digest=digest, form=form).first())


def _file(request, rendition: Rendition | None) -> HttpResponse:
    response = rendition and answer_file(
        request,
        lambda: read_rendition(rendition.digest, rendition.form),
        etag=rendition.digest,
        content_type=TYPES[rendition.form],
    )
    if not response:
        raise Http404
    # It may be under embargo: for this browser alone, and asked for each time.
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _told(image: Image) -> dict:
    """What the editor shows of an image, and takes over into a figure."""
    return {
        "id": image.public_id,
        "label": str(image),
        "width": image.width,
        "height": image.height,
        **{name: getattr(image, name) for name in TEXTS},
    }


def _raise_if_not_of_the_desk(request) -> None:
    if not may_any(request.user, ("see",)):
        raise PermissionDenied
