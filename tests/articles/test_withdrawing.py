"""A source is withdrawn: what waits is held, and what shows says so on every surface."""

import gzip
import threading
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection

from articles import publishing, tasks
from articles.models import Edition, Rendering
from articles.publishing import going_out
from articles.readiness import NotReady
from articles.withdrawing import reinstate_source, withdraw_source
from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from sources.models import Source
from tests.articles.rendering.html import read
from tests.making import NOW, Desk, cite, make_source

pytestmark = pytest.mark.django_db
PAGE = "/articles/a-treaty/"
REASON = "The figures were <made> up & the author says so."


def later(**delta):
    return NOW + timedelta(**delta)


@pytest.fixture
def desk():
    return Desk(slug="a-treaty")


def withdraw(desk, source, *, by=None, **options) -> Source:
    given = {"now": later(hours=1), "withdrawn_by": "publisher", "reason": REASON}
    return withdraw_source(source, by=by or desk.editor, **given | options)


def get(client, moment, path=PAGE, **headers):
    with time_machine.travel(moment, tick=False):
        return client.get(path, headers=headers)


def renderings():
    rows = Rendering.objects.order_by("edition", "representation")
    return [(r.edition_id, r.representation, r.etag, bytes(r.plain), bytes(r.gzipped)) for r in rows]


def test_the_page_says_it_at_the_source_and_strikes_its_number(desk, client):
    desk.publish()
    before = get(client, later(hours=1))
    withdraw(desk, desk.first)
    answer = get(client, later(hours=1, seconds=1))

    page = read(answer.text)
    entry = page.one(id="src-1").one("p", class_="withdrawn")
    assert entry.text == f"Withdrawn by its publisher on 1 June 2026: {REASON}"
    struck = [link for link in page.all("a", role="doc-noteref") if link.all("s")]
    assert [(link.text, link["href"]) for link in struck] == [("1", "#src-1")]
    assert struck[0]["aria-label"] == f"Source 1, withdrawn: {desk.first.title}"
    assert page.one(class_="aside").text.startswith("A source of this article was withdrawn")
    assert "&lt;made&gt; up &amp; the author" in answer.text

    assert answer["ETag"] != before["ETag"]
    again = get(client, later(hours=1, seconds=1), if_none_match=before["ETag"])
    assert again.status_code == 200
    packed = get(client, later(hours=1, seconds=1), accept_encoding="gzip")
    assert gzip.decompress(packed.content) == answer.content


def test_its_number_is_struck_also_beside_who_is_quoted(desk, client):
    desk.publish()
    withdraw(desk, desk.second, withdrawn_by="newsroom")
    page = read(get(client, later(hours=2)).text)
    (link,) = [link for link in page.one(class_="speakers").all("a") if link["href"] == "#src-2"]
    assert link.one("s").text == "2"
    assert "withdrawn" in link["aria-label"]
    assert (
        page.one(id="src-2").one("p", class_="withdrawn").text.startswith("Withdrawn by us on 1 June 2026:")
    )


def test_the_api_says_it_too(desk, client):
    desk.publish()
    path = f"/api/v1/articles/{desk.article.public_id}/"
    assert [s["withdrawn"] for s in get(client, later(hours=1), path).json()["sources"]] == [None, None]
    withdraw(desk, desk.second, withdrawn_by="newsroom")
    told = get(client, later(hours=2), path).json()["sources"]
    assert [source["withdrawn"] for source in told] == [
        None,
        {"at": "2026-06-01T13:00:00Z", "by": "newsroom", "reason": REASON},
    ]


def test_of_a_confidential_source_no_surface_tells_more_than_the_day(desk, client):
    hidden = make_source(desk.reporter, confidential=True, public_label="a diplomat", title="", url="")
    cite(desk.claim, hidden, by=desk.reporter)
    desk.publish()
    withdraw(desk, hidden, now=NOW.replace(hour=23, minute=47))
    answer = get(client, later(days=1), f"/api/v1/articles/{desk.article.public_id}/").json()
    assert [s["withdrawn"]["at"] for s in answer["sources"] if s["confidential"]] == ["2026-06-02T00:00:00Z"]
    path = f"/sources/{hidden.public_id}/"
    assert get(client, later(days=1), f"/api/v1{path}").json()["withdrawn"]["at"] == "2026-06-02T00:00:00Z"
    told = read(get(client, later(days=1), path).text).one(class_="grave").one("time")
    assert (told["datetime"], told.text) == ("2026-06-02", "2 June 2026")
    for surface in (f"/articles/{desk.article.slug}/", "/feeds/atom.xml"):
        assert "Last-Modified" not in get(client, later(days=1), surface).headers


def test_what_does_not_cite_it_stays_as_it_is(desk):
    desk.publish()
    other = Desk().publish()
    before = [entry for entry in renderings() if entry[0] == other.pk]
    withdraw(desk, desk.first)
    assert [entry for entry in renderings() if entry[0] == other.pk] == before


def test_what_waits_is_held_in_the_same_act_and_what_shows_is_marked(desk, client):
    desk.publish()
    desk.save(headline="A treaty was signed")
    waits = desk.publish(at=later(hours=2))
    withdraw(desk, desk.first)

    waits.refresh_from_db()
    assert (waits.release.held_for, waits.release.showing.isempty) == ("source_withdrawn", True)
    for moment in (later(hours=2, seconds=-1), later(hours=2, seconds=1)):
        text = get(client, moment).text
        assert "A treaty is signed" in text
        assert "Withdrawn by its publisher" in text
    entry = AuditEvent.objects.get(act="source.withdrawn")
    assert (entry.by, entry.object_id) == (desk.editor, desk.first.public_id)
    assert entry.data == {
        "withdrawn_by": "publisher",
        "reason": REASON,
        "held": [[desk.article.public_id, 2]],
    }


