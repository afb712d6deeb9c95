"""Claims, quotes and sources with the sentences that name them."""

from rest_framework import serializers

from articles.api.shapes.articles import USAGE_TERMS, CitedPassage, QuotedWords, SourceFields
from articles.api.shapes.choice import listed
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

    id = serializers.CharField(help_text="Its article's id and its key: they stay as long as the sentence.")
    key = serializers.CharField()
    wording = serializers.CharField()
    address = serializers.CharField()
    api = serializers.CharField()
    article = StatementArticle()
    claim = serializers.CharField(allow_null=True, help_text="The id of the claim it makes.")
    quotes = serializers.ListField(child=serializers.CharField(), help_text="The ids of what it quotes.")
    citations = StatementSource(many=True)
    usage_terms = USAGE_TERMS


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


class ListedStatement(listed(Statement)):
    """A sentence in a list."""


class ListedClaim(listed(Claim)):
    """A claim in a list."""


class ListedQuote(listed(Quote)):
    """A quote in a list."""


class ListedSource(listed(SourceRecord)):
    """A source in a list."""
