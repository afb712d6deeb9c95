"""What editions are about: the index that every list, feed and filter by subject walks."""

import importlib
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import corrections, merging, reading, scheduling
from articles.models import Edition, EditionSubject
from articles.rendering.rebuilding import rebuild
from articles.rules.subjects import About, subjects_of
from articles.subjects import values_of
from tests.articles.rendering.documents import Draft, an_id, evidence, source
from tests.making import NOW, Desk, make_speaker, make_user

pytestmark = pytest.mark.django_db


def everything() -> dict:
    treaty = {
        "id": an_id("t", 1),
        "slug": "t",
        "title": "Treaty of Example",
        "parties": ["Łódź", "—"],
        "signed_on": None,
        "signed_at": "",
    }
    section = {"id": an_id("n", 1), "slug": "world", "name": "World"}
    draft = Draft("pl", treaties=[treaty], section=section, tags=[{"slug": "straits", "name": "Straits"}])
    draft.says("One", evidence(1)).says("Two", evidence(2)).quotes("a good day", by=1)
    draft.content["sources"][1] = source(2, publisher=None)
    return draft.content


def rows() -> set[tuple]:
    return set(EditionSubject.objects.values_list("edition", "kind", "value", "name", "list_key"))


def found(*about, now=NOW, limit=20, before=None) -> list[str]:
    return [card.list_key for card in reading.cards(now=now, before=before, limit=limit, about=about)]


def listed(desk: Desk) -> str:
    return EditionSubject.objects.filter(edition__article=desk.article).values_list("list_key").first()[0]


def test_a_document_tells_what_it_is_about():
    assert subjects_of(everything()) == {
        ("language", "pl"): "",
        ("section", "world"): "World",
        ("tag", "straits"): "Straits",
        ("author", "rita"): "",
        ("treaty", "t"): "",
        # A name without a letter of ours has no address.
        ("party", "lodz"): "Łódź",
        ("claim", an_id("c", 0)): "",
        ("claim", an_id("c", 1)): "",
        ("quote", an_id("q", 1)): "",
        ("speaker", an_id("k", 1)): "",
        ("source", an_id("s", 1)): "",
        ("source", an_id("s", 2)): "",
        ("publisher", an_id("p", 1)): "",
    }


def test_what_is_listed_is_found_under_each_of_its_subjects_and_under_no_other():
    desk, other = Desk(), Desk()
    desk.publish()
    other.publish()
    for kind, value in [
        (About.CLAIM, desk.claim.public_id),
        (About.QUOTE, desk.quote.public_id),
        (About.SPEAKER, desk.speaker.public_id),
        (About.SOURCE, desk.first.public_id),
    ]:
        assert found((kind, values_of(kind, value))) == [listed(desk)]
        assert Edition.objects.listed(NOW).about(kind, value).get().article == desk.article
    english = (About.LANGUAGE, ("en",))
    assert found(english) == sorted([listed(desk), listed(other)], reverse=True)
    # All subjects that are asked for, in whatever order.
    assert found(english, (About.CLAIM, (desk.claim.public_id,))) == [listed(desk)]
    assert found((About.CLAIM, (desk.claim.public_id,)), (About.QUOTE, (other.quote.public_id,))) == []
    assert found((About.LANGUAGE, ("pl",))) == []


def test_a_list_goes_on_behind_a_key_and_never_before_another():
    keys = []
    for minute in range(3):
        desk = Desk(now=NOW + timedelta(minutes=minute))
        desk.publish()
        keys.append(listed(desk))
    english, later = (About.LANGUAGE, ("en",)), NOW + timedelta(hours=1)
    assert found(english, now=later, limit=2) == [keys[2], keys[1]]
    assert found(english, now=later, before=keys[1]) == [keys[0]]
    cards = reading.cards(now=later, before=None, limit=9, since=keys[1], about=[english])
    assert [card.list_key for card in cards] == [keys[2], keys[1]]


def test_what_waits_or_is_gone_is_found_under_nothing():
    desk = Desk()
    at = NOW + timedelta(hours=1)
    edition = desk.publish(at=at)
    about = (About.CLAIM, (desk.claim.public_id,))
    assert found(about) == []
    assert found(about, now=at) == [listed(desk)]
    # Another moment is another place in lists.
    scheduling.reschedule(edition, by=desk.duty, now=NOW, at=at + timedelta(hours=1))
    assert listed(desk) == found(about, now=at + timedelta(hours=1))[0] > f"{at:%Y-%m-%dT%H:%M}:01"
    scheduling.cancel(edition, by=desk.duty, now=NOW)
    assert rows() == set()


def test_a_take_down_leaves_nothing_of_what_it_was_about():
    desk = Desk()
    desk.publish()
    assert rows()
    corrections.take_down(desk.article, by=desk.duty, now=NOW + timedelta(minutes=1), reason="An order.")
    assert rows() == set()


def test_whoever_asks_for_what_stands_for_two_records_finds_both():
    desk, other = Desk(), Desk()
    desk.publish()
    other.publish()
    editor = make_user("editor")
    merging.merge(desk.speaker, other.speaker, by=editor, now=NOW, note="One person.")
    both = values_of(About.SPEAKER, other.speaker.public_id)
    assert both == values_of(About.SPEAKER, desk.speaker.public_id)
    assert both == (desk.speaker.public_id, other.speaker.public_id)
    assert found((About.SPEAKER, both)) == sorted([listed(desk), listed(other)], reverse=True)
    assert Edition.objects.listed(NOW).about(About.SPEAKER, *both).count() == 2
    # An article that names both stands in the list once.
    EditionSubject.objects.create(
        edition=desk.article.editions.get(), kind="speaker", value=both[1], list_key=listed(desk)
    )
    assert found((About.SPEAKER, both)) == sorted([listed(desk), listed(other)], reverse=True)
    speaker, _role = make_speaker("Nobody's")
    assert values_of(About.SPEAKER, speaker.public_id) == (speaker.public_id,)
    assert values_of(About.SPEAKER, "nothing") == ("nothing",)


def test_the_index_is_made_anew_with_the_entry():
    desk = Desk()
    edition = desk.publish()
    made = rows()
    EditionSubject.objects.filter(kind="claim").delete()
    EditionSubject.objects.filter(kind="quote").update(list_key="old")
    EditionSubject.objects.create(edition=edition, kind="tag", value="wrong", list_key="old")
    rebuild([edition.pk])
    assert rows() == made


def test_the_migration_finds_what_was_published_before():
    Desk().publish()
    made = rows()
    EditionSubject.objects.all().delete()
    importlib.import_module("articles.migrations.0020_subjects").fill(apps, None)
    assert rows() == made


def test_a_list_by_subject_is_one_query_however_many_records_were_merged():
    desk = Desk()
    desk.publish()
    for asked in ((desk.speaker.public_id,), (desk.speaker.public_id, "b", "c")):
        with CaptureQueriesContext(connection) as told:
            assert len(found((About.SPEAKER, asked))) == 1
        assert len(told) == 1
