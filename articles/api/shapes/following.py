"""What partners follow: changes, corrections, and the editions of an article."""

from rest_framework import serializers

from articles.api.shapes.articles import LEFT_OUT, USAGE_TERMS, Withdrawn
from articles.api.shapes.choice import listed
from articles.api.shapes.corrections import Correction
from articles.rules.change_kinds import CHANGE_KINDS
from articles.rules.kinds import Kind


class ChangedArticle(serializers.Serializer):
    id = serializers.CharField()
    slug = serializers.CharField(allow_null=True, help_text="As of now; null while it is taken down.")
    address = serializers.CharField(allow_null=True, help_text="Of the page for readers.")
    api = serializers.CharField()


class ChangedEdition(serializers.Serializer):
    number = serializers.IntegerField()
    digest = serializers.CharField(help_text="SHA-256 of its canonical document, in hex.")


class ChangedSource(serializers.Serializer):
    id = serializers.CharField()
    api = serializers.CharField()
    withdrawn = Withdrawn(
        allow_null=True, help_text="As of now; null: it stands, or nothing that can be read cites it."
    )


class Amended(serializers.Serializer):
    """A record that articles share, whose public fields are others now; past editions keep what they printed."""

    type = serializers.ChoiceField(["source", "publisher", "speaker", "person", "treaty", "section"])
    id = serializers.CharField()
    fields = serializers.ListField(child=serializers.CharField())
    note = serializers.CharField(help_text="What readers are told of it.")


class Change(serializers.Serializer):
    """Something that became visible. What can be read now beats the entry: what was closed off since is not told."""

    number = serializers.IntegerField(help_text="Rises; what is not for this reader has a number too.")
    kind = serializers.ChoiceField(CHANGE_KINDS)
    at = serializers.DateTimeField(help_text="The moment; of a confidential source the day alone.")
    article = ChangedArticle(allow_null=True)
    edition = ChangedEdition(allow_null=True)
    correction = Correction(
        allow_null=True, help_text="What the edition changed; null: it is a first one, or cannot be read."
    )
    source = ChangedSource(allow_null=True)
    amended = Amended(allow_null=True)


class CorrectedArticle(ChangedArticle):
    """As of now, also where it was retracted since."""

    language = serializers.CharField()
    headline = serializers.CharField(allow_blank=True)


class LoggedCorrection(Correction):
    """A correction, clarification or retraction, and the article it is about."""

    article = CorrectedArticle()
    usage_terms = USAGE_TERMS


class ListedCorrection(listed(LoggedCorrection)):
    """An entry of the log."""


class EditionEntry(serializers.Serializer):
    """An edition of an article that can be read."""

    number = serializers.IntegerField()
    kind = serializers.ChoiceField(Kind.choices)
    digest = serializers.CharField(help_text="SHA-256 of its canonical document, in hex.")
    previous_digest = serializers.CharField(allow_blank=True, help_text="That of the edition before.")
    shown_from = serializers.DateTimeField()
    correction = serializers.CharField(
        allow_null=True, help_text="The id of what it changed; null: a first one."
    )
    api = serializers.CharField()
    usage_terms = USAGE_TERMS


class EditionsArticle(serializers.Serializer):
    id = serializers.CharField()
    api = serializers.CharField()


class AnyEdition(EditionEntry):
    """An edition of whichever article."""

    article = EditionsArticle()


class ListedEdition(listed(AnyEdition)):
    """An edition in the list of all."""


class CurrentEdition(serializers.Serializer):
    number = serializers.IntegerField()
    kind = serializers.ChoiceField(Kind.choices)


class Edition(EditionEntry):
    """An edition with its document as it was frozen: what withdrawn sources or later editions say is not in it."""

    current = CurrentEdition(help_text="The edition that shows now.")
    images_left_out = LEFT_OUT
    document = serializers.DictField(
        help_text="Canonical JSON: the digest is that of these very bytes, unless images were left out."
    )
