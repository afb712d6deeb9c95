"""What stands beside the story while it is written, for the text as typed and not as saved."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Article
from sources.models import Capture, Source
from tests.articles.admin.pages import signed_in
from tests.making import Desk, cite, make_claim, make_source, make_user

pytestmark = pytest.mark.django_db


def ask(user, article, told=None, *, raw=None, content_type="application/json"):
    pk = article if isinstance(article, int) else article.pk
    url = reverse("admin:articles_article_beside", args=[pk])
    data = json.dumps(told or {}) if raw is None else raw
    return signed_in(user).post(url, data, content_type=content_type)


def beside(desk, body, **more):
    answer = ask(desk.reporter, desk.article, {"body": body} | more)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_it_answers_for_the_text_as_typed_and_saves_nothing():
    desk = Desk()
    desk.check_all()
    before = Article.objects.values().get(pk=desk.reload().pk)
    told = beside(desk, desk.body(said="a bad day") + "<p>Hope remains. It may last.</p>")
    assert [(s["state"], s["group"]) for s in told["statements"]] == [
        ("checked", "[1, 2]"),
        ("blocked", "[2]"),
        ("no_evidence", ""),
        ("no_evidence", ""),
    ]
    assert told["meter"] == {"statements": 4, "evidence": 2, "checked": 1, "blocked": 1}
    assert Article.objects.values().get(pk=desk.article.pk) == before


def test_a_statement_tells_what_it_rests_on_and_what_blocks_it():
    desk = Desk()
    cite(desk.claim, make_source(desk.reporter, title="Doubter"), by=desk.reporter, stance="contradicts")
    told = beside(desk, desk.body())
    first, second = told["statements"]
    assert (first["origins"], first["records"]) == (
        "2 sources, 2 origins",
        [f"claim:{desk.claim.public_id}"],
    )
    assert {b["code"] for b in second["blockers"]} == {"quote_not_checked"}
    quote = told["records"][f"quote:{desk.quote.public_id}"]
    assert (quote["text"], quote["speaker"], quote["role"]) == ("a good day", "Ada Sample", "Minister")
    claim = told["records"][f"claim:{desk.claim.public_id}"]
    cited = sorted((c["number"], c["stance"]) for c in claim["citations"])
    assert cited == [(1, "supports"), (2, "supports"), (3, "contradicts")]
    passage = quote["citations"][0]
    assert passage["passage"] == "a good day"
    assert passage["passage_url"].startswith(
        f"/admin/articles/citation/{desk.quote.citations.get().pk}/passage/"
    )


def test_it_answers_for_a_story_that_was_never_saved():
    desk = Desk()
    answer = ask(desk.reporter, 0, {"body": desk.body(), "headline": "New"}).json()
    assert [s["group"] for s in answer["statements"]] == ["[1, 2]", "[2]"]
    assert {b["code"] for b in answer["whole"]} >= {"byline_missing", "standfirst_missing"}


def test_a_source_that_is_being_fetched_says_so_until_it_is():
    desk = Desk()
    waiting = Capture.objects.create(source=desk.first, url=desk.first.url, requested_at=desk.now)
    told = beside(desk, desk.body())
    states = {
        c["number"]: c["states"][0] for c in told["records"][f"claim:{desk.claim.public_id}"]["citations"]
    }
    assert (told["waiting"], states[1][1:]) == (True, ["waiting", "being fetched…"])
    assert states[2][1] != "waiting"
    waiting.state = Capture.State.DONE
    waiting.save()
    assert beside(desk, desk.body())["waiting"] is False


def test_of_a_confidential_source_only_its_label_is_told():
    desk = Desk()
    hidden = Source.objects.create(
        confidential=True, public_label="an official", created_by=desk.reporter, created_at=desk.now
    )
    claim = make_claim(desk.reporter, hidden, label="They met.")
    answer = beside(
        desk, f'<p><span data-segment="cccccccccc" data-claim="{claim.public_id}">Met</span>.</p>'
    )
    told = answer["records"][f"claim:{claim.public_id}"]["citations"][0]
    assert (told["source"], told["passage"], told["passage_url"]) == ("an official", "", "")
    assert [which for which, _state, _label in told["states"]] == ["supports"]


TWICE = '<p><span data-segment="aaaaaaaaaa">One</span>.</p><p><span data-segment="aaaaaaaaaa">Two</span>.</p>'
HOSTILE = [
    ("<p>" * 30_000, 0),
    ("<span data-segment=x>" * 5_000 + "deep", 1),
    ('<p><span data-segment="aaaaaaaaaa" data-claim="nobody" data-quotes="a b c">Hm</span>.</p>', 1),
    ("<p>nul \x00 and \ud800 surrogate</p>", 1),
    (TWICE, 2),
    ("<script>alert(1)</script><p onclick=x>Plain</p>", 1),
    ("", 0),
]


@pytest.mark.parametrize(("body", "statements"), HOSTILE, ids=range(len(HOSTILE)))
def test_junk_is_read_like_any_other_body(body, statements):
    desk = Desk()
    answer = beside(desk, body, headline="\x00\ud800\n", language="xx")
    assert len(answer["statements"]) == statements
    keys = [statement["key"] for statement in answer["statements"]]
    assert len(set(keys)) == len(keys)


REFUSED = [
    ({"raw": b"x" * 1_000_001}, 413, "too_large"),
    ({"raw": json.dumps({"body": "<p>One. Two.</p>" * 1_100}).encode()}, 413, "too_large"),
    ({"raw": b'{"body": "<p>x</p>"}', "content_type": "text/plain"}, 415, "not_json"),
    ({"raw": b"body=1", "content_type": "application/x-www-form-urlencoded"}, 415, "not_json"),
    ({"raw": b"not json"}, 400, "unreadable"),
    ({"raw": b"[" * 100_000}, 400, "unreadable"),
    ({"raw": b'{"body": {"a": 1}}'}, 400, "unreadable"),
    ({"raw": b'{"body": NaN}'}, 400, "unreadable"),
    ({"raw": b"\xff\xfe\x00"}, 400, "unreadable"),
]


@pytest.mark.parametrize(("asked", "status", "code"), REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_read_is_refused(asked, status, code):
    answer = ask(make_user("reporter"), 0, **asked)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_only_who_may_see_the_story_is_answered():
    desk = Desk()
    for user in (make_user("administrator"), make_user()):
        answer = ask(user, desk.article, {"body": desk.body()})
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert ask(desk.checker, desk.article, {"body": desk.body()}).status_code == 200
    for gone in (desk.article.pk + 1000, 2**70):
        assert ask(desk.reporter, gone).status_code == 404
    assert signed_in(desk.reporter).get(reverse("admin:articles_article_beside", args=[0])).status_code == 405


def test_its_queries_do_not_grow_with_the_story():
    desk = Desk()
    client, url = signed_in(desk.reporter), reverse("admin:articles_article_beside", args=[desk.article.pk])

    def cost(body):
        with CaptureQueriesContext(connection) as captured:
            client.post(url, json.dumps({"body": body}), content_type="application/json")
        return len(captured)

    more = [make_claim(desk.reporter, make_source(desk.reporter), desk.first) for _ in range(9)]
    long = "".join(
        f'<p><span data-segment="{"cdefghijk"[n] * 10}" data-claim="{claim.public_id}">Number {n}</span>.</p>'
        for n, claim in enumerate(more)
    )
    # Archived texts are read once for all requests.
    cost(desk.body() + long)
    assert cost(desk.body() + long) == cost(desk.body()) < 30
