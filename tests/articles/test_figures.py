"""Figures at the gate, in the document, and in what is told of changes."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import drafting, fact_checking, publishing
from articles.documents import build_content
from articles.dossier import open_dossier
from articles.exporting import as_markdown, as_numbered, export_draft
from articles.illustrating import describe_image
from articles.models import EditionImage
from articles.readiness import NotReady, blockers
from articles.readiness.records import Records
from articles.rules.minor import touched
from articles.rules.receipts import changes
from newsroom.core.errors import DomainError
from tests.articles.illustrating.shown import KEY, figure, keep
from tests.articles.schema import valid
from tests.making import NOW, Desk

pytestmark = pytest.mark.django_db
PLACE = f"figure:{KEY}"
SIGNED, SAID = Desk.KEYS


@pytest.fixture
def desk():
    return Desk()


def codes(desk) -> set[str]:
    """What blocks the figure."""
    return {blocker.code for blocker in blockers(desk.reload()) if blocker.place == PLACE}


@pytest.mark.parametrize(
    ("missing", "code"),
    [
        ("alt", "image_without_alt"),
        ("credit", "image_without_credit"),
        ("usage_terms", "image_without_terms"),
    ],
)
def test_a_picture_of_which_something_is_not_said_goes_nowhere(desk, missing, code):
    image = keep(desk, **{missing: ""})
    desk.save(body=figure(image) + desk.body())
    assert codes(desk) == {code}
    with pytest.raises(NotReady):
        desk.publish()
    describe_image(image, by=desk.reporter, now=NOW, **{missing: "Now it is said."})
    assert codes(desk) == set()


def test_a_figure_may_have_an_alternative_text_of_its_own(desk):
    desk.save(body=figure(keep(desk, alt=""), alt="A river.") + desk.body())
    assert codes(desk) == set()


def test_a_picture_that_is_not_there_cannot_be_waived(desk):
    desk.save(body=figure("nosuchimage1") + desk.body())
    assert codes(desk) == {"image_missing"}
    desk.check_all()
    desk.waive_all()
    desk.approve()
    with pytest.raises(NotReady):
        publishing.publish(desk.article, by=desk.duty, now=NOW)


@pytest.mark.parametrize(
    ("caption", "rests_on", "code"),
    [
        ("The border.", (), "caption_without_evidence"),
        ("The border.", ("zzzzzzzzzz",), "caption_without_evidence"),
        ("The border.", (SIGNED,), None),
        ("The 27 miles of border.", (SIGNED,), None),
        ("The 28 miles of border.", (SIGNED,), "number_not_in_evidence"),
        ("The 27 miles of border.", (SAID,), "number_not_in_evidence"),
        ("On “a good day”.", (SAID,), None),
        ("On “a good day”.", (SIGNED,), "quotation_not_in_evidence"),
    ],
)
def test_a_caption_rests_on_sentences_as_a_headline_does(desk, caption, rests_on, code):
    desk.save(body=desk.body() + figure(keep(desk), caption, *rests_on))
    assert codes(desk) == ({code} if code else set())


def test_a_caption_is_exempted_by_an_editor_for_that_picture_and_those_words(desk):
    image, other = keep(desk), keep(desk, seed=2)
    desk.save(body=desk.body() + figure(image, "The border."))
    fact_checking.exempt(desk.article, PLACE, reason="witnessed", by=desk.editor, now=NOW)
    assert codes(desk) == set()
    for changed in (
        figure(image, "A border."),
        figure(other, "The border."),
        figure(image, "The border.", SAID),
    ):
        desk.save(body=desk.body() + changed)
        assert PLACE not in _exempted(desk)
    desk.save(body=desk.body() + figure(image, "The border."))
    assert codes(desk) == set()


def _exempted(desk):
    return Records(open_dossier(desk.reload())).exempted


def test_nobody_exempts_a_caption_they_wrote(desk):
    body = desk.body() + figure(keep(desk), "The border.")
    drafting.save_draft(desk.article, by=desk.editor, now=NOW, version=1, body=body)
    with pytest.raises(DomainError) as refusal:
        fact_checking.exempt(desk.article, PLACE, reason="witnessed", by=desk.editor, now=NOW)
    assert refusal.value.code == "own_wording"


def test_a_caption_is_bounded(desk):
    with pytest.raises(DomainError) as refusal:
        desk.save(body=figure(keep(desk), "x" * 501) + desk.body())
    assert (refusal.value.code, refusal.value.place) == ("text_too_long", "body")


def test_an_approval_covers_what_is_said_of_a_picture(desk):
    image = keep(desk)
    desk.save(body=figure(image) + desk.body())
    desk.check_all()
    desk.approve()
    describe_image(image, by=desk.reporter, now=NOW, credit="Somebody else")
    assert "approval_lapsed" in {blocker.code for blocker in blockers(desk.reload())}


def test_the_document_freezes_the_picture_as_it_was(desk):
    image = keep(desk, size=(1000, 20), focal_x=20)
    desk.save(body=figure(image, "The border.", SIGNED, alt="A river.") + desk.body())
    edition = desk.publish()
    document = json.loads(edition.content.document)
    assert valid(document)
    block = document["content"]["blocks"][0]
    assert (block["kind"], block["text"], block["marks"]) == ("figure", "The border.", [])
    assert block["figure"]["rests_on"] == [SIGNED]
    told = block["figure"]["image"]
    assert (told["id"], told["alt"], told["credit"], told["focal"]) == (
        image.public_id,
        "A river.",
        "Mira Mapmaker",
        [20, 50],
    )
    assert {(each["form"], each["width"]) for each in told["renditions"]} == {
        (form, width) for form in ("avif", "webp", "jpg") for width in (480, 1000)
    }
    # Figures are no paragraphs: nobody counts them.
    assert [statement["paragraph"] for statement in document["content"]["statements"]] == [1, 2]
    assert list(EditionImage.objects.values_list("edition", "image")) == [(edition.pk, image.pk)]


def test_figures_cost_two_queries_however_many(desk, django_assert_num_queries):
    images = [keep(desk, seed=n) for n in range(3)]
    body = "".join(figure(image, key="abcdefg" + "abc"[n] * 3) for n, image in enumerate(images))
    with CaptureQueriesContext(connection) as without:
        build_content(open_dossier(desk.reload()))
    desk.save(body=desk.body() + body)
    with django_assert_num_queries(len(without) + 2):
        build_content(open_dossier(desk.reload()))


def test_numbered_text_leaves_figures_out_and_markdown_has_them(desk):
    before = as_numbered(export_draft(desk.reload()))
    desk.save(body=figure(keep(desk), "The border.", SIGNED) + desk.body())
    assert as_numbered(export_draft(desk.reload())) == before
    text = as_markdown(export_draft(desk.reload()))
    assert "![A map of the border.](</images/" in text
    assert "The border.  \nMira Mapmaker" in text


def content(desk, body: str) -> dict:
    desk.save(body=body)
    return build_content(open_dossier(desk.reload()))


def test_receipts_tell_of_each_figure_that_differs(desk):
    image, other = keep(desk), keep(desk, seed=2)
    none = content(desk, desk.body())
    one = content(desk, figure(image, "The border.", SIGNED) + desk.body())
    reworded = content(desk, desk.body() + figure(image, "A border.", SIGNED))
    another = content(desk, figure(other, "The border.", SIGNED) + desk.body())
    told = "The border. · A map of the border. · Mira Mapmaker"
    assert changes(none, one)["texts"] == [{"place": "figure", "was": "", "is": told}]
    assert changes(one, none)["texts"] == [{"place": "figure", "was": told, "is": ""}]
    assert changes(one, reworded)["texts"][0]["is"].startswith("A border. ·")
    assert changes(one, another)["texts"] == [
        {"place": "figure", "was": f"{told} ({image.public_id})", "is": f"{told} ({other.public_id})"}
    ]
    assert changes(one, one) == {"texts": [], "statements": []}


def test_a_minor_edit_may_mend_a_caption_and_not_a_picture(desk):
    image, other = keep(desk), keep(desk, seed=2)
    before = content(desk, figure(image, "The bordr.", SIGNED) + desk.body())
    mended = content(desk, figure(image, "The border.", SIGNED, alt="A map of the bordre.") + desk.body())
    assert touched(before, mended) is None
    for changed in (
        figure(other, "The bordr.", SIGNED) + desk.body(),
        figure(image, "The bordr.", SAID) + desk.body(),
        desk.body() + figure(image, "The bordr.", SIGNED),
        desk.body(),
    ):
        assert touched(before, content(desk, changed)) == "structure"
    numbered = content(desk, figure(image, "The 27 bordr.", SIGNED) + desk.body())
    assert touched(before, numbered) == "number"


def test_a_waived_figure_says_so_to_readers(desk, client):
    desk.save(body=figure(keep(desk, credit="")) + desk.body())
    desk.check_all()
    desk.approve()
    desk.waive_all()
    publishing.publish(desk.article, by=desk.duty, now=NOW)
    page = client.get(desk.article.get_absolute_url()).content.decode()
    shown = page[page.index("<figure") : page.index("</figure>")]
    assert "not yet checked" in shown
