"""The demo newsroom: whole, marked as samples, its evidence to be found, and loaded once however often it is asked."""

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

import jsonschema
import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import exporting, readiness
from articles.demo.loading import load, loaded
from articles.demo.people import ACCOUNTS, PASSWORD
from articles.demo.plans import DOCUMENTS, document, known_sources, plans
from articles.models import Article, Change, Check, Edition, EditionContent, MonthScore, Quote, Waiver
from articles.publishing import going_out
from articles.verifying import first_break
from newsroom.accounts.models import User
from newsroom.audit.models import AuditEvent
from sources.models import Snapshot, Source
from tests.articles.demo_forms import problems_of_every_form

pytestmark = pytest.mark.django_db

PLANS = {plan.name: plan for plan in plans()}
SCHEMA = Path(exporting.__file__).with_name("edition.schema.json")
STAGES = {
    "warsaw-treaty-2017": "archive",
    "nancy-treaty": "published",
    "uk-poland-treaty": "published",
    "traktat-z-northolt": "published",
    "high-seas-agreement": "scheduled",
    "traktat-z-nancy": "approved",
    "aachen-treaty": "review",
    "kensington-treaty": "fact_check",
    "lancaster-house-treaties": "draft",
}
# What is known that real people and treaties said: the words of the text in which it was reported.
STARMER, TUSK, TREATY = "Keir Starmer", "Donald Tusk", "the treaty"
DOCUMENTED = {
    "the biggest step forward in our defence and security relationship with Poland in a generation": STARMER,
    "the challenges Europe now faces demands an even stronger partnership": STARMER,
    "There's no greater challenge for either of our countries than the challenge of Russian aggression": STARMER,
    "a historic moment": TUSK,
    "both sides emphasize that Russia is a strategic threat, also a long-term one": TUSK,
    "ironclad commitment to NATO as the cornerstone of Euro-Atlantic security": TREATY,
}


class Killed(Exception):
    pass


@pytest.fixture(scope="module")
def newsroom(django_db_setup, django_db_blocker):
    """What a load killed in its third story, and then the command left: the stories after the kill, and the words."""
    with django_db_blocker.unblock():
        try:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(going_out, "announce", killed_at_the_third(going_out.announce))
                with pytest.raises(Killed):
                    load(now=timezone.now())
            after_the_kill = set(loaded().values_list("name", flat=True))
            call_command("load_demo", stdout=(printed := StringIO()))
            yield after_the_kill, printed.getvalue()
        finally:
            call_command("flush", verbosity=0, interactive=False)


def killed_at_the_third(act):
    calls = iter(range(1, 10))

    def killed(*args, **options):
        if next(calls) == 3:
            raise Killed
        return act(*args, **options)

    return killed


def article(name):
    return Article.objects.get(imported__in=loaded(), imported__name=name)


def edition(name, number=1):
    return exporting.export_edition(article(name), number).document


def exports(story):
    """The story's editions, or its draft if it has none."""
    numbers = story.editions.order_by("number").values_list("number", flat=True)
    return [exporting.export_edition(story, number) for number in numbers] or [exporting.export_draft(story)]


def test_a_load_that_was_killed_leaves_whole_stories_and_the_next_one_goes_on(newsroom):
    after_the_kill, printed = newsroom
    assert after_the_kill == {"warsaw-treaty-2017", "nancy-treaty"}
    assert "(7 new)" in printed
    assert sorted(loaded().values_list("name", flat=True)) == sorted(PLANS)
    assert sum(score.figures["stories"] for score in MonthScore.objects.all()) == 4


def rows_of_every_table():
    with connection.cursor() as cursor:
        counts = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
            counts[table] = cursor.fetchone()[0]
    return counts


def test_loading_again_changes_nothing_and_asks_little(newsroom):
    before = rows_of_every_table()
    with CaptureQueriesContext(connection) as asked:
        assert load(now=timezone.now()) == 0
    assert rows_of_every_table() == before
    assert len(asked) < 15


@pytest.mark.parametrize("name", STAGES)
def test_each_story_goes_in_and_comes_out_byte_for_byte(newsroom, name):
    story = article(name)
    assert exporting.as_numbered(exports(story)[0]).encode() == PLANS[name].text
    assert story.imported.report["renumbered"] == {}


