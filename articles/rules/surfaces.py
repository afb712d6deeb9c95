"""What each public address shows of an article in each state: the other half of the table of after_publication.

Doors read no line of it: they ask the named sets of ``articles.models.public``. It says what these must come to, and a
test holds every address against it, in every state and on both sides of every moment. A new address joins
:data:`SURFACES`, or :data:`OF_NO_ARTICLE` with those that tell of none.
"""

from enum import StrEnum

from articles.rules.after_publication import Shows


class Part(StrEnum):
    """What can be seen of an article: of its present text, of its text before, and of what was said about them."""

    HEADLINE = "headline"
    TEXT = "text"
    OLD_TEXT = "old text"
    CORRECTION = "correction"  # The note of a correction.
    NOTICE = "notice"  # The note of what took the article away.
    SOURCE = "source"  # The title of what it rests on.
    ADDRESS = "address"  # Counted in lists of addresses only; elsewhere they come and go with the rest.


HEADLINE, TEXT, OLD_TEXT, CORRECTION, NOTICE, SOURCE, ADDRESS = Part

# A status, and exactly the parts that the answer holds.
Answer = tuple[int, frozenset[Part]]


def _answer(status: int, *parts: Part) -> Answer:
    return status, frozenset(parts)


ABSENT, NOT_FOUND, NEUTRAL = _answer(200), _answer(404), _answer(410)
_NOTICE, _NOTICE_WITH_HEADLINE = _answer(410, NOTICE), _answer(410, NOTICE, HEADLINE)
_SAID = (OLD_TEXT, TEXT, CORRECTION)


def _states(*answers: Answer) -> dict[Shows, Answer]:
    """Answers in the order of :class:`Shows`; TEXT is an article whose second edition corrects its first."""
    return dict(zip(Shows, answers, strict=True))


def _of_the_article(text: Answer, notice: Answer = _NOTICE_WITH_HEADLINE) -> dict[Shows, Answer]:
    """The article itself: there, or a notice in its place."""
    return _states(NOT_FOUND, text, notice, notice, _NOTICE, NEUTRAL)


def _of_its_history(
    text: Answer, retracted: Answer, notice: Answer = _NOTICE_WITH_HEADLINE
) -> dict[Shows, Answer]:
    """What can still be opened under a retraction that leaves the history open."""
    return _states(NOT_FOUND, text, retracted, notice, _NOTICE, NEUTRAL)


def _listed(*parts: Part) -> dict[Shows, Answer]:
    """A list of what stands: an article that is gone is not in it."""
    return _states(ABSENT, _answer(200, *parts), *[ABSENT] * 4)


def _record(*parts: Part) -> dict[Shows, Answer]:
    """The page of a record that this article alone names."""
    return _states(NOT_FOUND, _answer(200, *parts), *[NOT_FOUND] * 4)


def _corrections(*beside: Part) -> dict[Shows, Answer]:
    """What tells of corrections and retractions, with what is told beside each."""
    return _states(
        ABSENT,
        _answer(200, *_SAID, *beside),
        _answer(200, *_SAID, NOTICE, *beside),
        _answer(200, NOTICE, *beside),
        ABSENT,
        ABSENT,
    )


def _feed(retracted: Answer, unpublished: Answer) -> dict[Shows, Answer]:
    """The whole text, and for what is gone a tombstone."""
    whole = _answer(200, HEADLINE, TEXT, OLD_TEXT, CORRECTION, SOURCE)
    return _states(ABSENT, whole, retracted, retracted, unpublished, ABSENT)


_TOMBSTONE = _answer(200, HEADLINE, NOTICE)


def _of_a_subject(states: dict[Shows, Answer]) -> dict[Shows, Answer]:
    """A feed of what this article alone is about: there while it is, or was for all that can be told."""
    return states | {Shows.NOTHING: NOT_FOUND, Shows.TAKEN_DOWN: NOT_FOUND}


