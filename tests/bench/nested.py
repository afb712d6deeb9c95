"""What lists of the API are held against: the same entries as everybody would write them, nested ModelSerializers over
rows that were fetched together."""

from django.utils import timezone
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from articles.models import Article, Edition, Section, Statement, StatementCitation, StatementQuote
from newsroom.accounts.models import Person
from sources.models import Publisher, Source


class PersonSerializer(serializers.ModelSerializer):
    class Meta:
        model = Person
        fields = ["public_id", "slug", "name"]


class SectionSerializer(serializers.ModelSerializer):
    class Meta:
        model = Section
        fields = ["public_id", "slug", "name"]


class ArticleSerializer(serializers.ModelSerializer):
    section = SectionSerializer()
    bylines = PersonSerializer(many=True)

    class Meta:
        model = Article
        fields = ["public_id", "slug", "language", "headline", "standfirst", "section", "tags", "bylines"]


class EditionSerializer(serializers.ModelSerializer):
    article = ArticleSerializer()
    changed_at = serializers.DateTimeField(source="release.showing.lower")

    class Meta:
        model = Edition
        fields = ["number", "kind", "changed_at", "article"]


class Nested(APIView):
    """The newest twenty; nobody is asked who they are, and nothing is counted."""

    authentication_classes, permission_classes, throttle_classes = (), (), ()
    serializer = EditionSerializer
    related: tuple[str, ...] = ()

    def get(self, request):
        listed = Edition.objects.listed(timezone.now()).select_related("article__section", "release")
        newest = listed.prefetch_related("article__bylines", *self.related).newest_shown()[:20]
        return Response({"results": self.serializer(newest, many=True).data})


class PublisherSerializer(serializers.ModelSerializer):
    class Meta:
        model = Publisher
        fields = ["public_id", "slug", "name"]


class SourceSerializer(serializers.ModelSerializer):
    publisher = PublisherSerializer()

    class Meta:
        model = Source
        fields = ["public_id", "title", "url", "publisher", "kind", "creators", "published_on", "language"]


class CitationSerializer(serializers.ModelSerializer):
    source = SourceSerializer()

    class Meta:
        model = StatementCitation
        fields = ["number", "stance", "source", "evidence"]


class QuoteSerializer(serializers.ModelSerializer):
    class Meta:
        model = StatementQuote
        fields = ["printed"]


class StatementSerializer(serializers.ModelSerializer):
    claim = serializers.SlugRelatedField("public_id", read_only=True)
    quotes = QuoteSerializer(many=True)
    citations = CitationSerializer(many=True)

    class Meta:
        model = Statement
        fields = ["key", "wording", "claim", "quotes", "citations"]


class CitedSerializer(EditionSerializer):
    statements = StatementSerializer(many=True)

    class Meta(EditionSerializer.Meta):
        fields = [*EditionSerializer.Meta.fields, "statements"]


class NestedCited(Nested):
    """As above, with every statement, its quotes and what it cites."""

    serializer = CitedSerializer
    related = ("statements__claim", "statements__quotes", "statements__citations__source__publisher")
