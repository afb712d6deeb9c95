"""Acts on images: keep one, say what it is, remove what nobody uses."""

from dataclasses import dataclass
from datetime import datetime

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext

from articles.access import raise_if_may_not
from articles.illustrating.pictures import read_picture
from articles.illustrating.renditions import make_renditions
from articles.models import Article, Edition, Image, Rendition
from articles.models.image import FOLDER
from newsroom.audit.recording import record
from newsroom.core.after_commit import after_commit
from newsroom.core.errors import DomainError
from newsroom.core.kept_files import keep_file, name_of
from newsroom.core.typed import typed

TEXTS = ("alt", "caption", "credit", "usage_terms")
# As many places as are told of why something cannot go.
MOST_PLACES = 20


def keep_image(data: bytes, *, by, now: datetime, file_name: str = "", **facts) -> Image:
    """A new image of the upload ``data``, with its renditions; ``facts`` as for :func:`describe_image`.

    Raises DomainError ``not_allowed``, what :func:`articles.illustrating.pictures.read_picture` raises,
    ``image_kept_already`` (the same pixels: its place is ``file``), and what :func:`describe_image` raises.
    """
    raise_if_may_not(by, "keep_image")
    # Before anything is locked: it takes a second.
    picture = read_picture(data)
    made = make_renditions(picture.pixels)
    with transaction.atomic():
        sha256 = keep_file(FOLDER, picture.data, "png" if picture.media_type == "image/png" else "jpg")
        image = Image(
            sha256=sha256,
            file_name=typed(file_name, "file", limit=200, lines=False),
            media_type=picture.media_type,
            size=len(picture.data),
            width=picture.width,
            height=picture.height,
            created_by=by,
            created_at=now,
        )
        _describe(image, facts)
        if known := Image.objects.filter(sha256=sha256).first():
            raise DomainError(
                "image_kept_already",
                "This picture is kept already: %(known)s [%(id)s].",
                "file",
                known=str(known),
                id=known.public_id,
            )
        image.save(force_insert=True)
        Rendition.objects.bulk_create(
            Rendition(
                image=image,
                form=file.form,
                width=file.width,
                height=file.height,
                size=len(file.data),
                digest=keep_file(FOLDER, file.data, file.form),
            )
            for file in made
        )
        record("image.entered", image, by=by, now=now)
    return image


@transaction.atomic
def describe_image(image: Image, *, by, now: datetime, **facts) -> Image:
    """Say ``alt``, ``caption``, ``credit``, ``usage_terms``, ``focal_x`` or ``focal_y`` (percent), or several of them.

    What editions have printed stays as printed; drafts that show the image have to be approved again. Raises
    DomainError ``not_allowed`` (also once an edition shows it, unless an editor says it), ``text_too_long``,
    ``text_unreadable``, ``focus_outside``.
    """
    raise_if_may_not(by, "keep_image")
    image = Image.objects.select_for_update(no_key=True).get(pk=image.pk)
    if image.is_printed:
        raise_if_may_not(by, "change_printed")
    before = {name: getattr(image, name) for name in facts}
    _describe(image, facts)
    if changed := sorted(name for name in facts if getattr(image, name) != before[name]):
        image.save(update_fields=changed)
        record("image.changed", image, by=by, now=now, fields=changed)
    return image


@transaction.atomic
def remove_image(image: Image, *, by, now: datetime) -> None:
    """Remove an image that no edition and no draft shows, with its files.

    Raises DomainError ``not_allowed``, or ``image_in_use`` with the list of places.
    """
    raise_if_may_not(by, "keep_image")
    image = Image.objects.select_for_update().get(pk=image.pk)
    used = uses_of(image, by)
    if used.anywhere:
        places = [f"{edition.article.slug} ({edition.number})" for edition in used.editions]
        places += [article.slug for article in used.drafts]
        named = ", ".join(places[:MOST_PLACES]) or gettext("what others work on")
        raise DomainError("image_in_use", "It is shown in: %(places)s.", places=named)
    record("image.removed", image, by=by, now=now)
    erase_files(image)
    image.delete()


@dataclass(frozen=True)
class Uses:
    """The editions that name an image, newest first, and the drafts that show it: those a person may see, at most
    MOST_PLACES of each; ``others``: whether there are any besides."""

    editions: list[Edition]
    drafts: list[Article]
    others: bool

    @property
    def anywhere(self) -> bool:
        return bool(self.editions or self.drafts or self.others)


def uses_of(image: Image, by) -> Uses:
    """Where ``image`` is shown, as ``by`` may know it."""
    editions = Edition.objects.filter(edition_images__image=image).select_related("article").order_by("-pk")
    drafts = Article.objects.filter(shows__contains=[image.public_id]).order_by("-pk")
    seen = Article.objects.visible_to(by)
    others = editions.exclude(article__in=seen).exists() or drafts.exclude(pk__in=seen).exists()
    return Uses(
        list(editions.filter(article__in=seen)[:MOST_PLACES]),
        list(drafts.filter(pk__in=seen).defer("body")[:MOST_PLACES]),
        others,
    )


def erase_files(image: Image) -> None:
    """Delete the files of ``image`` once the open transaction commits, but those that another image has too."""
    own = {rendition.digest: rendition.form for rendition in image.renditions.all()}
    shared = Rendition.objects.filter(digest__in=own).exclude(image=image).values_list("digest", flat=True)
    names = [name_of(FOLDER, digest, form) for digest, form in own.items() if digest not in set(shared)]
    names.append(name_of(FOLDER, image.sha256, image.ending))
    after_commit(lambda: [default_storage.delete(name) for name in names])


def _describe(image: Image, facts: dict) -> None:
    if unknown := set(facts) - {*TEXTS, "focal_x", "focal_y"}:
        raise TypeError(f"not said of an image: {', '.join(sorted(unknown))}")
    for name, value in facts.items():
        if name in TEXTS:
            limit = Image._meta.get_field(name).max_length
            setattr(image, name, typed(value, name, limit=limit, lines=False))
        elif isinstance(value, int) and 0 <= value <= 100:
            setattr(image, name, value)
        else:
            raise DomainError("focus_outside", "The focal point lies within the picture: 0 to 100.", name)
