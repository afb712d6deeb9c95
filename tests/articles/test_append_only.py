"""What is written once stays, whatever road is tried; what releases may not do; where a delete is refused."""

from datetime import timedelta

import pytest
from django.db import Error, IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import ProtectedError

from articles.models import (
    ChallengeOutcome,
    Change,
    Check,
    Citation,
    Edition,
    EditionContent,
    Exemption,
    Release,
    SignOff,
    Statement,
    StatementCitation,
    StatementQuote,
    Waiver,
)
from newsroom.audit.models import AuditEvent
from tests.articles.challenges import doubted, resolved, told
from tests.making import NOW, Desk

pytestmark = pytest.mark.django_db

FILLED = [Edition, EditionContent, Statement, StatementQuote, StatementCitation, Change, AuditEvent]
FILLED += [Check, SignOff, ChallengeOutcome]


@pytest.fixture
def desk():
    desk = Desk()
    desk.edition = desk.publish()
    told(desk, resolved(desk, doubted(desk)))
    return desk


@pytest.mark.parametrize("model", FILLED, ids=lambda model: model.__name__)
@pytest.mark.parametrize("sql", ["UPDATE {t} SET {c} = {c}", "DELETE FROM {t}", "TRUNCATE {t} CASCADE"])
def test_append_only_tables_refuse_raw_sql(desk, model, sql):
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            "SET CONSTRAINTS ALL IMMEDIATE"
        )  # Else pending ones would stop a TRUNCATE by themselves.
        with pytest.raises(Error, match="Cannot"), transaction.atomic():
            cursor.execute(sql.format(t=table, c=column))


@pytest.mark.parametrize("model", [*FILLED, Exemption, Waiver], ids=lambda model: model.__name__)
def test_append_only_tables_have_both_triggers(model):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass", [model._meta.db_table])
        names = [name for (name,) in cursor.fetchall()]
    for wanted in ("append_only", "no_truncate"):
        assert any(wanted in name for name in names), names


def test_two_releases_of_an_article_do_not_overlap(desk):
    other = Desk().publish()
    with pytest.raises(IntegrityError, match="release_no_overlap"), transaction.atomic():
        Release.objects.filter(edition=other).update(article=desk.article)


def test_what_a_public_edition_refers_to_is_not_deleted(desk):
    for record in (desk.claim, desk.quote, desk.first, desk.speaker, desk.article):
        with pytest.raises(ProtectedError):
            record.delete()


@pytest.mark.parametrize("fields", [{"claim": None, "quote": None}, {"both": True}], ids=["neither", "both"])
def test_a_citation_is_of_one_claim_or_one_quote(desk, fields):
    owners = {"claim": desk.claim, "quote": desk.quote} if fields.get("both") else fields
    with pytest.raises(IntegrityError, match="citation_of_claim_or_quote"), transaction.atomic():
        Citation.objects.create(**owners, source=desk.first, chosen_by=desk.reporter, created_at=NOW)


def test_an_edition_number_is_used_once(desk):
    with pytest.raises(IntegrityError, match="edition_number_once"), transaction.atomic():
        Edition.objects.create(
            article=desk.article,
            number=1,
            kind="first",
            digest="0" * 64,
            published_by=desk.duty,
            created_at=NOW,
        )


def test_the_desk_keeps_every_version_of_a_draft(desk):
    desk.save(headline="Another headline")
    headlines = list(desk.article.events.order_by("pgh_id").values_list("headline", flat=True))
    assert headlines[0] == "A treaty is signed"
    assert headlines[-1] == "Another headline"


def test_a_withdrawn_release_shows_at_no_time(desk):
    Release.objects.update(showing=DateTimeTZRange(empty=True))
    for moment in (NOW, NOW + timedelta(days=1)):
        assert not Edition.objects.released(moment).exists()
        assert not Edition.objects.waiting(moment).exists()