@pytest.mark.parametrize(("name", "stage"), STAGES.items())
def test_each_story_is_where_it_is_said_to_be(newsroom, name, stage):
    story = article(name)
    kinds = list(story.editions.order_by("number").values_list("kind", flat=True))
    public = Edition.objects.current(timezone.now()).filter(article=story).exists()
    assert PLANS[name].stage == stage
    if stage in {"published", "scheduled", "archive"}:
        assert story.stage == "draft"
        assert kinds == (["first", "update"] if name == "uk-poland-treaty" else ["first"])
        assert public == (stage != "scheduled")
    else:
        assert (story.stage, kinds, public) == (stage, [], False)
    archive = {"published_on": "2017-12-22"} if stage == "archive" else None
    for export in exports(story):
        assert export.document["archive"] == archive
        assert bool(export.content["bylines"] and export.content["treaties"]) == (stage != "draft")


def test_the_scheduled_story_waits_for_its_moment(newsroom):
    story = article("high-seas-agreement")
    moment = story.releases.get().showing.lower
    assert timezone.now() < moment < timezone.now() + timedelta(days=4)
    assert Edition.objects.current(moment).filter(article=story).exists()
    assert not Change.objects.filter(edition__article=story).exists()


def test_the_second_edition_has_one_paragraph_more_says_so_and_keeps_the_dispute(newsroom):
    first, second = edition("uk-poland-treaty", 1), edition("uk-poland-treaty", 2)
    assert second["content"]["blocks"][:-1] == first["content"]["blocks"]
    assert second["edition"]["note"]
    disputed = [s for s in second["content"]["statements"] if "contradicts" in str(s["evidence"])]
    assert [s["wording"][:23] for s in disputed] == ["UK Prime Minister Keir "]


def test_one_story_has_an_exempted_sentence_and_one_that_is_not_yet_checked(newsroom):
    document = edition("nancy-treaty")
    statements = {s["key"]: s for s in document["content"]["statements"]}
    [exempted] = [s for s in statements.values() if s["exemption"]]
    assert (exempted["exemption"], exempted["wording"][:16]) == ("analysis", "Seen from Warsaw")
    assert [statements[key]["wording"][:11] for key in document["not_yet_checked"]] == ["France has "]
    assert Waiver.objects.get(article=article("nancy-treaty")).repair_by > timezone.now()


def test_the_draft_has_its_findings_open(newsroom):
    codes = {finding["code"] for finding in article("lancaster-house-treaties").imported.report["findings"]}
    without = {"sentence_without_citation", "remainder_without_citation"}
    assert codes == without | {"quote_unattributed", "source_never_cited"}


def test_the_story_in_fact_check_is_partly_checked(newsroom):
    story = article("kensington-treaty")
    verdicts = list(Check.objects.filter(article=story).order_by("pk").values_list("verdict", flat=True))
    assert verdicts == ["supports", "supports", "supports", "unsure"]
    codes = {blocker.code for blocker in readiness.blockers(story)}
    assert codes == {"check_negative", "claim_not_checked", "quote_not_checked", "not_approved"}


@pytest.mark.parametrize("name", ["aachen-treaty", "traktat-z-nancy"])
def test_what_has_been_checked_lacks_nothing_but_the_next_step(newsroom, name):
    codes = [blocker.code for blocker in readiness.blockers(article(name))]
    assert codes == (["not_approved"] if name == "aachen-treaty" else [])


def test_readers_cannot_miss_that_a_story_is_a_sample(newsroom):
    beginnings = {"en": ("Sample: ", "Sample story"), "pl": ("Przykład: ", "Przykładowy tekst")}
    for story in Article.objects.filter(imported__in=loaded()):
        headline, standfirst = beginnings[story.language]
        assert story.headline.startswith(headline)
        # An archive story goes out as it came, without one.
        assert (story.standfirst or standfirst).startswith(standfirst)


def test_every_source_is_a_sample_document(newsroom):
    assert {path.stem for path in DOCUMENTS.iterdir()} == set(known_sources())
    for title, url, due in Source.objects.values_list("title", "url", "capture_due_at"):
        assert title.startswith("Sample: ")
        assert (urlsplit(url).hostname[-8:], due) == (".example", None)
    beginnings = ("Sample document", "Dokument przykładowy")
    assert all(document(name).startswith(beginnings) for name in known_sources())


