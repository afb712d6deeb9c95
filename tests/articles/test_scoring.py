"""The scorecard's numbers are those of a recount from raw rows, by another road."""

import csv
from collections import Counter
from datetime import date, timedelta

import pytest
from django.urls import reverse

from articles import fact_checking, publishing
from articles.corrections import retract
from articles.models import (
    Check,
    Edition,
    Exemption,
    Import,
    MonthScore,
    Recall,
    Release,
    Statement,
    StatementCitation,
    Waiver,
)
from articles.scoring import corrections_of, count_month, month_of, score_of_story
from articles.tasks import count_scores
from tests.articles.admin.pages import html_of, queries, signed_in
from tests.making import NOW, Desk, make_source, make_user

pytestmark = pytest.mark.django_db
JUNE = date(2026, 6, 1)
AFTER = NOW + timedelta(days=40)


@pytest.fixture
def desks():
    """Stories of every kind: with primary sources, with copies, exempt, waived, retracted, of the month before."""
    plain = Desk()
    plain.publish()
    primary = Desk()
    primary.first.kind = "treaty_text"
    primary.first.save()
    primary.publish()
    # Two sources, one origin; and the copy of a document is none at first hand.
    copies = Desk()
    copies.second.derives_from, copies.second.derivation, copies.second.kind = (
        copies.first,
        "wire_copy",
        "document",
    )
    copies.second.save()
    copies.publish()
    exempt = Desk()
    exempt.save(
        body=exempt.body()
        + '<p><span data-segment="cccccccccc" data-exemption="analysis">It matters</span>.</p>'
    )
    fact_checking.exempt(exempt.reload(), "cccccccccc", reason="analysis", by=exempt.duty, now=NOW)
    exempt.publish()
    waived = Desk()
    waived.waive_all()
    waived.approve()
    waived.waive_all()
    publishing.publish(waived.article, by=waived.duty, now=NOW)
    gone = Desk()
    gone.publish()
    retract(gone.article, by=gone.duty, now=NOW, note="Wrong.")
    early = Desk(now=NOW - timedelta(days=20))
    early.publish()
    # Nobody has checked it, and nobody waived that.
    old = Desk()
    Import.objects.create(
        article=old.article,
        archive="old",
        name="old.txt",
        sha256="0" * 64,
        final_newline=True,
        report={},
        by=old.reporter,
        at=NOW,
    )
    publishing.release_as_archive(old.article, published_on=date(2017, 12, 21), by=old.duty, now=NOW)
    return [plain, primary, copies, exempt, waived, gone, early, old]


def recount(now) -> Counter:
    """By the index of statements and the desk's own rows, none of them read by what is tested."""
    june = Release.objects.filter(
        edition__number=1, showing__startswith__year=2026, showing__startswith__month=6
    )
    editions = Edition.objects.listed(now).filter(article__in=june.values("article"))
    figures = Counter(stories=editions.count())
    for statement in Statement.objects.filter(edition__in=editions).select_related("edition"):
        figures["statements"] += 1
        support = StatementCitation.objects.filter(statement=statement, stance="supports").select_related(
            "source"
        )
        sources = [row.source for row in support]
        article, key = statement.edition.article_id, statement.key
        figures["supported"] += bool(sources)
        at_first_hand = ("statement", "document", "treaty_text", "transcript", "interview", "data")
        figures["primary"] += any(s.kind in at_first_hand and not s.derives_from_id for s in sources)
        figures["single_origin"] += len({origin(source) for source in sources}) == 1
        if exemption := Exemption.objects.filter(article=article, place=key).last():
            figures[f"exempt_{exemption.reason}"] += 1
        waivers = Waiver.objects.filter(article=article, place=key)
        figures["not_yet_checked"] += waivers.exists()
        figures["overdue"] += waivers.exists() and not waivers.filter(repair_by__gt=now).exists()
        if check := Check.objects.filter(article=article, segment=key).order_by("at").last():
            figures["checked"] += 1
            figures[f"checked_{30 if now - check.at < timedelta(days=30) else 90}"] += 1
    return +figures


