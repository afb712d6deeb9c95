"""What the API's answers look like, for its description only: answers are finished bytes or plain values.

A test holds every answer against these.
"""

from rest_framework import serializers

from articles.api.shapes.articles import Article, Card, GoneProblem
from articles.api.shapes.corrections import Correction
from articles.api.shapes.following import Change, Edition, EditionEntry, LoggedCorrection
from articles.api.shapes.records import Claim, Quote, SourceRecord

__all__ = [
    "Article",
    "Card",
    "Change",
    "Claim",
    "Correction",
    "Edition",
    "EditionEntry",
    "GoneProblem",
    "LoggedCorrection",
    "Quote",
    "Root",
    "SourceRecord",
]


class Root(serializers.Serializer):
    articles = serializers.CharField()
    changes = serializers.CharField()
    claims = serializers.CharField()
    corrections = serializers.CharField()
    quotes = serializers.CharField()
    sources = serializers.CharField()
    schema = serializers.CharField()