@pytest.mark.parametrize("name", sorted(set(STAGES) - {"warsaw-treaty-2017", "lancaster-house-treaties"}))
def test_every_passage_stands_once_in_the_copy_of_its_document(newsroom, name):
    for content in (export.content for export in exports(article(name))):
        # The last part of a sample's address is its name.
        names = {source["number"]: source["url"].rpartition("/")[2] for source in content["sources"]}
        for entry in (entry for statement in content["statements"] for entry in statement["evidence"]):
            name, found = names[entry["source"]], entry["passage"]
            snapshot = Snapshot.objects.get(public_id=entry["snapshot"]["id"])
            assert snapshot.sha256 == entry["snapshot"]["sha256"]
            assert snapshot.source.title == known_sources()[name]["title"]
            text = snapshot.extracted.text
            assert text.count(found["prefix"] + found["exact"] + found["suffix"]) == 1
            assert text[entry["start"] :].startswith(found["exact"])
            assert document(name).count(found["exact"]) == 1


def test_a_page_and_an_article_of_a_treaty_are_named(newsroom):
    statements = edition("high-seas-agreement")["content"]["statements"]
    places = {entry["locator"] for statement in statements for entry in statement["evidence"]}
    assert places == {"", "p. 7", "Art. 68(1)"}


def test_two_sources_of_one_sentence_go_back_to_one(newsroom):
    content = edition("uk-poland-treaty")["content"]
    wire, gazette = (source for source in content["sources"] if source["number"] in (1, 2))
    assert (wire["origin"], gazette["origin"]) == (None, wire["id"])
    found = [(s["group"], s["origins"]) for s in content["statements"][:3]]
    assert found == [([1, 2], 1), ([2], 1), ([1, 3], 2)]


def test_nobody_real_says_what_is_not_documented(newsroom):
    for quote in Quote.objects.exclude(speaker=None):
        name = quote.speaker.name
        if "Sample" not in name and "Przykładn" not in name:
            assert DOCUMENTED[quote.original or quote.words] == name
    unknown = Quote.objects.filter(speaker=None)
    assert [quote.words for quote in unknown] == ["a marriage of convenience that has lasted"]


def test_every_edition_is_what_the_schema_says(newsroom):
    schema = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
    documents = EditionContent.objects.values_list("document", flat=True)
    assert len(documents) == 6
    for made in documents:
        schema.validate(json.loads(made))
    assert first_break() is None


def test_every_article_in_every_form_is_as_its_standard_says(newsroom, client, tmp_path):
    assert problems_of_every_form(client, tmp_path) == []


def test_the_log_tells_who_did_what_in_its_order_and_nothing_of_the_future(newsroom):
    acts = AuditEvent.objects.filter(object_id=article("nancy-treaty").public_id).order_by("pk")
    told = dict.fromkeys(f"{event.by.username} {event.act.partition('.')[2]}" for event in acts)
    assert ", ".join(told) == (
        "reporter imported, reporter saved, reporter credited, reporter submitted, checker checked, "
        "editor saved, editor exempted, checker sent_to_review, editor approved, duty waived, duty published"
    )
    assert {event.through for event in acts} == {"shell"}
    assert not AuditEvent.objects.filter(at__gt=timezone.now()).exists()
    moments = list(Change.objects.order_by("number").values_list("at", flat=True))
    assert moments == sorted(moments)


@pytest.mark.parametrize(("username", "first_name", "role"), ACCOUNTS)
def test_each_role_has_an_account_that_opens_with_what_is_printed(newsroom, username, first_name, role):
    user = authenticate(RequestFactory().post("/"), username=username, password=PASSWORD)
    assert (user.first_name, {*user.roles}, user.is_staff) == (first_name, {role}, True)
    assert not user.is_superuser
    assert PASSWORD in newsroom[1]
    assert f"  {username} " in newsroom[1]


def test_the_addresses_are_printed_relative_to_the_site(newsroom):
    lines = [line.split() for line in newsroom[1].splitlines() if line.startswith("  ")]
    assert ["published", "/articles/sample-uk-poland-treaty/"] in lines
    assert ["scheduled", f"/admin/articles/article/{article('high-seas-agreement').pk}/change/"] in lines
    assert "://" not in newsroom[1]


def test_an_account_of_that_name_without_the_role_is_one_clear_refusal(newsroom):
    User.objects.get(username="editor").groups.clear()
    with pytest.raises(CommandError, match=r"account_taken: .*'editor'"):
        call_command("load_demo")
