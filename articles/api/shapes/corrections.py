"""What an edition changed: note and receipt, in one shape wherever they are told."""

from drf_spectacular.utils import inline_serializer
from rest_framework import serializers

from articles.models import StatementCitation
from articles.rules.kinds import Kind
from articles.rules.receipts import PLACES

STANCES = StatementCitation._meta.get_field("stance").choices


class ReceiptEvidence(serializers.Serializer):
    """A citation that was added or removed; the source by its id, since numbers move."""

    source = serializers.CharField()
    title = serializers.CharField(
        allow_blank=True, help_text="Of a confidential source its label for readers."
    )
    stance = serializers.ChoiceField(STANCES)
    carries = serializers.ChoiceField(
        ["words", "report", ""], help_text="Whether the source has a quote's words or reports them."
    )
    passage = serializers.CharField(allow_null=True, help_text="The words it rests on.")
    locator = serializers.CharField(allow_blank=True)


def _texts() -> serializers.Serializer:
    return inline_serializer(
        "ChangedText",
        {
            "place": serializers.ChoiceField(PLACES),
            "was": serializers.CharField(allow_blank=True),
            "is": serializers.CharField(allow_blank=True),
        },
        many=True,
    )


def _facts() -> serializers.Serializer:
    return inline_serializer(
        "ChangedFact",
        {
            "quote": serializers.CharField(
                allow_blank=True, help_text="The quote's id; empty for an exemption."
            ),
            "fact": serializers.CharField(
                help_text="Which: speaker, words, role, occasion, …, or exemption."
            ),
            "was": serializers.CharField(allow_blank=True),
            "is": serializers.CharField(allow_blank=True),
        },
        many=True,
    )


def _statements() -> serializers.Serializer:
    return inline_serializer(
        "ChangedStatement",
        {
            "key": serializers.CharField(help_text="Of the sentence, in this article."),
            "was": serializers.CharField(allow_null=True, help_text="Null: it was not there."),
            "is": serializers.CharField(allow_null=True, help_text="Null: it is no more."),
            "evidence_added": ReceiptEvidence(many=True),
            "evidence_removed": ReceiptEvidence(many=True),
            "facts": _facts(),
        },
        many=True,
    )


class Correction(serializers.Serializer):
    """Note and receipt of one edition, the same wherever they are told."""

    id = serializers.CharField()
    kind = serializers.ChoiceField(Kind.choices)
    number = serializers.IntegerField(help_text="Of the edition that made it.")
    at = serializers.DateTimeField(help_text="Since when that edition shows.")
    note = serializers.CharField(allow_blank=True, help_text="To readers: what was wrong and what is right.")
    approved_by = serializers.CharField(
        allow_blank=True, help_text="The name of who approved it, where that name is public."
    )
    texts = _texts()
    statements = _statements()
