"""What the shipped VCL makes of a site's answers, tried on a site that does as it is told."""

import gzip
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.deploy.caching import ask, purge, varnish

pytestmark = pytest.mark.varnish
# Of the scripted site; ours says two.
EDGE_SECONDS = 1
SLACK_SECONDS = 0.05


def expire():
    time.sleep(EDGE_SECONDS + SLACK_SECONDS)


def test_an_answer_is_kept_for_its_lifetime_and_then_asked_for_anew(site, cache):
    site.page("/kept", "one", "kept")
    assert [ask(cache, "/kept").body for _ in range(3)] == [b"one"] * 3
    assert site.asked["/kept"] == 1
    site.page("/kept", "two", "kept")
    expire()
    assert ask(cache, "/kept").body == b"two"


def test_a_purge_takes_what_has_the_key_and_leaves_the_rest_and_says_how_many(site, cache):
    for name in ("a", "b", "c"):
        site.page(f"/purged/{name}", "old", f"purged-{name}", "purged-all")
        ask(cache, f"/purged/{name}")
        site.page(f"/purged/{name}", "new", f"purged-{name}", "purged-all")
    answer = purge(cache, "purged-a unheard-of")
    assert (answer.status, answer.body) == (200, b"1\n")
    assert [ask(cache, f"/purged/{name}").body for name in "abc"] == [b"new", b"old", b"old"]
    assert purge(cache, "purged-all").body == b"3\n"
    assert ask(cache, "/purged/c").body == b"new"


@pytest.mark.parametrize(
    ("keys", "token", "status"),
    [("guarded", "wrong" * 10, 403), ("guarded", "", 403), ("", None, 400), (" ", None, 400)],
)
def test_a_purge_without_token_or_keys_is_refused(site, cache, keys, token, status):
    site.page("/guarded", "old", "guarded", Cache_Control="public, s-maxage=60")
    ask(cache, "/guarded")
    before = site.asked["/guarded"]
    assert purge(cache, keys, **({} if token is None else {"x_purge_token": token})).status == status
    ask(cache, "/guarded")
    assert site.asked["/guarded"] == before


def test_a_cache_whose_token_file_is_empty_lets_nobody_purge(site, tmp_path):
    with varnish(tmp_path, site.port, token="") as port:
        assert purge(port, "key", x_purge_token="").status == 403


def test_what_was_being_fetched_while_a_purge_came_is_not_kept(site, cache):
    """Not for its lifetime and not for bad times: the site had read it before the act."""
    hold = site.holds["/crossed"] = threading.Event()
    site.page("/crossed", "old", "crossed")
    with ThreadPoolExecutor(2) as readers:
        first = readers.submit(ask, cache, "/crossed")
        assert site.began.wait(10)
        assert purge(cache, "crossed").status == 200
        site.page("/crossed", "new", "crossed")
        # Who comes after the purge and finds the old fetch under way gets none of it.
        second = readers.submit(ask, cache, "/crossed")
        time.sleep(SLACK_SECONDS)
        hold.set()
        assert (first.result().body, second.result().body) == (b"old", b"new")
    assert ask(cache, "/crossed").body == b"new"


def test_a_lifetime_counts_from_when_the_site_was_asked(site, cache):
    hold = site.holds["/slow"] = threading.Event()
    site.page("/slow", "old", "slow")
    with ThreadPoolExecutor(1) as readers:
        reader = readers.submit(ask, cache, "/slow")
        assert site.began.wait(10)
        asked = time.monotonic()
        site.page("/slow", "new", "slow")
        time.sleep(0.2)
        hold.set()
        assert reader.result().body == b"old"
    time.sleep(max(0, asked + EDGE_SECONDS + SLACK_SECONDS - time.monotonic()))
    assert ask(cache, "/slow").body == b"new"