def origin(source) -> int:
    while source.derives_from_id:
        source = source.derives_from
    return source.pk


def test_the_numbers_equal_a_recount_from_raw_rows(desks):
    for now in (NOW + timedelta(minutes=5), AFTER):
        count_month(JUNE, now=now)
        told = Counter()
        for row in MonthScore.objects.filter(month=JUNE):
            told.update(row.figures)
        assert told == recount(now)
        assert {"primary", "single_origin", "exempt_analysis", "not_yet_checked"} <= set(told)
    assert told["overdue"]
    assert told["stories"] == 6


def test_a_storys_score_is_that_of_its_current_edition(desks):
    plain, gone = desks[0], desks[5]
    score = score_of_story(plain.article, now=AFTER)
    assert (score.figures["statements"], score.figures["checked_90"]) == (2, 2)
    assert score.oldest_check_at == NOW
    assert score_of_story(gone.article, now=AFTER) is None


def test_counting_again_counts_nothing_twice(desks):
    count_month(JUNE, now=AFTER)
    before = list(MonthScore.objects.values_list("language", "figures"))
    count_month(JUNE, now=AFTER)
    assert list(MonthScore.objects.values_list("language", "figures")) == before


def test_the_time_to_correct_is_the_median_of_what_was_closed_in_the_month(desks):
    by = desks[0].editor
    for hours in (2, 10, 5):
        Recall.objects.create(
            source=make_source(by),
            reason="Wrong.",
            opened_by=by,
            opened_at=NOW,
            closed_by=by,
            closed_at=NOW + timedelta(hours=hours),
        )
    Recall.objects.create(source=make_source(by), reason="Wrong.", opened_by=by, opened_at=NOW)
    told = corrections_of(JUNE, now=AFTER)
    assert (told.closed, told.median_hours, told.open) == (3, 5, 1)
    assert corrections_of(date(2026, 7, 1), now=AFTER).median_hours is None


@pytest.mark.parametrize(
    ("role", "status"),
    [("editor", 200), ("duty_editor", 200), ("administrator", 200), ("reporter", 403), ("fact_checker", 403)],
)
def test_who_sees_the_scorecard(role, status):
    assert signed_in(make_user(role)).get(reverse("admin:scorecard")).status_code == status


def test_the_page_shows_what_was_counted_and_gives_it_as_a_file(desks):
    count_month(JUNE, now=AFTER)
    editor = signed_in(desks[0].editor)
    url = reverse("admin:scorecard", query={"month": "2026-06"})
    few = queries(editor, url)
    html = html_of(editor, url)
    assert 'data-figure="primary"' in html
    rows = list(csv.DictReader(html_of(editor, url + "&form=csv").splitlines()))
    assert len(rows) == 12
    assert (rows[-1]["month"], rows[-1]["stories"]) == ("2026-06", "6")
    count_month(date(2026, 5, 1), now=AFTER)
    assert queries(editor, url) == few
    assert rows[-1]["primary"] == str(recount(AFTER)["primary"])
    story = html_of(editor, reverse("admin:scorecard_story", args=[desks[0].article.pk]))
    assert 'data-figure="statements"' in story


@pytest.mark.parametrize(
    "asked",
    [{"month": "2026-13"}, {"month": "x"}, {"month": "2099-01"}, {"language": "xx"}, {"section": "-1"}],
)
def test_what_cannot_be_asked_is_a_bad_request(asked):
    assert signed_in(make_user("editor")).get(reverse("admin:scorecard"), asked).status_code == 400


def test_the_month_is_that_of_the_newsrooms_clock(settings):
    settings.NEWSROOM_TIME_ZONE = "Europe/Warsaw"
    assert month_of(NOW.replace(day=30, hour=23)) == date(2026, 7, 1)
    assert month_of(NOW, 6) == date(2025, 12, 1)
    count_scores(timestamp=0)