def test_what_waits_and_no_longer_cites_it_still_shows(desk, client):
    desk.publish()
    desk.claim.citations.filter(source=desk.first).delete()
    desk.save(headline="A treaty was signed")
    desk.publish(at=later(hours=2))
    withdraw(desk, desk.first)
    assert "Withdrawn by" in get(client, later(hours=2, seconds=-1)).text
    text = get(client, later(hours=2, seconds=1)).text
    assert "A treaty was signed" in text
    assert "Withdrawn by" not in text


def test_rebuilding_gives_the_bytes_of_the_act(desk):
    desk.publish()
    desk.save(headline="A treaty was signed")
    desk.publish(now=later(minutes=1))
    withdraw(desk, desk.first)
    tasks.remake_outdated()
    made = renderings()
    assert sum(b"Withdrawn by its publisher" in plain for *_rest, plain, _packed in made) == 2

    Rendering.objects.update(plain=b"spoilt", gzipped=b"spoilt", etag="spoilt")
    call_command("rebuild_renderings", all=True, verbosity=0)
    assert renderings() == made


def test_reinstating_gives_the_bytes_from_before_and_shows_nothing_that_was_held(desk, client):
    desk.publish()
    before = renderings()
    desk.save(headline="A treaty was signed")
    waits = desk.publish(at=later(hours=2))
    source = withdraw(desk, desk.first)
    reinstate_source(source, by=desk.duty, now=later(hours=1, minutes=5), reason="A mix-up.")

    assert renderings() == before
    assert "A treaty is signed" in get(client, later(hours=2, seconds=1)).text
    assert not Rendering.objects.filter(edition=waits).exists()
    source.refresh_from_db()
    assert (source.withdrawn_at, source.withdrawn_by, source.withdrawal_reason) == (None, "", "")
    assert AuditEvent.objects.get(act="source.reinstated").data == {"reason": "A mix-up."}
    desk.now = later(hours=3)
    assert desk.publish().number == 3


def test_nothing_that_rests_on_a_withdrawn_source_is_published(desk):
    desk.check_all()
    withdraw(desk, desk.first)
    desk.approve()
    with pytest.raises(NotReady) as refused:
        publishing.publish(desk.article, by=desk.duty, now=later(hours=2))
    assert "source_withdrawn" in {blocker.code for blocker in refused.value.blockers}


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"withdrawn_by": "somebody"}, "withdrawn_by_unknown"),
        ({"reason": " "}, "reason_missing"),
        ({"reason": "x" * 501}, "text_too_long"),
        ({"reason": "a\x00b"}, "text_unreadable"),
    ],
)
def test_a_withdrawal_is_refused_with_a_code_and_changes_nothing(desk, options, code):
    desk.publish()
    before = renderings()
    with pytest.raises(DomainError) as refused:
        withdraw(desk, desk.first, **options)
    assert refused.value.code == code
    assert renderings() == before
    desk.first.refresh_from_db()
    assert desk.first.withdrawn_at is None


@pytest.mark.parametrize("who", ["reporter", "checker"])
def test_an_editor_or_duty_editor_withdraws(desk, who):
    with pytest.raises(DomainError) as refused:
        withdraw(desk, desk.first, by=getattr(desk, who))
    assert refused.value.code == "not_allowed"


def test_it_is_withdrawn_once_and_reinstated_once(desk):
    with pytest.raises(DomainError) as refused:
        reinstate_source(desk.first, by=desk.duty, now=NOW, reason="A mix-up.")
    assert refused.value.code == "not_withdrawn"
    withdraw(desk, desk.first)
    with pytest.raises(DomainError) as refused:
        withdraw(desk, desk.first)
    assert refused.value.code == "withdrawn_already"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("at", [None, later(hours=5)])
def test_what_is_being_published_while_it_is_withdrawn_is_not_missed(monkeypatch, at):
    """The withdrawal comes when the edition is made and not yet kept: it waits, and then finds it."""
    desk = Desk()
    desk.check_all()
    desk.approve()
    inside, broken = threading.Event(), []
    make_edition = going_out.make_edition

    def slowly(*arguments, **options):
        edition = make_edition(*arguments, **options)
        inside.set()
        assert waits_for_its_turn(20)
        return edition

    def in_thread(act, *arguments, **options):
        try:
            act(*arguments, **options)
        except Exception as error:
            broken.append(repr(error))
        finally:
            connection.close()

    monkeypatch.setattr(going_out, "make_edition", slowly)
    publisher = threading.Thread(
        target=in_thread,
        args=[publishing.publish, desk.article],
        kwargs={"by": desk.duty, "now": later(hours=1), "at": at},
    )
    publisher.start()
    assert inside.wait(20)
    withdrawer = threading.Thread(target=in_thread, args=[withdraw, desk, desk.first])
    withdrawer.start()
    for thread in (publisher, withdrawer):
        thread.join()

    assert broken == []
    edition = Edition.objects.get()
    if at:
        assert edition.release.held_for == "source_withdrawn"
    else:
        page = edition.renderings.get(representation="page")
        assert b"Withdrawn by its publisher" in bytes(page.plain)


def waits_for_its_turn(seconds: int) -> bool:
    """Whether somebody comes to wait for an advisory lock within ``seconds``; asked of the server by turns."""
    with connection.cursor() as cursor:
        for _ in range(seconds * 50):
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
                " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            )
            if cursor.fetchone()[0]:
                return True
            cursor.execute("SELECT pg_sleep(0.02)")
    return False
