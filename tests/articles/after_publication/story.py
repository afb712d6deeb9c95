"""A story whose every part can be told from every other wherever it turns up, taken into each state by the acts."""

from datetime import datetime, timedelta

from articles.corrections import retract, take_down, unpublish
from articles.models import Correction, Section, Treaty
from articles.rules.after_publication import Shows
from articles.rules.surfaces import Part
from tests.articles.illustrating.shown import figure, keep
from tests.making import NOW, Desk, make_publisher

# Words that stand in one part of the story and nowhere else.
MARKS = {
    Part.HEADLINE: "Larkspur",
    Part.TEXT: "obsidian",
    Part.OLD_TEXT: "zephyrine",
    Part.CORRECTION: "quillwort",
    Part.NOTICE: "vermilion",
    Part.SOURCE: "Marchbanks",
    Part.ADDRESS: "/articles/the-treaty-in-question/",
}
SLUG = "the-treaty-in-question"
CORRECTED, GONE = NOW + timedelta(minutes=10), NOW + timedelta(minutes=20)


class Story(Desk):
    """The desk's story with :data:`MARKS` in it; ``first`` and ``second`` are its only sources."""

    def __init__(self):
        super().__init__(slug=SLUG)
        publisher = make_publisher("Papers")
        for source in (self.first, self.second):
            source.title, source.publisher = "The Marchbanks papers", publisher
            source.archive_shown = True
            source.save()
        self.image = keep(self)
        self.treaty = Treaty.objects.create(
            title="Treaty of Nowhere", slug="nowhere", parties=["Here", "There"]
        )
        self.section = Section.objects.create(name="World", slug="world")
        self.save(
            headline="Larkspur: a treaty is signed",
            body=self.body(signed="The zephyrine treaty was signed"),
            treaties=[self.treaty],
            section=self.section,
            tags=["Straits"],
        )

    def body(self, **words) -> str:
        shown = figure(self.image) if hasattr(self, "image") else ""
        return super().body(**words) + shown

    def correct(self, **options):
        """Let the next edition say something else, with a note."""
        self.save(body=self.body(signed="The obsidian treaty was signed"))
        return self.publish(kind="correction", note="It was the quillwort one.", **options)

    def corrected(self):
        """Public, in its second edition."""
        self.publish()
        self.now = CORRECTED
        self.correct()
        return self

    @property
    def correction(self) -> Correction | None:
        """That of the second edition."""
        return Correction.objects.filter(edition__article=self.article, edition__number=2).first()


def in_state(state: Shows) -> Story:
    """The story as its address shows it: never published, corrected, or gone the one way or the other."""
    story = Story()
    if state == Shows.NOTHING:
        return story
    story.corrected()
    by = {"by": story.duty, "now": GONE}
    match state:
        case Shows.RETRACTED | Shows.RETRACTED_CLOSED:
            closes = state == Shows.RETRACTED_CLOSED
            retract(story.article, note="The vermilion reason.", closes_history=closes, **by)
        case Shows.UNPUBLISHED:
            unpublish(story.article, reason="Kept at the desk.", note="The vermilion reason.", **by)
        case Shows.TAKEN_DOWN:
            take_down(story.article, reason="Kept at the desk: a vermilion order.", **by)
    return story


def moment(**delta) -> datetime:
    return NOW + timedelta(**delta)
