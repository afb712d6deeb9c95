"""The list of one's own notices, the bell, and the choices."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from newsroom.notices import reading
from newsroom.notices.choosing import choices_of
from newsroom.notices.kinds import KINDS
from newsroom.notices.models import Notice
from newsroom.notices.telling import tell
from tests.articles.admin.pages import html_of, signed_in
from tests.making import NOW, Desk, make_user
from tests.newsroom.notices.test_telling import with_address

pytestmark = pytest.mark.django_db

LIST = "/admin/notices/"


def told(user, n=1):
    return [tell([user], "article.submitted", None, by=None, now=NOW)[0] for _ in range(n)]


def test_the_list_pages_through_unread_ones_first_and_none_is_lost():
    user = make_user("editor")
    notices = told(user, reading.PAGE * 2 + 5)
    for notice in notices[-10:]:
        reading.mark_read(user, notice.pk, now=NOW)
    seen, cursor = [], ""
    while True:
        page = reading.page_of(user, cursor)
        seen += [notice.pk for notice in page.notices]
        cursor = page.after
        if not cursor:
            break
    keys = [notice.pk for notice in notices]
    assert seen == keys[-11::-1] + keys[:-11:-1]


@pytest.mark.parametrize("cursor", ["x1", "u", "u-1", "u" + "9" * 19, "u1\x00", "u²"])
def test_a_cursor_not_made_here_is_refused(cursor):
    assert signed_in(make_user("editor")).get(LIST, {"after": cursor}).status_code == 400


def test_the_bell_counts_to_ninety_nine_in_one_query():
    user = make_user("editor")
    client = signed_in(user)
    html_of(client, LIST)
    with CaptureQueriesContext(connection) as before:
        assert "desk-bell" in html_of(client, LIST)
    told(user, 2)
    assert '<b aria-hidden="true">2</b>' in html_of(client, LIST)
    told(user, 100)
    with CaptureQueriesContext(connection) as after:
        assert '<b aria-hidden="true">99+</b>' in html_of(client, LIST)
    assert len(after) == len(before)


def test_opening_a_notice_reads_it_and_leads_to_what_it_is_about():
    desk = Desk()
    (notice,) = tell([desk.reporter], "article.approved", desk.article, by=desk.editor, now=NOW)
    answer = signed_in(desk.reporter).get(reverse("admin:notice_open", args=[notice.pk]))
    assert answer["Location"] == reverse("admin:articles_article_ready", args=[desk.article.pk])
    notice.refresh_from_db()
    assert notice.read_at


def test_nobody_opens_or_reads_anothers_notice():
    mine, other = make_user("editor"), make_user("editor")
    (notice,) = told(mine)
    client = signed_in(other)
    assert client.get(reverse("admin:notice_open", args=[notice.pk])).status_code == 404
    assert client.get(f"/admin/notices/{2**63}/").status_code == 404
    client.post(reverse("admin:notices_read"), {"up_to": notice.pk})
    assert reading.unread(mine) == 1


def test_all_that_was_shown_is_marked_read_and_what_came_since_is_not():
    user = make_user("editor")
    shown, since = told(user, 2)
    client = signed_in(user)
    assert client.get(reverse("admin:notices_read")).status_code == 405
    for wrong in ("", "x", "9" * 30, "-1", "١"):
        assert client.post(reverse("admin:notices_read"), {"up_to": wrong}).status_code == 400
    client.post(reverse("admin:notices_read"), {"up_to": shown.pk})
    assert list(Notice.objects.filter(read_at=None)) == [since]


def test_a_notice_shows_no_word_of_a_draft_to_who_may_see_none_any_more():
    desk = Desk()
    tell(
        [desk.reporter], "article.sent_back", desk.article, by=desk.editor, now=NOW, words="The envoy's name."
    )
    client = signed_in(desk.reporter)
    assert desk.article.headline in html_of(client, LIST)
    desk.reporter.groups.clear()
    html = html_of(signed_in(desk.reporter), LIST)
    assert "sent “" in html
    assert not any(word in html for word in (desk.article.headline, desk.article.slug, "envoy"))


def test_what_is_written_in_a_notice_is_text():
    desk = Desk()
    words = "<script>alert(1)</script>"
    tell([desk.reporter], "article.sent_back", desk.article, by=desk.editor, now=NOW, words=words)
    assert words not in html_of(signed_in(desk.reporter), LIST)


def test_the_list_costs_the_same_for_one_and_for_many():
    desk = Desk()
    client = signed_in(desk.reporter)

    def cost():
        with CaptureQueriesContext(connection) as asked:
            html_of(client, LIST)
        return len(asked)

    tell([desk.reporter], "article.approved", desk.article, by=desk.editor, now=NOW)
    html_of(client, LIST)
    few = cost()
    for _ in range(5):
        tell([desk.reporter], "article.approved", desk.article, by=make_user("editor"), now=NOW)
    assert cost() == few


def test_choices_are_each_persons_own_page():
    user = with_address(make_user("editor"))
    client = signed_in(user)
    url = reverse("admin:notice_choices")
    html_of(client, url)
    ways = {name: str(kind.way) for name, kind in KINDS.items()} | {"article.sent_back": "desk"}
    assert client.post(url, ways | {"language": "pl"}).status_code == 302
    chosen = choices_of(user)
    assert (chosen.ways, chosen.language) == ({"article.sent_back": "desk"}, "pl")
    refused = client.post(url, ways | {"article.removal_to_confirm": "desk"})
    assert refused.status_code == 200
    assert "desk-error" in refused.content.decode()


@pytest.mark.parametrize("name", ["notices", "notice_choices"])
def test_who_is_not_signed_in_sees_nothing(client, name):
    assert client.get(reverse(f"admin:{name}")).status_code == 302
