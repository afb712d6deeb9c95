"""The story's page saves by itself: through the act, for a new article too, and whatever is sent to it."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from articles import draft_locks, drafting
from articles.models import Article, DraftLock
from newsroom.audit.models import AuditEvent
from tests.articles.admin.pages import html_of, press_on, queries, refusals_on, signed_in, write
from tests.making import NOW, Desk

pytestmark = pytest.mark.django_db
PAGE = "000000000001"


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def reporter(desk):
    return signed_in(desk.reporter)


def at(name: str, article=None) -> str:
    return reverse(f"admin:articles_article_{name}", args=[article.pk] if article else [])


def typed(article=None, **facts) -> dict:
    """The form as the page sends it."""
    if article:
        facts = {
            "headline": article.headline,
            "standfirst": article.standfirst,
            "body": article.body,
            "headline_rests_on": article.headline_rests_on,
            "standfirst_rests_on": article.standfirst_rests_on,
            "slug": article.slug,
            "version": article.version,
        } | facts
    return {"language": "en", "page": PAGE} | facts


def test_a_page_saves_by_itself_through_the_act(desk, reporter):
    answer = reporter.post(at("autosave", desk.article), typed(desk.article, headline="Typed"))
    assert (answer.status_code, answer.json()["version"], answer.json()["stage"]) == (200, 2, "draft")
    assert desk.reload().headline == "Typed"
    assert AuditEvent.objects.filter(act="article.saved").latest("pk").data["unattended"] is True
    assert DraftLock.objects.get().holder == desk.reporter
    again = reporter.post(at("autosave", desk.article), typed(desk.article, headline="Typed", version=1))
    assert (again.status_code, again.json()["version"]) == (200, 2)


def test_the_first_save_of_a_new_article_makes_it_once_and_goes_on_with_it(desk, reporter):
    first = reporter.post(at("autosave_new"), typed(headline="A tr"))
    assert first.status_code == 201
    article = Article.objects.latest("pk")
    assert first.json()["addresses"]["change"] == at("change", article)
    # The answer was lost: the page asks again and means the same article.
    again = reporter.post(at("autosave_new"), typed(headline="A treaty of"))
    assert (again.status_code, again.json()["addresses"]["change"]) == (200, at("change", article))
    version = again.json()["version"]
    last = reporter.post(at("autosave", article), typed(headline="A treaty of Nancy", version=version))
    assert last.status_code == 200
    assert Article.objects.latest("pk") == article
    article.refresh_from_db()
    assert (article.headline, article.slug) == ("A treaty of Nancy", "a-treaty-of-nancy")


def test_an_unfinished_draft_saves(desk, reporter):
    assert reporter.post(at("autosave_new"), typed(body="<p>Only a")).status_code == 201
    assert Article.objects.latest("pk").headline == ""


HOSTILE = [
    ({"headline": "a\x00b"}, 400),
    ({"body": "<p>a\x00b</p>"}, 400),
    ({"slug": "a\x00b"}, 400),
    ({"slug": "a" * 5000}, 400),
    ({"language": "xx"}, 400),
    ({"headline": "x" * 201}, 400),
    ({"headline": "turned \u202e round"}, 409),
    ({"headline_rests_on": ["zzzzzzzzzz"]}, 400),
    ({"version": "one"}, 400),
    ({"version": "-1"}, 400),
    ({"version": "9" * 400}, 400),
    ({"version": "7"}, 409),
    ({"version": ""}, 409),
    ({"page": "<script>"}, 409),
    ({"page": ""}, 409),
]


def test_whatever_is_sent_is_refused_in_words_and_changes_nothing(desk, reporter):
    before = Article.objects.filter(pk=desk.article.pk).values().get()
    for facts, status in HOSTILE:
        answer = reporter.post(
            at("autosave", desk.article), typed(desk.article, **({"standfirst": "X"} | facts))
        )
        assert (facts, answer.status_code) == (facts, status)
        assert set(answer.json()) == {"code", "message"}
    assert Article.objects.filter(pk=desk.article.pk).values().get() == before


def test_other_ways_to_ask_are_refused(desk, reporter):
    url = at("autosave", desk.article)
    assert reporter.get(url).status_code == 405
    assert reporter.post(url, json.dumps(typed()), content_type="application/json").status_code == 409
    assert reporter.post(url, "%00=%ff&headline", content_type="text/plain").status_code == 409
    big = reporter.post(url, typed(desk.article, body="x" * (5 * 1024 * 1024 + 1)))
    assert 400 <= big.status_code < 500
    many = reporter.post(url, {f"f{n}": "x" for n in range(6000)})
    assert 400 <= many.status_code < 500
    assert reporter.post(f"/admin/articles/article/{2**70}/autosave/", typed()).status_code == 404
    assert desk.reload().version == 1


def test_who_may_not_write_saves_nothing_by_any_door(desk):
    for user, status in ((desk.checker, 403), (None, 302)):
        client = signed_in(user) if user else Client()
        for name in ("autosave", "hold"):
            assert (
                client.post(at(name, desk.article), typed(desk.article, headline="X")).status_code == status
            )
        assert client.post(at("autosave_new"), typed(headline="X")).status_code == status
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(desk.reporter)
    for name in ("autosave", "hold", "let_go", "lock"):
        assert strict.post(at(name, desk.article), typed(desk.article, headline="X")).status_code == 403
    assert desk.reload().version == 1
    assert not DraftLock.objects.exists()


def test_opening_the_form_takes_the_lock_and_others_read_who_has_it(desk, reporter):
    html_of(reporter, at("change", desk.article))
    editor = signed_in(desk.editor)
    html = html_of(editor, at("change", desk.article))
    assert f'data-held-by="{desk.reporter}"' in html
    assert 'name="headline"' not in html
    assert 'name="byline_set-0-person"' not in html
    assert 'data-act="take_over"' in html
    other = html_of(signed_in(desk.duty), at("change", desk.article))
    assert DraftLock.objects.get().holder == desk.reporter
    assert "data-held-by" in other


def test_who_took_over_writes_and_the_former_holder_keeps_the_text_on_screen(desk, reporter):
    html_of(reporter, at("change", desk.article))
    editor = signed_in(desk.editor)
    back = press_on(editor, at("lock", desk.article), "take_over", reason="Breaking news.")
    assert back.redirect_chain[-1][0] == at("change", desk.article)
    assert 'name="headline"' in back.content.decode()
    sign = reporter.post(at("hold", desk.article), {"page": PAGE})
    assert (sign.status_code, sign.json()["code"]) == (409, "locked")
    assert "Breaking news." in sign.json()["message"]
    kept = reporter.post(at("change", desk.article), typed(desk.article, headline="Kept") | ROWS, follow=True)
    assert 'data-code="locked"' in kept.content.decode()
    assert "Kept</textarea>" in kept.content.decode()
    assert desk.reload().headline == "A treaty is signed"


ROWS = {"byline_set-TOTAL_FORMS": 0, "byline_set-INITIAL_FORMS": 0, "_continue": "1"}


def test_a_page_that_is_left_lets_go(desk, reporter):
    reporter.post(at("hold", desk.article), {"page": PAGE})
    assert reporter.post(at("let_go", desk.article), {"page": PAGE}).status_code == 200
    assert draft_locks.holder_of(desk.article, now=NOW) is None


def test_a_cleared_address_is_made_from_the_headline_until_readers_have_it(desk, reporter):
    write(reporter, desk.article, slug="", headline="Quite another matter")
    assert desk.reload().slug == "quite-another-matter"
    Desk(slug="taken-by-another")
    write(reporter, desk.article, slug="", headline="Taken by another")
    assert desk.reload().slug == "quite-another-matter"
    assert drafting.address_for("kept", "", but=desk.article) == "kept"
    desk.check_all()
    desk.approve()
    desk.publish()
    answer = reporter.post(
        at("autosave", desk.reload()), typed(desk.article, slug="", headline="Next edition")
    )
    assert answer.status_code == 200
    assert (desk.reload().headline, desk.article.slug) == ("Next edition", "quite-another-matter")


def stale(desk, reporter, **facts):
    """A form that was opened before the editor saved, posted with ``facts``."""
    drafting.save_draft(desk.article, by=desk.editor, now=NOW, version=1, headline="The editor was quicker")
    body = desk.body(signed="Two states signed nothing at all")
    mine = typed(desk.article, headline="What I typed", body=body, version=1) | ROWS
    return reporter.post(at("change", desk.article), mine | facts, follow=True)


def test_both_versions_stand_side_by_side_with_what_differs_by_sentence(desk, reporter):
    html = stale(desk, reporter).content.decode()
    told = html.partition("desk-conflict")[2].partition("</section>")[0]
    assert f"{desk.editor} saved it" in told
    for side in ("<del>The editor was quicker</del>", "<ins>What I typed</ins>"):
        assert side in told
    assert f'data-key="{desk.KEYS[0]}"' in told
    assert f'data-key="{desk.KEYS[1]}"' not in told
    assert "<del>Two states signed a treaty on 27 May 2026</del>" in told
    assert "<ins>Two states signed nothing at all</ins>" in told


def test_one_of_both_is_chosen_whole_and_the_other_is_kept(desk, reporter):
    kept = stale(desk, reporter, _aside="1")
    assert desk.reload().headline == "The editor was quicker"
    text = desk.article.set_aside.get()
    assert (text.headline, text.based_on, text.by) == ("What I typed", 1, desk.reporter)
    assert "<ins>What I typed</ins>" in kept.content.decode()
    back = html_of(reporter, f"{at('versions', desk.article)}?a=aside-{text.pk}&b=2")
    assert "all else stays as it is" in back
    mine = typed(desk.article, headline="What I typed", version=1, replaces=2) | ROWS
    mine.pop("_continue")
    answer = reporter.post(at("change", desk.article), mine)
    assert answer["Location"] == at("change", desk.article)
    assert (desk.reload().headline, desk.article.version) == ("What I typed", 3)


def test_versions_are_listed_compared_and_brought_back(desk, reporter):
    write(reporter, desk.article, headline="Second")
    write(reporter, desk.article, headline="Third")
    url = at("versions", desk.article)
    assert html_of(reporter, url).count("<li data-version=") == 3
    html = html_of(reporter, f"{url}?a=1&b=3")
    assert "<del>A treaty is signed</del>" in html
    assert "<ins>Third</ins>" in html
    assert "marks, byline, treaties and tags" in html
    assert 'data-act="restore_version"' not in html_of(reporter, f"{url}?a=1&b=2")
    back = press_on(reporter, f"{url}?a=1&b=3", "restore_version", of={"place": "1"})
    assert back.redirect_chain[-1][0] == at("change", desk.article)
    assert (desk.reload().headline, desk.article.version) == ("A treaty is signed", 4)
    late = reporter.post(url, {"act": "restore_version", "place": "2", "version": 3})
    assert refusals_on(late.content.decode()) == {"draft_changed"}
    assert desk.reload().version == 4


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("a=1&b=9", 404),
        ("a=aside-1&b=1", 404),
        ("a=x&b=1", 400),
        ("a=1&b=%00", 400),
        ("a=99999999999999999999&b=1", 400),
        ("before=-1", 400),
        ("before=1e9", 400),
        ("before=99999999999999999999", 400),
        ("before=1", 200),
    ],
)
def test_versions_that_never_were_are_refused(desk, reporter, query, status):
    assert reporter.get(f"{at('versions', desk.article)}?{query}").status_code == status


def test_the_list_of_versions_takes_as_many_queries_for_many_as_for_few(desk, reporter):
    url = at("versions", desk.article)
    few = queries(reporter, url)
    for number in range(6):
        drafting.save_draft(
            desk.article, by=desk.reporter, now=NOW, version=number + 1, headline=f"H {number}"
        )
    assert queries(reporter, url) == few
