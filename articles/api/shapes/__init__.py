"""What the API's answers look like, for its description only: answers are finished bytes or plain values.

A test holds every answer against these.
"""

from rest_framework import serializers

from articles.api.shapes.articles import Article, Card, GoneProblem
from articles.api.shapes.corrections import Correction
from articles.api.shapes.following import (
    AnyEdition,
    Change,
    Edition,
    EditionEntry,
    ListedCorrection,
    ListedEdition,
    LoggedCorrection,
)
from articles.api.shapes.lists import (
    ChangedMoment,
    EmbargoedArticle,
    EmbargoedEntry,
    ListedArticle,
    ListedChangedMoment,
)
from articles.api.shapes.named import (
    ListedPublisher,
    ListedSpeaker,
    ListedTreaty,
    PublisherRecord,
    SpeakerRecord,
    TreatyRecord,
)
from articles.api.shapes.records import (
    Claim,
    ListedClaim,
    ListedQuote,
    ListedSource,
    ListedStatement,
    Quote,
    SourceRecord,
    Statement,
)

__all__ = [
    "AnyEdition",
    "Article",
    "Card",
    "Change",
    "ChangedMoment",
    "Claim",
    "Correction",
    "Edition",
    "EditionEntry",
    "EmbargoedArticle",
    "EmbargoedEntry",
    "GoneProblem",
    "ListedArticle",
    "ListedChangedMoment",
    "ListedClaim",
    "ListedCorrection",
    "ListedEdition",
    "ListedPublisher",
    "ListedQuote",
    "ListedSource",
    "ListedSpeaker",
    "ListedStatement",
    "ListedTreaty",
    "LoggedCorrection",
    "PublisherRecord",
    "Quote",
    "Root",
    "SourceRecord",
    "SpeakerRecord",
    "Statement",
    "TreatyRecord",
]


class Root(serializers.Serializer):
    """Addresses of what anybody may read."""

    articles = serializers.CharField()
    changes = serializers.CharField()
    claims = serializers.CharField()
    corrections = serializers.CharField()
    editions = serializers.CharField()
    publishers = serializers.CharField()
    quotes = serializers.CharField()
    sources = serializers.CharField()
    speakers = serializers.CharField()
    statements = serializers.CharField()
    treaties = serializers.CharField()
    schema = serializers.CharField()
