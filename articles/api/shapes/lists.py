"""Articles in lists, with what is related to them, and what waits under embargo."""

from rest_framework import serializers

from articles.api.shapes.articles import Article, Card, CitedSource, Picture, QuotedWords, Sentence, Treaty
from articles.api.shapes.choice import listed
from articles.api.shapes.corrections import Correction


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