@pytest.mark.parametrize("failure", [500, 503, "silence"])
def test_while_the_site_fails_an_older_copy_is_served_and_the_failure_never_kept(site, cache, failure):
    path = f"/failing/{failure}"
    site.page(path, "good", "failing")
    ask(cache, path)
    expire()
    hold = threading.Event()
    if failure == "silence":
        site.holds[path] = hold
    else:
        site.page(path, "broken", "failing", status=failure)
    for method, body in (("GET", b"good"), ("HEAD", b"")):
        answer = ask(cache, path, method)
        assert (answer.status, answer.body) == (200, body)
    site.holds.clear()
    hold.set()
    site.page(path, "well again", "failing")
    deadline = time.monotonic() + EDGE_SECONDS + SLACK_SECONDS
    while (body := ask(cache, path).body) != b"well again":
        assert body == b"good"
        assert time.monotonic() < deadline


def test_a_failure_without_an_older_copy_is_a_503_that_nobody_keeps(site, cache):
    site.page("/api/v1/never/", "traceback", "never", status=500)
    answer = ask(cache, "/api/v1/never/")
    assert (answer.status, answer.headers["Cache-Control"]) == (503, "no-store")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert b"traceback" not in answer.body
    assert site.asked["/api/v1/never/"] == 1


def test_after_a_purge_nothing_older_comes_back_while_the_site_fails(site, cache):
    site.page("/taken", "old", "taken")
    ask(cache, "/taken")
    expire()
    purge(cache, "taken")
    site.page("/taken", "broken", status=500)
    assert ask(cache, "/taken").status == 503


@pytest.mark.parametrize("status", [404, 410])
def test_an_address_that_is_gone_stays_gone_while_the_site_fails(site, cache, status):
    """Also where a purge was lost: the newer answer stands before the older copy."""
    path = f"/gone/{status}"
    site.page(path, "old", "gone")
    ask(cache, path)
    expire()
    site.page(
        path, "notice", "gone", status=status, **({"Cache_Control": "no-cache"} if status == 404 else {})
    )
    assert ask(cache, path).status == status
    expire()
    site.page(path, "broken", status=500)
    answer = ask(cache, path)
    assert (answer.status, answer.body) == (status, b"notice")


def test_what_is_not_there_is_asked_for_each_time(site, cache):
    site.page("/not-yet", "nothing", "not-yet", status=404, Cache_Control="no-cache")
    assert ask(cache, "/not-yet").status == 404
    site.page("/not-yet", "now", "not-yet")
    time.sleep(SLACK_SECONDS)
    assert ask(cache, "/not-yet").body == b"now"


def test_what_cannot_be_purged_is_not_served_beyond_its_lifetime(site, cache):
    site.page("/keyless", "old")
    assert [ask(cache, "/keyless").body for _ in range(2)] == [b"old"] * 2
    assert site.asked["/keyless"] == 1
    site.page("/keyless", "broken", status=500)
    expire()
    assert ask(cache, "/keyless").status == 503


@pytest.mark.parametrize(
    "headers",
    [
        {"Set_Cookie": "a=b"},
        {"Cache_Control": "private, s-maxage=1"},
        {"Cache_Control": "no-store"},
        {"Cache_Control": "no-cache"},
        {"Cache_Control": "max-age=60"},
        {"Vary": "Accept-Encoding, Cookie"},
        {"Vary": "*"},
    ],
)
def test_what_is_for_one_reader_or_has_no_lifetime_is_kept_for_nobody(site, cache, headers):
    path = f"/own/{hash(str(headers))}"
    site.page(path, "mine", "own", **headers)
    assert [ask(cache, path).status for _ in range(3)] == [200] * 3
    assert site.asked[path] == 3


@pytest.mark.parametrize(
    ("path", "method", "headers"),
    [
        ("/admin/", "GET", {"Cookie": "sessionid=1"}),
        ("/admin", "GET", {"Cookie": "sessionid=1"}),
        ("/healthz", "GET", {}),
        ("/api/v1/articles/", "GET", {"Authorization": "Bearer key"}),
        ("/api/v1/claims/", "GET", {"Accept-Signature": "sig1=()"}),
        ("/form", "POST", {"Cookie": "a=b"}),
    ],
)
def test_the_desk_credentials_and_other_methods_pass_through_whole(site, cache, path, method, headers):
    site.page(path, "for you", "passed")
    before = site.asked[path]
    for _ in range(2):
        assert ask(cache, path, method, **headers).body == b"for you"
    assert site.asked[path] == before + 2
    for name, value in headers.items():
        assert site.heard[path][name] == value


