"""Publishers, speakers and treaties: their public fields, and ways to the articles that name them."""

from rest_framework import serializers

from articles.api.shapes.articles import Publisher, QuotedSpeaker, Treaty
from articles.api.shapes.choice import listed
from articles.api.shapes.records import StatementArticle


class Ways(serializers.Serializer):
    api = serializers.CharField()
    articles = serializers.CharField(help_text="The list of articles that name it.")


class PublisherEntry(Publisher, Ways):
    """Who puts out sources that listed articles cite."""


class SpeakerEntry(QuotedSpeaker, Ways):
    """Who is quoted in listed articles."""

    address = serializers.CharField(help_text="Of the page for readers.")


class TreatyEntry(Treaty, Ways):
    """A treaty that listed articles are about."""

    address = serializers.CharField(help_text="Of the page for readers.")


class ListedPublisher(listed(PublisherEntry)):
    """A publisher in a list."""


class ListedSpeaker(listed(SpeakerEntry)):
    """A speaker in a list."""


class ListedTreaty(listed(TreatyEntry)):
    """A treaty in a list."""


class PublisherRecord(PublisherEntry):
    newest = StatementArticle(many=True, help_text="The newest articles that name it.")


class SpeakerRecord(SpeakerEntry):
    newest = StatementArticle(many=True, help_text="The newest articles that name it.")


class TreatyRecord(TreatyEntry):
    newest = StatementArticle(many=True, help_text="The newest articles that name it.")
