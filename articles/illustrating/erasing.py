"""Erase the pictures of an article that is sealed (design, rule 6): a step of that act."""

from django.db.models import Q

from articles.body.html import parse_html
from articles.illustrating.keeping import erase_files
from articles.models import Article, EditionImage, Image
from articles.models.article import shown_in


def images_of_no_other_article(article: Article) -> list[Image]:
    """The images that editions of ``article`` show, or that its draft shows or has shown, and nobody else's."""
    bodies = article.events.values_list("body", flat=True).iterator()
    drafted = {public_id for body in bodies for public_id in shown_in(parse_html(body))}
    own = Image.objects.filter(
        Q(edition_images__edition__article=article) | Q(public_id__in=drafted)
    ).distinct()
    elsewhere = EditionImage.objects.exclude(edition__article=article).values("image")
    return [
        image
        for image in own.exclude(pk__in=elsewhere)
        if not Article.objects.exclude(pk=article.pk).filter(shows__contains=[image.public_id]).exists()
    ]


def erase_images(article: Article, images: list[Image]) -> None:
    """Erase ``images`` with their files and history, and which pictures its editions showed; ``article`` is sealed."""
    EditionImage.objects.filter(edition__article=article).delete()
    for image in images:
        erase_files(image)
    keys = [image.pk for image in images]
    Image.objects.filter(pk__in=keys).delete()
    Image.pgh_event_model.objects.filter(pgh_obj_id__in=keys).delete()
