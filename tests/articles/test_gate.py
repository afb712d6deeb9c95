"""Ways round the gate that were tried and are closed: each draft here looks right and must not go out."""

from datetime import timedelta

import pytest

from articles import drafting, evidence, fact_checking, review
from articles.models import Citation
from articles.readiness import blockers
from newsroom.core.errors import DomainError
from tests.making import NOW, Desk, archive, draft_digest, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    desk = Desk()
    desk.check_all()
    return desk


def codes(desk, **options):
    return {b.code for b in blockers(desk.reload(), **options)} - {"not_approved"}


def said(desk, inside: str) -> str:
    """The body with ``inside`` between the quotation marks, ``{}`` standing for the marked words."""
    marked = f'<span data-words="{desk.quote.public_id}">a good day</span>'
    return desk.body().replace(f"“{marked}”", f"“{inside.format(marked)}”")


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        ("{} for war and a bad one for peace", "quotation_undecided"),
        ("we shall bomb <span data-dismissed='term'>them</span> all", "quotation_undecided"),
        ("not {}", "quotation_undecided"),
        ("{}", None),
        ("{},", None),
    ],
)
def test_every_word_between_quotation_marks_is_a_quotes_or_dismissed(desk, inside, code):
    desk.save(body=said(desk, inside))
    desk.check_all()
    assert codes(desk) - {"quote_without_words"} == ({code} if code else set())


def test_a_quotation_that_opens_outside_its_sentence_is_seen(desk):
    desk.save(body=desk.body() + '<p>“<span data-segment="cccccccccc">I will resign tomorrow</span>.”</p>')
    assert "quotation_undecided" in codes(desk)


def test_words_of_a_quote_that_the_sentence_does_not_name_are_refused(desk):
    desk.save(
        body=desk.body().replace(
            f'data-quotes="{desk.quote.public_id}"', f'data-claim="{desk.claim.public_id}"'
        )
    )
    desk.check_all()
    assert codes(desk) >= {"record_missing"}


@pytest.mark.parametrize(
    ("pieces", "right"),
    [
        (("we will not", "sign this treaty"), True),
        (("we will", "sign this treaty"), False),
        (("sign this treaty", "we will not"), False),
        (("we will not sign this treaty",), True),
        (("we will not sign",), False),
        (("we will … sign this treaty",), True),
    ],
)
def test_an_interrupted_quote_is_printed_whole_and_in_order(desk, pieces, right):
    type(desk.quote).objects.update(words="We will not sign this treaty.")
    archive(desk.quote.citations.get())
    marks = "” she said “".join(
        f'<span data-words="{desk.quote.public_id}">{piece}</span>' for piece in pieces
    )
    before, after = desk.body().split(f'<span data-words="{desk.quote.public_id}">a good day</span>')
    desk.save(body=before + marks + after)
    desk.check_all()
    assert codes(desk) == (set() if right else {"quote_not_verbatim"})


def test_a_passage_without_the_words_is_found(desk):
    for passage, found in (
        ("it was a terrible day, all agreed", {"quote_not_in_source"}),
        ("It was a good day,” she told them", set()),
    ):
        archive(desk.quote.citations.get(), passage)
        desk.check_all()
        assert codes(desk) == found


def test_a_check_lapses_when_a_source_without_a_copy_becomes_another_document(desk):
    typed = {"snapshot": None, "start": None, "exact": "", "prefix": "", "suffix": ""}
    Citation.objects.filter(source=desk.first).update(**typed)
    desk.check_all()
    assert codes(desk) == {"passage_missing"}
    move(desk)
    assert codes(desk) == {"passage_missing", "claim_not_checked"}


def test_a_check_of_an_archived_copy_holds_wherever_the_document_lies(desk):
    move(desk)
    assert codes(desk) == set()


def test_a_check_lapses_when_another_copy_is_chosen(desk):
    archive(desk.claim.citations.get(source=desk.first), "it was signed")
    assert codes(desk) == {"claim_not_checked"}


def move(desk):
    evidence.identify_source(
        desk.first, by=desk.reporter, now=NOW, url="https://other.example/", title="Other"
    )


def test_an_editor_approves_what_was_on_the_screen(desk):
    review.submit(desk.article, by=desk.reporter, now=NOW)
    read = draft_digest(desk.reload())
    evidence.attribute_quote(desk.quote, speaker=None, by=desk.reporter, now=NOW)
    with pytest.raises(DomainError) as refused:
        review.approve(desk.article, by=desk.editor, now=NOW, digest=read)
    assert refused.value.code == "draft_changed"


def test_who_worded_one_of_two_sentences_does_not_exempt_both():
    desk = Desk()
    both = make_user("reporter", "editor")
    desk.reporter, reporter = both, desk.reporter
    mark = '<p><span data-segment="cccccccccc">This is my view. It is a good one</span>.</p>'
    desk.save(body=desk.body() + mark)
    desk.reporter = reporter
    with pytest.raises(DomainError) as refused:
        fact_checking.exempt(desk.article, "cccccccccc", reason="analysis", by=both, now=NOW)
    assert refused.value.code == "own_wording"


