"""What the newsroom says of itself: written by one person, approved by another, earlier texts readable."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from articles.body.unmarked import unmarked_html
from articles.demo.plans import pages
from articles.models import SitePage
from articles.rules.site_pages import PAGES, Subject
from articles.site_pages import approve_page, write_page
from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from tests.articles.admin.pages import signed_in
from tests.articles.rendering.html import read
from tests.making import NOW, make_user

pytestmark = pytest.mark.django_db
ADMIN = "/admin/pages/ethics/en/"


@pytest.fixture
def writer():
    return make_user("editor")


@pytest.fixture
def second():
    return make_user("duty_editor")


def written(writer, body="<p>We take no gifts.</p>", *, language="en", title="Our ethics", after=0):
    return write_page("ethics", language, title=title, body=body, after=after, by=writer, now=NOW)


def shown(writer, second, *args, now=NOW, **options):
    return approve_page(written(writer, *args, **options), by=second, now=now)


def test_a_text_is_seen_once_somebody_other_than_its_writer_has_approved_it(client, writer, second):
    page = written(writer)
    assert "no gifts" not in client.get("/ethics/").text
    with pytest.raises(DomainError) as refused:
        approve_page(page, by=writer, now=NOW)
    assert refused.value.code == "own_text"
    approve_page(page, by=second, now=NOW)
    answer = client.get("/ethics/")
    assert "We take no gifts." in answer.text
    assert read(answer.text).one("h1").text == "Our ethics"
    assert answer["Surrogate-Key"] == "page-ethics"
    assert client.get("/ethics/", headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert list(AuditEvent.objects.order_by("pk").values_list("act", flat=True)) == [
        "page.written",
        "page.approved",
    ]


def test_readers_keep_the_approved_text_while_the_next_one_waits_and_may_open_those_before(
    client, writer, second
):
    shown(writer, second)
    waiting = written(writer, "<p>We take no gifts and no travel.</p>", after=1)
    assert "no travel" not in client.get("/ethics/").text
    assert client.get("/ethics/en/versions/2/").status_code == 404
    approve_page(waiting, by=second, now=NOW + timedelta(days=2))
    page = client.get("/ethics/").text
    assert "no travel" in page
    assert "3 June 2026" in page
    before = client.get("/ethics/en/versions/1/").text
    assert "We take no gifts." in before
    assert "This is what this page said before." in before
    assert "noindex" in before
    assert "noindex" not in page


def test_what_is_not_in_the_allowlist_is_not_kept(client, writer, second):
    body = (
        '<h2 onclick="x()">Gifts</h2><script>alert(1)</script><p>None, <a href="javascript:x()">never</a> '
        '<span data-segment="aaaaaaaaaa" data-claim="bbbb">at all</span>.</p><figure data-image="cccc">'
        "<figcaption>Nor here.</figcaption></figure>"
    )
    page = shown(writer, second, body)
    assert page.body == "<h2>Gifts</h2><p>None, never at all.</p><p>Nor here.</p>"
    assert "<h2>Gifts</h2>" in client.get("/ethics/").text


HOSTILE = [
    "<p>Gifts<img src=x onerror=alert(1)></p><svg/onload=alert(1)>",
    '<p onmouseover="alert(1)" style="color:red">Gifts</p><iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<p><a href="java&#115;cript:alert(1)">Gifts</a> <a href="//evil.example" onclick="x()">there</a></p>',
    "<p>Gifts &lt;script&gt;alert(1)&lt;/script&gt;</p><!--><script>alert(1)</script-->",
    "<h2><script/x>alert(1)</script></h2><p>Gifts<a href='https://a.example/\"onclick=\"alert(1)'>here</a></p>",
]


def test_a_text_that_came_into_its_row_by_another_way_does_no_harm(client, writer, second):
    for number, hostile in enumerate(HOSTILE, 1):
        facts = {"subject": "ethics", "language": "en", "number": number, "title": "Ethics", "body": hostile}
        page = SitePage.objects.create(**facts, written_by=writer, written_at=NOW)
        desk = signed_in(second).get(ADMIN).text
        approve_page(page, by=second, now=NOW)
        clean = unmarked_html(hostile)
        assert "Gifts" in clean
        for element in read(clean).all():
            assert element.tag in {"h2", "p", "a"}
            assert all(name == "href" and at[:8] == "https://" for name, at in element.attributes.items())
        for html in (desk, client.get("/ethics/").text):
            assert clean in html
            assert hostile not in html


def test_each_language_has_a_text_and_names_the_others(client, writer, second):
    assert client.get("/ethics/pl/").status_code == 302
    shown(writer, second)
    shown(writer, second, "<p>Nie bierzemy prezentów.</p>", language="pl", title="Zasady")
    polish = client.get("/ethics/pl/")
    assert '<html lang="pl">' in polish.text
    assert "nie bierzemy prezentów" in polish.text.lower()
    assert 'hreflang="en"' in polish.text
    assert (client.get("/ethics/en/").status_code, client.get("/ethics/en/")["Location"]) == (301, "/ethics/")
    assert "/about/pl/" in polish.text


@pytest.mark.parametrize(
    "path",
    [
        "/ethics/de/",
        "/ethics/en/versions/1/",
        "/ethics/pl/versions/9999999999/",
        "/ethics/xx/versions/1/",
        "/ethic/",
    ],
)
def test_a_text_nobody_wrote_is_no_page(client, path):
    assert client.get(path).status_code == 404


def test_a_page_nobody_wrote_says_so_and_is_not_indexed(client):
    for subject in Subject:
        answer = client.get(f"/{subject}/")
        assert (subject, answer.status_code) == (subject, 200)
        assert "Nothing has been written here yet." in answer.text
        assert "noindex" in answer.text


def test_a_page_is_two_queries_however_often_it_was_rewritten(
    client, writer, second, django_assert_num_queries
):
    for number in range(4):
        shown(writer, second, f"<p>Text {number}.</p>", after=number)
    for path in ("/ethics/", "/ethics/en/versions/2/"):
        with django_assert_num_queries(2):
            client.get(path)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": " "}, "title_missing"),
        ({"title": "x" * 101}, "text_too_long"),
        ({"title": "a\x00b"}, "text_unreadable"),
        ({"body": "<p> </p>"}, "text_missing"),
        ({"body": "x" * 50_001}, "text_too_long"),
        ({"after": 0}, "page_changed"),
        ({"after": 2}, "page_changed"),
        ({}, "nothing_changed"),
    ],
)
def test_a_text_that_cannot_be_is_refused_and_changes_nothing(writer, change, code):
    written(writer)
    facts = {"title": "Our ethics", "body": "<p>We take no gifts.</p>", "after": 1} | change
    with pytest.raises(DomainError) as refused:
        write_page("ethics", "en", by=writer, now=NOW, **facts)
    assert refused.value.code == code
    assert SitePage.objects.count() == 1


def test_only_the_latest_text_is_approved_and_once(writer, second):
    first = written(writer)
    latest = written(second, "<p>Another.</p>", after=1)
    for page, by, code in ((first, second, "page_changed"), (latest, second, "own_text")):
        with pytest.raises(DomainError) as refused:
            approve_page(page, by=by, now=NOW)
        assert refused.value.code == code
    approve_page(latest, by=writer, now=NOW)
    with pytest.raises(DomainError) as refused:
        approve_page(latest, by=writer, now=NOW)
    assert refused.value.code == "approved_already"
    with pytest.raises(DomainError) as refused:
        written(make_user("reporter"), "<p>Mine.</p>", after=2)
    assert refused.value.code == "not_allowed"


def test_the_desk_writes_and_approves_it_on_one_page(client, writer, second):
    first = signed_in(writer)
    assert "not written yet" in first.get(reverse("admin:site_pages")).text
    typed = {"act": "write_page", "title": "Ethics", "body": "<p>No gifts.</p>", "after": 0}
    assert first.post(ADMIN, typed).status_code == 302
    page = first.get(ADMIN).text
    assert 'data-act="approve_page"' not in page
    other = signed_in(second)
    page = other.get(ADMIN).text
    covered = re.search(r'name="fingerprint" value="([0-9a-z]+)"', page)[1]
    assert other.post(ADMIN, {"act": "approve_page", "fingerprint": covered}).status_code == 302
    assert "No gifts." in client.get("/ethics/").text
    again = first.post(ADMIN, typed | {"body": "<p>Late.</p>"})
    assert 'data-code="page_changed"' in again.text
    assert other.post(ADMIN, {"act": "approve_page", "fingerprint": "x"}).status_code == 400
    assert other.post(ADMIN, {"act": "retract"}).status_code == 400


def test_the_pages_are_for_editors(client):
    for role, status in (("reporter", 403), ("fact_checker", 403), ("administrator", 403), ("editor", 200)):
        person = signed_in(make_user(role))
        assert (role, person.get(reverse("admin:site_pages")).status_code) == (role, status)
        assert (role, person.get(ADMIN).status_code) == (role, status)
    assert signed_in(make_user("editor")).get("/admin/pages/nothing/en/").status_code == 404


def test_the_demo_has_every_page_in_every_language():
    texts = pages()
    assert set(texts) == set(PAGES)
    assert all(title and len(body) > 200 for title, body in texts.values())