# Name of the address (a feed's with its form) → what it answers in each state.
SURFACES: dict[str, dict[Shows, Answer]] = {
    "article": _of_the_article(_answer(200, HEADLINE, *_SAID, SOURCE)),
    "article-sources": _of_the_article(_answer(200, SOURCE)),
    # The first edition's own address.
    "edition": _of_its_history(
        _answer(200, HEADLINE, OLD_TEXT, SOURCE), _answer(200, HEADLINE, OLD_TEXT, SOURCE)
    ),
    # A sentence that stands; when the article is retracted, what it last said.
    "sentence": _of_its_history(_answer(302), _answer(200, HEADLINE, TEXT, NOTICE)),
    # The other articles on the same; of the article itself it tells nothing.
    "related": _of_the_article(_answer(200)),
    "article-history": _of_its_history(
        _answer(200, HEADLINE, *_SAID), _answer(200, HEADLINE, *_SAID, NOTICE)
    ),
    # The form about a sentence that stands in it.
    "report-sentence": _record(HEADLINE, TEXT),
    # Cards in frames on other sites, and how these sites come to them: what is retracted says so, what is otherwise
    # gone is not found there.
    "embed-sentence": _of_the_article(_answer(200, HEADLINE, TEXT)),
    "embed-claim": _of_the_article(_answer(200, HEADLINE, TEXT)),
    "embed-quote": _of_the_article(_answer(200, HEADLINE)),
    "oembed": _states(NOT_FOUND, *[_answer(200, HEADLINE)] * 3, *[NOT_FOUND] * 2),
    "timegate": _of_its_history(_answer(302), _answer(302)),
    "timemap": _of_its_history(_answer(200), _answer(200)),
    # A file of a picture that it shows: as long as an edition can be opened that does.
    "image": _states(NOT_FOUND, _answer(200), _answer(200), NOT_FOUND, NOT_FOUND, NOT_FOUND),
    # The picture beside a link to the first edition; its words are drawn.
    "social-card": _states(NOT_FOUND, _answer(200), _answer(200), NOT_FOUND, NOT_FOUND, NOT_FOUND),
    # What is cut from its first picture.
    "social-crop": _states(NOT_FOUND, _answer(200), _answer(200), NOT_FOUND, NOT_FOUND, NOT_FOUND),
    "home": _listed(HEADLINE),
    # They name what listed articles are about, and of these articles nothing.
    "treaties": _listed(),
    "authors": _listed(),
    "treaty": _record(HEADLINE),
    "party": _record(HEADLINE),
    "author": _record(HEADLINE),
    "tag": _record(HEADLINE),
    "section": _record(HEADLINE),
    "language": _record(HEADLINE),
    "archive": _states(NOT_FOUND, _answer(302), *[NOT_FOUND] * 4),
    "archive-month": _record(HEADLINE),
    "speaker": _record(HEADLINE),
    # Also the words in which it stood before, as long as their editions can be read.
    "claim": _record(HEADLINE, TEXT, OLD_TEXT, SOURCE),
    "quote": _record(HEADLINE, SOURCE),
    "corrections": _corrections(HEADLINE),
    "feed atom.xml": _feed(_answer(200, NOTICE), _answer(200, NOTICE)),
    "feed feed.json": _feed(_TOMBSTONE, _answer(200, NOTICE)),
    "feed rss.xml": _feed(_TOMBSTONE, _answer(200, NOTICE)),
    **{
        f"subject-feed {form}": _of_a_subject(states)
        for form, states in (
            ("atom.xml", _feed(_answer(200, NOTICE), _answer(200, NOTICE))),
            ("feed.json", _feed(_TOMBSTONE, _answer(200, NOTICE))),
            ("rss.xml", _feed(_TOMBSTONE, _answer(200, NOTICE))),
        )
    },
    "corrections-feed atom.xml": _corrections(HEADLINE),
    "corrections-feed feed.json": _corrections(HEADLINE),
    "corrections-feed rss.xml": _corrections(HEADLINE),
    # A block that nothing stands in is none.
    "sitemap": _record(ADDRESS),
    "sitemap-news": _listed(ADDRESS, HEADLINE),
    "sitemap-of": _record(),
    "search": _listed(HEADLINE, TEXT),
    "source": _record(HEADLINE, TEXT, SOURCE),
    "source-citation": _record(SOURCE),
    "snapshot": _record(SOURCE),
    "api-articles": _listed(HEADLINE),
    "api-article": _of_the_article(_answer(200, HEADLINE, *_SAID, SOURCE), _NOTICE),
    "api-editions": _of_its_history(_answer(200), _answer(200), _NOTICE),
    "api-edition": _of_its_history(
        _answer(200, HEADLINE, OLD_TEXT, SOURCE), _answer(200, HEADLINE, OLD_TEXT, SOURCE), _NOTICE
    ),
    "api-changes": _states(
        ABSENT,
        _answer(200, *_SAID),
        _answer(200, *_SAID, NOTICE),
        _answer(200, NOTICE),
        _answer(200, NOTICE),
        ABSENT,
    ),
    "api-corrections": _corrections(HEADLINE),
    "api-correction": _states(
        NOT_FOUND,
        _answer(200, HEADLINE, *_SAID),
        _answer(200, HEADLINE, *_SAID),
        *[NOT_FOUND] * 3,
    ),
    "api-claims": _listed(HEADLINE, TEXT),
    "api-claim": _record(HEADLINE, TEXT),
    "api-quotes": _listed(HEADLINE),
    "api-quote": _record(HEADLINE),
    "api-sources": _listed(HEADLINE, TEXT, SOURCE),
    "api-source": _record(HEADLINE, TEXT, SOURCE),
    "api-statements": _listed(HEADLINE, TEXT),
    "api-statement": _record(HEADLINE, TEXT),
    # Numbers, kinds and digests; what editions say is behind their addresses.
    "api-all-editions": _listed(),
    # By their public fields, which say nothing of an article; each with the headlines of those that name it.
    **{f"api-{name}": _listed() for name in ("publishers", "speakers", "treaties")},
    **{f"api-{name}": _record(HEADLINE) for name in ("publisher", "speaker", "treaty")},
    # For partners whose products open them; nobody else learns that they are there.
    "api-embargoed": _states(*[NOT_FOUND] * 6),
    "api-embargoed-edition": _states(*[NOT_FOUND] * 6),
    "api-embargoed-changed": _states(*[NOT_FOUND] * 6),
}

