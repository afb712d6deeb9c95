"""The chains of editions prove that nothing was changed, or say where."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from articles.verifying import first_break
from tests.making import NOW, Desk

pytestmark = pytest.mark.django_db

FAULTS = {
    "digest_differs": "UPDATE articles_editioncontent SET document = replace(document, 'treaty', 'pact')",
    "chain_broken": "UPDATE articles_edition SET previous_digest = repeat('0', 64) WHERE number = 2",
    "content_missing": "DELETE FROM articles_editioncontent",
    "number_missing": "UPDATE articles_edition SET number = 3 WHERE number = 2",
}
# The digests stand: what was exchanged is the row, or the row and its digest.
EXCHANGED = {
    "kind": "UPDATE articles_edition SET kind = 'minor' WHERE number = 2",
    "article": "UPDATE articles_article SET public_id = 'other0000000'",
    "no document": """WITH other AS (UPDATE articles_editioncontent SET document = '[]' RETURNING edition_id)
        UPDATE articles_edition SET digest = encode(sha256('[]'), 'hex') WHERE number = 1""",
}


@pytest.fixture
def desk():
    desk = Desk(slug="the-story")
    desk.publish()
    desk.save(headline="A treaty has been signed")
    desk.publish(now=NOW.replace(hour=15))
    return desk


def test_whole_chains_verify(desk):
    out = StringIO()
    call_command("verify_editions", stdout=out)
    assert out.getvalue() == "2 editions verified\n"


@pytest.mark.parametrize("statement", EXCHANGED.values(), ids=EXCHANGED)
def test_a_row_that_does_not_say_what_its_document_says_is_found(desk, statement):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement)
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert first_break().code == "document_differs"


@pytest.mark.parametrize("code", FAULTS)
def test_a_fault_past_all_triggers_is_found_and_named(desk, code):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(FAULTS[code])
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert first_break().code == code
    with pytest.raises(CommandError, match=f"{code}: the-story edition"):
        call_command("verify_editions")
