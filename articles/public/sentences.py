"""A sentence at its own address: the way to where it stands, or what became of it (design, "The body": the key)."""

import json
from dataclasses import replace

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from articles import reading
from articles.models import Edition, Statement
from articles.public import links
from articles.public.views import HTML, at_address
from articles.purging import article_key
from articles.receipts import told
from articles.rendering.corrections import changed_to
from articles.rendering.dates import moment
from articles.rendering.pages import article_path, interface_language, page_html
from newsroom.core.answering import LIFETIME, NotThere, answer_made, with_keys


@require_safe
def sentence(request, slug: str, key: str):
    """302 to the sentence in the article as it shows; where it is gone, its last wording, the edition it stood in and
    what took it away. At most three queries.

    Of editions that cannot be opened nothing is told: the answer is then the article's own if it is gone or moved, and
    404 otherwise, as for a key that never was.
    """
    now = timezone.now()
    last = _last(slug, key, now=now)
    if last is None:
        instead = at_address(request, slug, now=now)
        if instead.status_code in (301, 410):
            return instead
        raise NotThere(article_key(slug))
    if last["stands"]:
        return _way(slug, key)
    html = _what_became(slug, key, last, now=now)
    response = answer_made(request, html.encode(), content_type=HTML, keys=[article_key(slug)])
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Link"] = links.original(slug, "latest-version")
    return response


def _last(slug: str, key: str, *, now) -> dict | None:
    """The sentence in the newest edition that has it and can be opened; ``stands`` says that this one shows."""
    current = Edition.objects.current(now).filter(pk=OuterRef("edition"))
    return (
        Statement.objects.filter(key=key, edition__in=reading.openable(now).filter(article__slug=slug))
        .annotate(stands=Exists(current))
        .order_by("-edition__number")
        .values(
            "wording", "stands", "edition__number", "edition__release__showing", "edition__content__document"
        )
        .first()
    )


def _way(slug: str, key: str) -> HttpResponse:
    response = HttpResponse(status=302)
    response.headers["Location"] = f"{article_path(slug)}#s-{key}"
    response.headers["Cache-Control"] = LIFETIME
    return with_keys(response, [article_key(slug)])


def _what_became(slug: str, key: str, last: dict, *, now) -> str:
    """The page of a sentence that is gone."""
    number, document = last["edition__number"], last["edition__content__document"]
    if document is None:  # Sealed since it was looked up.
        raise NotThere(article_key(slug))
    content = json.loads(document)["content"]
    language = content["language"]
    later = reading.editions_readable(slug, now=now).filter(number__gt=number).order_by("number")
    by = later.select_related("release", "correction").first()
    with translation.override(interface_language(language)):
        since = moment(last["edition__release__showing"].lower)
        change = _change(by, key) if by else None
    return page_html(
        "articles/sentence.html",
        language,
        wording=last["wording"],
        number=number,
        since=since,
        edition=f"{reverse('edition', args=[slug, number])}#s-{key}",
        headline=content["headline"]["text"],
        change=change,
        article=article_path(slug),
        history=reverse("article-history", args=[slug]),
    )


def _change(edition: Edition, key: str) -> dict:
    """What the edition that took the sentence away says of it: its note, and what it removed with it."""
    correction = getattr(edition, "correction", None)
    if correction is None:
        return changed_to(edition.kind, edition.number, edition.release.showing.lower)
    correction.edition = edition
    whole = told(correction)
    own = [statement for statement in whole.statements if statement["key"] == key]
    return changed_to(edition.kind, edition.number, whole.at, replace(whole, texts=[], statements=own))
