"""An article with every sentence and what it rests on."""

from rest_framework import serializers

from articles.api.shapes.corrections import STANCES, Correction
from articles.body.model import BLOCK_KINDS
from articles.models import Rendition
from articles.rules.exemptions import Reason
from articles.rules.kinds import Kind
from newsroom.api.documentation import Problem
from sources.models import Source, Speaker

USAGE_TERMS = serializers.CharField(
    allow_null=True, help_text="For what it may be used: your product's terms, else those for everybody."
)
LEFT_OUT = serializers.BooleanField(
    required=False, help_text="Pictures were left out, for which your products are not; true or not there."
)


def _day(**options):
    return serializers.DateField(allow_null=True, **options)


class Person(serializers.Serializer):
    id = serializers.CharField()
    slug = serializers.CharField()
    name = serializers.CharField()


class Section(serializers.Serializer):
    id = serializers.CharField()
    slug = serializers.CharField()
    name = serializers.CharField()


class Publisher(serializers.Serializer):
    id = serializers.CharField()
    slug = serializers.CharField()
    name = serializers.CharField()


class QuotedSpeaker(serializers.Serializer):
    id = serializers.CharField()
    slug = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(Speaker.Kind.choices)


class Treaty(serializers.Serializer):
    id = serializers.CharField()
    slug = serializers.CharField()
    title = serializers.CharField()
    parties = serializers.ListField(child=serializers.CharField())
    signed_on = _day()
    signed_at = serializers.CharField(allow_blank=True)


class Archive(serializers.Serializer):
    published_on = serializers.DateField(
        help_text="When the story first appeared, before our evidence rules."
    )


class Tag(serializers.Serializer):
    """A word under which readers find more of the same."""

    slug = serializers.CharField()
    name = serializers.CharField()


class Mark(serializers.Serializer):
    """A stretch of a block's text; start and end count code points, the end is exclusive."""

    mark = serializers.ChoiceField(["segment", "words", "dismissed", "strong", "em", "a"])
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    key = serializers.CharField(required=False, help_text="Of a segment.")
    quote = serializers.CharField(required=False, help_text="Whose exact words these are.")
    reason = serializers.CharField(required=False, help_text="Why this is no quote: title, term or scare.")
    href = serializers.CharField(required=False)


class RenditionFile(serializers.Serializer):
    """One file of a picture. It is there as long as an edition that can be read shows it."""

    form = serializers.ChoiceField(Rendition.Form.values)
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    size = serializers.IntegerField(help_text="In bytes.")
    digest = serializers.CharField(help_text="SHA-256 of its bytes, in hex.")
    url = serializers.CharField()


class Picture(serializers.Serializer):
    """A picture as the edition shows it."""

    id = serializers.CharField()
    alt = serializers.CharField(allow_blank=True, help_text="What can be seen in it.")
    credit = serializers.CharField(allow_blank=True, help_text="To be printed with it.")
    usage_terms = serializers.CharField(allow_blank=True, help_text="By what right it may be shown.")
    focal = serializers.ListField(
        child=serializers.IntegerField(),
        min_length=2,
        max_length=2,
        help_text="What must stay in view where it is cut: percent from the left and from the top.",
    )
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    renditions = RenditionFile(many=True)


class Card(serializers.Serializer):
    """An article in a list."""

    id = serializers.CharField()
    slug = serializers.CharField()
    language = serializers.CharField()
    address = serializers.CharField(help_text="Of the page for readers.")
    api = serializers.CharField(help_text="Of the whole article in this API.")
    headline = serializers.CharField()
    standfirst = serializers.CharField(allow_blank=True)
    section = Section(allow_null=True, help_text="As the edition prints it; null: it stands in none.")
    tags = Tag(many=True)
    bylines = Person(many=True)
    kind = serializers.ChoiceField(Kind.choices, help_text="Of the current edition.")
    number = serializers.IntegerField(help_text="Of the current edition, from 1.")
    first_published_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField(help_text="Since when the current edition shows.")
    archive = Archive(allow_null=True)
    not_yet_checked = serializers.ListField(
        child=serializers.CharField(),
        help_text="Places that went out by a waiver: sentence keys, headline, …",
    )
    picture = Picture(allow_null=True, help_text="The first of its pictures; null: it has none.")
    usage_terms = USAGE_TERMS
    images_left_out = LEFT_OUT


class Figure(serializers.Serializer):
    key = serializers.CharField(help_text="Its address is #f-<key> on the article's page.")
    rests_on = serializers.ListField(
        child=serializers.CharField(), help_text="Keys of the statements that the caption rests on."
    )
    image = Picture(allow_null=True, help_text="Null: it was left out (`images_left_out`).")


class Block(serializers.Serializer):
    kind = serializers.ChoiceField(BLOCK_KINDS)
    text = serializers.CharField(allow_blank=True, help_text="Of a figure its caption, empty if it has none.")
    marks = Mark(many=True)
    figure = Figure(required=False, help_text="Of a figure only.")


class Passage(serializers.Serializer):
    prefix = serializers.CharField(allow_blank=True)
    exact = serializers.CharField()
    suffix = serializers.CharField(allow_blank=True)


