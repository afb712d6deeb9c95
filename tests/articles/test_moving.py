"""An article gets another address: every former one leads to it for ever and is given to nobody else."""

from datetime import timedelta

import pytest

from articles import addresses, archiving, drafting
from articles.models import Article, Change, FormerAddress, Rendering
from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from newsroom.core.slugs import free_slug
from tests.making import NOW, Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    desk = Desk(slug="a-treaty")
    desk.publish()
    return desk


def moved(desk, slug="another-treaty", **options):
    return addresses.change_address(desk.article, slug=slug, **{"by": desk.editor, "now": NOW, **options})


def test_the_new_address_stands_in_every_finished_page_at_once_and_partners_are_told(desk):
    moved(desk)
    for made in Rendering.objects.all():
        assert b"another-treaty" in bytes(made.plain)
        assert b"articles/a-treaty" not in bytes(made.plain)
    change = Change.objects.last()
    assert (change.number, change.kind, change.article) == (2, "moved", desk.article)
    assert AuditEvent.objects.get(act="article.moved").data == {"was": "a-treaty", "slug": "another-treaty"}


def test_a_draft_that_nobody_has_seen_moves_without_a_word_to_partners():
    draft = Desk(slug="a-treaty")
    moved(draft)
    assert not Change.objects.exists()


def test_what_it_had_is_given_to_no_other_article(desk):
    moved(desk)
    assert free_slug(Article, "a treaty") != "a-treaty"
    other = Desk()
    for taken in ("a-treaty", "another-treaty"):
        with pytest.raises(DomainError) as refused:
            moved(other, taken)
        assert refused.value.code == "slug_taken"
        with pytest.raises(DomainError):
            drafting.save_draft(
                other.article, by=other.reporter, now=NOW, version=other.reload().version, slug=taken
            )


def test_it_may_come_back_to_an_address_it_had(desk):
    moved(desk)
    moved(desk, "a-treaty")
    assert desk.reload().slug == "a-treaty"
    assert list(FormerAddress.objects.values_list("slug", flat=True)) == ["another-treaty"]


@pytest.mark.parametrize(
    ("slug", "by", "code"),
    [
        ("a-treaty", "editor", "nothing_changed"),
        ("with a space", "editor", "slug_invalid"),
        ("", "editor", "slug_invalid"),
        ("x" * 81, "editor", "slug_invalid"),
        ("../admin", "editor", "slug_invalid"),
        ("nul\x00", "editor", "slug_invalid"),
        ("other", "reporter", "not_allowed"),
    ],
)
def test_what_is_no_address_is_refused(desk, slug, by, code):
    with pytest.raises(DomainError) as refused:
        moved(desk, slug, by=getattr(desk, by))
    assert refused.value.code == code
    assert desk.reload().slug == "a-treaty"


def test_an_archived_article_stays_public_and_gets_no_edition(desk):
    archiving.archive(desk.article, by=desk.editor, now=NOW)
    desk.save(headline="A treaty has been signed")
    with pytest.raises(DomainError) as refused:
        desk.publish()
    assert refused.value.code == "archived"
    with pytest.raises(DomainError) as refused:
        archiving.archive(desk.article, by=desk.editor, now=NOW)
    assert refused.value.code == "archived"
    archiving.unarchive(desk.article, by=desk.editor, now=NOW + timedelta(days=1))
    desk.now = NOW + timedelta(days=2)
    assert desk.publish().number == 2
    with pytest.raises(DomainError) as refused:
        archiving.unarchive(desk.article, by=desk.editor, now=NOW)
    assert refused.value.code == "not_archived"
