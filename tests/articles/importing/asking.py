"""Ask who speaks the quotations of a text."""

from articles.body.quotations import find_quotations
from articles.body.sentences import split_sentences
from articles.importing.attribution.speakers import SpeakerFinder


def speakers(text, language="en", *, whole=False, joins=False):
    """For each quotation the speaker's name; or name, role and kind; or whether it joins the one before."""
    finder = SpeakerFinder(language)
    found = []
    for paragraph in text.split("\n\n"):
        quotations = find_quotations(paragraph, language)
        sentences = split_sentences(paragraph, language).spans
        found += finder.read(paragraph, sentences, quotations)
    if joins:
        return [verdict.joins for verdict in found]
    if whole:
        return [(v.speaker.name, v.speaker.role, v.speaker.kind) if v.speaker else None for v in found]
    return [verdict.speaker and verdict.speaker.name for verdict in found]
