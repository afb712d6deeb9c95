"""Claims, quotes and sources with the sentences that name them."""

from rest_framework import serializers

from articles.api.shapes.articles import CitedPassage, QuotedWords, SourceFields
from articles.api.shapes.corrections import STANCES


class StatementArticle(serializers.Serializer):
    id = serializers.CharField()
    slug = serializers.CharField()
    language = serializers.CharField()
    headline = serializers.CharField()
    address = serializers.CharField()
    api = serializers.CharField()
    number = serializers.IntegerField()


class StatementSource(serializers.Serializer):
    source = serializers.CharField(help_text="The source's id.")
    number = serializers.IntegerField(help_text="Its number in that edition.")
    stance = serializers.ChoiceField(STANCES)
    evidence = CitedPassage(many=True)


class Statement(serializers.Serializer):
    """A sentence of a current edition."""

    key = serializers.CharField()
    wording = serializers.CharField()
    address = serializers.CharField()
    article = StatementArticle()
    citations = StatementSource(many=True)


class Used(serializers.Serializer):
    statements = Statement(many=True, help_text="The newest that name it.")
    more_statements = serializers.BooleanField(help_text="Whether there are more than are told.")


class Claim(Used):
    """An assertion, known by the sentences that make it."""

    id = serializers.CharField()


class Quote(Used, QuotedWords):
    """Words as the newest sentence prints them, and where they stand."""


class SourceRecord(Used, SourceFields):
    """A source, and the sentences that rest on it."""
