"""Where the editor makes the claim or quote behind a mark: JSON in, the public id out.

The record stands by itself until the draft is saved with a mark that names it.
"""

from django.db import transaction
from django.http import JsonResponse
from django.urls import path
from django.utils import timezone

from articles import evidence
from articles.admin.choosing import source_named, speaker_named
from articles.models import Citation
from articles.models.article import Language
from newsroom.core.errors import DomainError
from newsroom.desk_json import json_door
from sources.models import Speaker

# Bytes of a request.
LIMIT = 100_000


def records_url(site):
    return path("records/", site.admin_view(new_record), name="articles_article_records")


@json_door(limit=LIMIT)
def new_record(request, asked):
    """``{"kind": "claim", "text": …, "address": …}`` or ``{"kind": "quote", "text": …, "speaker": …, …}``.

    Answers 201 ``{"id": …}``. ``address`` and ``speaker`` may be empty.
    """
    with transaction.atomic():
        record = _make(asked, by=request.user, now=timezone.now())
    return JsonResponse({"id": record.public_id}, status=201)


def _make(asked: dict[str, str], *, by, now):
    text = asked.get("text", "")
    if asked.get("kind") == "claim":
        record = evidence.make_claim(label=text, by=by, now=now)
    elif asked.get("kind") == "quote":
        # A name nobody has yet is a new speaker; of several namesakes a person has to choose on the evidence page.
        name = asked.get("speaker", "")[:200]
        new = bool(name) and not Speaker.objects.filter(name__iexact=name).exists()
        speaker = speaker_named(name, Speaker.Kind.PERSON, new=new, by=by, now=now)
        language = asked.get("language", "")
        language = language if language in Language else Language.ENGLISH
        record = evidence.make_quote(words=text, language=language, speaker=speaker, by=by, now=now)
    else:
        raise DomainError("kind_unknown", "A record is a claim or a quote.", "kind")
    if address := asked.get("address"):
        source = source_named(address, "address", by=by, now=now)
        carries = Citation.Carries.WORDS if asked["kind"] == "quote" else ""
        evidence.cite(record, source, carries=carries, by=by, now=now)
    return record
