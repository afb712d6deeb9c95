"""What a list of the API is held against: the same entries as everybody would write them, a nested ModelSerializer
over rows that were fetched together."""

from django.utils import timezone
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from articles.models import Article, Edition, Section
from newsroom.accounts.models import Person


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

    def get(self, request):
        listed = Edition.objects.listed(timezone.now()).select_related("article__section", "release")
        newest = listed.prefetch_related("article__bylines").newest_shown()[:20]
        return Response({"results": EditionSerializer(newest, many=True).data})