def test_an_exemption_of_a_headline_by_its_later_writer_no_longer_counts(desk):
    editor = make_user("editor", "reporter")
    desk.save(headline_rests_on=[])
    fact_checking.exempt(desk.article, "headline", reason="analysis", by=editor, now=NOW)
    assert codes(desk) == set()
    for headline in ("Another headline", "A treaty is signed"):
        drafting.save_draft(
            desk.reload(), by=editor, now=NOW, version=desk.article.version, headline=headline
        )
    assert codes(desk) == {"headline_without_evidence"}


def test_a_waiver_lets_nothing_pass_after_its_deadline(desk):
    desk.save(standfirst="")
    (blocker,) = [b for b in blockers(desk.article) if b.code == "standfirst_missing"]
    review.waive(
        desk.article, code=blocker.code, place=blocker.place, fingerprint=blocker.fingerprint, reason="Breaking",
        repair_by=NOW + timedelta(hours=1), by=desk.duty, now=NOW,
    )  # fmt: skip
    assert codes(desk, now=NOW) == set()
    assert codes(desk, now=NOW + timedelta(hours=1)) == {"standfirst_missing"}


def test_a_quotation_in_the_headline_stands_in_what_it_rests_on_and_no_waiver_lets_another_pass(desk):
    desk.save(headline="Minister: “I will resign”")
    (blocker,) = [b for b in blockers(desk.article) if b.code == "quotation_not_in_evidence"]
    assert blocker.absolute
    with pytest.raises(DomainError, check=lambda error: error.code == "blocker_absolute"):
        review.waive(
            desk.article, code=blocker.code, place=blocker.place, fingerprint=blocker.fingerprint, reason="Breaking",
            repair_by=NOW + timedelta(hours=1), by=desk.duty, now=NOW,
        )  # fmt: skip
    desk.save(headline="Minister hails “a good day”", headline_rests_on=[desk.KEYS[1]])
    assert codes(desk) == set()


@pytest.mark.parametrize(
    ("words", "left"), [("I will resign", {"quotation_not_in_evidence"}), ("a good day", set())]
)
def test_no_exemption_of_a_headline_lets_a_misquote_pass(desk, words, left):
    desk.save(headline=f"Minister: “{words}”", headline_rests_on=[])
    fact_checking.exempt(desk.article, "headline", reason="common_knowledge", by=desk.duty, now=NOW)
    assert codes(desk) == left


def test_a_block_quotation_rests_on_a_quote(desk):
    mark = f'<span data-segment="cccccccccc" data-claim="{desk.claim.public_id}">I hereby resign</span>'
    desk.save(body=desk.body() + f"<blockquote><p>{mark}.</p></blockquote>")
    desk.check_all()
    assert codes(desk) == {"blockquote_without_quote"}


def test_an_unknown_or_needless_exemption_is_no_exemption(desk):
    body = (
        desk.body()
        + '<p><span data-segment="cccccccccc" data-exemption="verified_by_court">So it is</span>.</p>'
    )
    desk.save(body=body.replace("data-claim", 'data-exemption="witnessed" data-claim'))
    assert codes(desk) == {"sentence_without_evidence"}


def test_a_summary_covers_what_it_sums_up(desk):
    desk.save(body=desk.body() + '<p><span data-segment="cccccccccc">All in all a good week</span>.</p>')
    with pytest.raises(DomainError):
        fact_checking.exempt(
            desk.article, "cccccccccc", reason="summary", summary_of=("cccccccccc",), by=desk.duty, now=NOW
        )
    fact_checking.exempt(
        desk.article, "cccccccccc", reason="summary", summary_of=(desk.KEYS[0],), by=desk.duty, now=NOW
    )
    assert codes(desk) == set()
    desk.save(body=desk.reload().body.replace("Two states", "Three states"))
    assert codes(desk) >= {"exemption_not_granted"}


def test_a_doubt_stands_though_its_checker_becomes_a_writer(desk):
    both = make_user("fact_checker", "reporter")
    desk.check_all(by=both, verdict="does_not")
    body = desk.article.body
    for text in (body.replace("Two states", "Three states"), body):
        drafting.save_draft(desk.reload(), by=both, now=NOW, version=desk.article.version, body=text)
    denied = {b.place for b in blockers(desk.reload()) if b.code == "check_negative"}
    assert denied == set(desk.KEYS)  # The first of them is the one that the checker worded since.


def test_the_address_of_a_published_article_is_not_changed_by_a_save(desk):
    desk.publish()
    with pytest.raises(DomainError) as refused:
        desk.save(slug="another-address")
    assert refused.value.code == "slug_fixed"


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"headline": "x" * 2001}, "headline"),
        ({"headline": "x" * 300}, "headline"),
        ({"headline": "a\x00b"}, "headline"),
        ({"headline": "a\u202eb"}, "headline"),
        ({"slug": "no slug!"}, "slug"),
        ({"headline_rests_on": ["x" * 50]}, "headline_rests_on"),
    ],
)
def test_bad_input_is_refused_with_its_place(desk, fields, place):
    with pytest.raises(DomainError) as refused:
        desk.save(**fields)
    assert refused.value.place == place


def test_an_unknown_verdict_is_refused(desk):
    with pytest.raises(DomainError) as refused:
        desk.check_all(verdict="surely")
    assert refused.value.code == "verdict_unknown"
