"""Articles in lists, with what is related to them, and what waits under embargo."""

from rest_framework import serializers

from articles.api.shapes.articles import Article, Card, CitedSource, Picture, QuotedWords, Sentence, Treaty
from articles.api.shapes.choice import listed
from articles.api.shapes.corrections import Correction
from articles.api.shapes.following import EditionsArticle


class ListedArticle(listed(Card)):
    """An article in a list; what is related to it only where it was asked to be included."""

    statements = Sentence(many=True, required=False)
    quotes = QuotedWords(many=True, required=False)
    sources = CitedSource(many=True, required=False)
    treaties = Treaty(many=True, required=False)
    corrections = Correction(many=True, required=False)
    images = Picture(many=True, required=False, help_text="The pictures of its figures.")


class EmbargoedEntry(listed(Card)):
    """What waits under embargo, in a list."""

    embargoed_until = serializers.DateTimeField(required=False)


class EmbargoedArticle(Article):
    """What waits under embargo: nobody may show it before its moment."""

    api = serializers.CharField(help_text="Of the article in this API, from its moment on.")
    embargoed_until = serializers.DateTimeField()


class ChangedMoment(serializers.Serializer):
    """That an edition under embargo has another moment, or none: whoever kept the one before shows it too early, or
    what never shows."""

    id = serializers.CharField()
    at = serializers.DateTimeField(help_text="When that was decided.")
    article = EditionsArticle()
    edition = serializers.IntegerField(help_text="Its number.")
    embargoed_until = serializers.DateTimeField(
        allow_null=True,
        help_text="The moment from then on; null: it does not show at all, nobody may show it.",
    )
    was = serializers.DateTimeField(help_text="The moment that holds no more.")


class ListedChangedMoment(listed(ChangedMoment)):
    """A changed moment in the list."""