# Addresses that tell of no article.
OF_NO_ARTICLE = frozenset(
    {
        "api",
        "api-catalog",
        "api-deprecations",
        "api-docs",
        "api-schema",
        "manifest",
        "opensearch",
        "problem",
        "problems",
        "robots",
        "sections",
        "security-txt",
        "security-txt-moved",
        "signing-keys",
        "site-page",
        "site-page-version",
        "sitemap-index",
        "trust-txt",
    }
)

# Tells of an article what two people of the desk let out of a reader's challenge, and only while the edition that it
# was about can be opened (articles.challenged); a test of its own walks the states.
OF_CHALLENGES = frozenset({"challenges"})

# Addresses that nobody finds: each is a secret that one person has. A draft's was given by the desk and opens for a
# time (articles.sharing); a reader's tells of their own challenge (articles.challenging). They are in no list, feed,
# sitemap or answer of another address.
BY_LINK_ALONE = frozenset({"shared", "challenge"})

# Addresses that answer nobody without a key made for them. Whoever has one gets there what lists and articles give
# (articles.copying); tests of their own walk states and entitlements.
BY_KEY_ALONE = frozenset(
    {
        # Partners say there what they show; of an article it answers no more than they said.
        "api-confirmations",
        "api-export",
    }
)

# What tells of corrections and of nothing else: of an article's first edition it says nothing.
OF_CORRECTIONS = frozenset(
    name for name in SURFACES if name.startswith(("corrections", "api-corrections", "api-changes"))
)