def test_what_is_everybodys_is_kept_for_whoever_has_no_key_and_given_to_none_who_has(site, cache):
    """The API's answers say that they differ with a key; one with a key passes and leaves the copy alone."""
    path, vary = "/api/v1/quotes/", {"Vary": "Accept, Accept-Encoding, Accept-Signature, Authorization"}
    site.page(path, "everybody's", "api", **vary)
    assert [ask(cache, path).body for _ in range(2)] == [b"everybody's"] * 2
    assert site.asked[path] == 1
    site.page(path, "a partner's", **vary, Cache_Control="private, max-age=0, must-revalidate")
    assert ask(cache, path, Authorization="Bearer key").body == b"a partner's"
    assert ask(cache, path).body == b"everybody's"


def test_a_failure_at_the_desk_is_shown_as_it_is(site, cache):
    site.page("/admin/act/", "what went wrong", status=500)
    answer = ask(cache, "/admin/act/")
    assert (answer.status, answer.body) == (500, b"what went wrong")


def test_readers_cookies_reach_nobody_and_part_no_copies(site, cache):
    site.page("/cookies", "page", "cookies")
    for value in ("a=1", "a=2"):
        ask(cache, "/cookies?b=2&a=1", Cookie=value)
    ask(cache, "/cookies", Cookie="a=1")
    assert site.asked["/cookies"] == 1
    assert "Cookie" not in site.heard["/cookies"]


def test_the_order_of_a_query_makes_no_difference(site, cache):
    site.page("/?a=1&b=2", "page", "query")
    assert ask(cache, "/?b=2&a=1").body == ask(cache, "/?a=1&b=2").body == b"page"
    assert site.asked["/?a=1&b=2"] == 1


def test_what_a_plain_request_gets_is_not_what_a_secure_one_gets(site, cache):
    site.page("/proto", "for all", "proto")
    for proto in ("http", "https"):
        ask(cache, "/proto", X_Forwarded_Proto=proto)
    assert site.asked["/proto"] == 2


def test_no_client_is_told_keys_age_or_what_stands_between(site, cache):
    site.page("/quiet", "page", "secret-key")
    for _ in range(2):
        names = {name.lower() for name in ask(cache, "/quiet").headers}
        assert not names & {"surrogate-key", "xkey", "age", "via", "x-varnish"}


def test_one_copy_serves_heads_conditions_and_either_coding(site, cache):
    body = b"page " * 200
    sent = {"ETag": '"tag-gz"', "Content_Encoding": "gzip"}
    site.page("/forms", "", "forms", **sent)
    status, _, headers = site.says["/forms"]
    site.says["/forms"] = status, gzip.compress(body), headers

    zipped = ask(cache, "/forms", Accept_Encoding="gzip, br")
    assert (zipped.headers["Content-Encoding"], gzip.decompress(zipped.body)) == ("gzip", body)
    plain = ask(cache, "/forms")
    assert (plain.headers["Content-Encoding"], plain.body) == (None, body)
    head = ask(cache, "/forms", "HEAD", Accept_Encoding="gzip")
    assert (head.status, head.body, head.etag) == (200, b"", zipped.etag)
    for tag in (zipped.etag, plain.etag):
        assert ask(cache, "/forms", If_None_Match=tag).status == 304
    assert ask(cache, "/forms", If_None_Match='"another"').status == 200
    assert site.asked["/forms"] == 1


def test_a_copy_that_is_still_good_is_confirmed_and_can_still_be_purged(site, cache):
    site.page("/confirmed", "same", "confirmed", ETag='"same"')
    ask(cache, "/confirmed")
    expire()
    assert ask(cache, "/confirmed").body == b"same"
    assert site.heard["/confirmed"]["If-None-Match"] == '"same"'
    assert purge(cache, "confirmed").body == b"1\n"