class CitedSnapshot(serializers.Serializer):
    """Which archived capture the passage stands in."""

    id = serializers.CharField()
    sha256 = serializers.CharField(help_text="Of the captured bytes, in hex.")
    captured_at = serializers.DateTimeField()
    way = serializers.ChoiceField(
        ["fetched", "uploaded", "pasted"],
        required=False,
        help_text="How the bytes came to us; editions from before it was told have none.",
    )


class CitedPassage(serializers.Serializer):
    """One citation of a source: for which quote, which words, in which capture."""

    quote = serializers.CharField(allow_null=True, help_text="The quote it is for; null: for the claim.")
    carries = serializers.ChoiceField(
        ["words", "report", ""], help_text="Whether the source has a quote's words or reports them."
    )
    passage = Passage(allow_null=True)
    locator = serializers.CharField(allow_blank=True)
    snapshot = CitedSnapshot(allow_null=True)
    start = serializers.IntegerField(
        allow_null=True, help_text="Where the passage begins in the capture's text, in code points."
    )
    seen_by_eye = serializers.BooleanField(
        help_text="Whether a person found it in the original where the extracted text could not be trusted."
    )


class Evidence(CitedPassage):
    source = serializers.IntegerField(help_text="The source's number in this edition.")
    stance = serializers.ChoiceField(STANCES)


class Sentence(serializers.Serializer):
    """A stretch of the text up to where its citations are printed, and what it rests on."""

    key = serializers.CharField()
    address = serializers.CharField()
    wording = serializers.CharField()
    paragraph = serializers.IntegerField()
    sentence = serializers.IntegerField()
    claim = serializers.CharField(allow_null=True)
    quotes = serializers.ListField(child=serializers.CharField())
    exemption = serializers.ChoiceField(Reason.choices, allow_null=True)
    as_of = serializers.DateField(
        required=False, help_text="As of when its claim holds, where readers are told."
    )
    review_by = serializers.DateField(
        required=False, help_text="Until when the desk looks at it again, where readers are told."
    )
    origins = serializers.IntegerField(
        help_text="How many origins its supporting sources go back to: copies of one count once."
    )
    group = serializers.ListField(
        child=serializers.IntegerField(), help_text="The numbers printed at its end."
    )
    evidence = Evidence(many=True)
    not_yet_checked = serializers.BooleanField()


class QuotedWords(serializers.Serializer):
    """Words as an edition prints them; with `original` they are a translation."""

    id = serializers.CharField()
    words = serializers.CharField()
    language = serializers.CharField()
    speaker = QuotedSpeaker(allow_null=True)
    role = serializers.CharField(allow_blank=True)
    occasion = serializers.CharField(allow_blank=True)
    said_on = _day()
    original = serializers.CharField(allow_blank=True)
    original_language = serializers.CharField(allow_blank=True)
    translator = serializers.CharField(allow_blank=True)


class Withdrawn(serializers.Serializer):
    at = serializers.DateTimeField()
    by = serializers.ChoiceField(Source.WithdrawnBy.choices)
    reason = serializers.CharField()


class SourceFields(serializers.Serializer):
    id = serializers.CharField()
    title = serializers.CharField(allow_blank=True)
    url = serializers.CharField(allow_blank=True)
    publisher = Publisher(allow_null=True)
    kind = serializers.ChoiceField(Source.Kind.choices)
    creators = serializers.CharField(allow_blank=True)
    published_on = _day()
    language = serializers.CharField(allow_blank=True)
    confidential = serializers.BooleanField(help_text="Readers see its label and nothing else of it.")
    label = serializers.CharField(allow_blank=True, help_text="Of a confidential source only.")
    usage_terms = serializers.CharField(allow_blank=True)
    withdrawn = Withdrawn(
        allow_null=True, help_text="Since when it is withdrawn, by whom and why; null: it stands."
    )


class CitedSource(SourceFields):
    """A source as the edition printed it."""

    number = serializers.IntegerField()
    origin = serializers.CharField(allow_null=True, help_text="The id of the source it goes back to, if any.")
    api = serializers.CharField()


class Article(Card):
    """The current edition of an article, sentence by sentence."""

    note = serializers.CharField(allow_blank=True, help_text="To readers: what was wrong and what is right.")
    digest = serializers.CharField(help_text="SHA-256 of the edition's canonical document, in hex.")
    previous_digest = serializers.CharField(allow_blank=True, help_text="That of the edition before.")
    headline_rests_on = serializers.ListField(child=serializers.CharField())
    standfirst_rests_on = serializers.ListField(child=serializers.CharField())
    treaties = Treaty(many=True, required=False)
    blocks = Block(many=True)
    statements = Sentence(many=True, required=False)
    quotes = QuotedWords(many=True, required=False)
    sources = CitedSource(many=True, required=False)
    corrections = Correction(
        many=True,
        required=False,
        help_text="What every edition after the first changed, up to this one, oldest first.",
    )


class GoneProblem(Problem):
    """A public article that is no longer available, with its notice if there is one."""

    kind = serializers.ChoiceField(Kind.choices)
    number = serializers.IntegerField(help_text="Of the edition that took it away.")
    notice = serializers.CharField(allow_blank=True)
    correction = Correction(allow_null=True, help_text="Of a retraction.")
    gone_at = serializers.DateTimeField()
