"""What every answer of the API carries, whoever made it."""

import base64
import hashlib
from datetime import timedelta
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.utils import timezone
from http_message_signatures import HTTPMessageVerifier, HTTPSignatureKeyResolver, InvalidSignature
from http_message_signatures.algorithms import ED25519

from newsroom.api.finishing import PRIVATE, VARY
from newsroom.partners.keys import make_key
from newsroom.partners.models import Partner, Product

ROOT, ABSENT, SIGN = "/api/v1/", "/api/v1/nothing/", {"accept-signature": 'sig1=();nonce="n-1";tag="t-1"'}


@pytest.fixture
def key(db) -> dict[str, str]:
    """The header of a partner who may read everything."""
    partner = Partner.objects.create(name="Partner")
    partner.products.add(Product.objects.create(name="All"))
    _key, text = make_key(partner, name="k", by=None, now=timezone.now())
    return {"authorization": f"Bearer {text}"}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", ROOT, 200),
        ("head", ROOT, 200),
        ("options", ROOT, 204),
        ("get", ABSENT, 404),
        ("post", ROOT, 405),
        ("get", f"{ROOT}?x=1", 400),
        ("get", f"{ROOT}?{'x' * 8_000}", 414),
    ],
)
def test_every_answer_says_by_what_it_differs_and_may_be_read_from_any_origin(client, method, path, status):
    answer = getattr(client, method)(path, headers={"origin": "https://elsewhere.example"})
    assert answer.status_code == status
    assert answer["Vary"] == VARY
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not answer.has_header("Access-Control-Allow-Credentials")
    assert {"ETag", "Link", "Retry-After"} <= set(answer["Access-Control-Expose-Headers"].split(", "))


def test_pages_for_readers_have_none_of_it(client, db):
    page = client.get("/")
    assert page["Vary"] == "Accept-Encoding"
    assert not {"Access-Control-Allow-Origin", "Content-Digest"} & set(page.headers)


def test_a_browser_that_asks_first_is_told_what_it_may_send(client):
    asked = {"origin": "https://a.example", "access-control-request-method": "GET"}
    answer = client.options(ROOT, headers=asked)
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "Authorization" in answer["Access-Control-Allow-Headers"]
    assert answer["Access-Control-Max-Age"] == "86400"
    assert not client.options(ROOT).has_header("Access-Control-Allow-Methods")


def digest(content: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"


@pytest.mark.parametrize("coding", ["", "gzip", "zstd"])
def test_the_digest_is_that_of_what_is_sent(client, coding):
    sent = client.get(ROOT, headers={"accept-encoding": coding})
    assert sent.get("Content-Encoding", "") == coding
    assert sent["Content-Digest"] == digest(sent.content)
    assert client.get(ABSENT)["Content-Digest"] == digest(client.get(ABSENT).content)


def test_the_head_has_the_headers_of_the_whole_and_names_its_digest(client):
    whole, head = client.get(ROOT), client.head(ROOT)
    assert head["Repr-Digest"] == whole["Content-Digest"]
    assert not {"Content-Digest", *whole.headers} - {*head.headers, "Content-Digest"}
    assert all(head[name] == whole[name] for name in head.headers if name != "Repr-Digest")


def test_a_304_repeats_what_caches_go_by(client):
    whole = client.get(ROOT)
    again = client.get(ROOT, headers={"if-none-match": whole["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    for name in ("ETag", "Cache-Control", "Vary"):
        assert again[name] == whole[name]
    assert not again.has_header("Content-Digest")


def test_what_is_read_with_a_key_is_kept_by_nobody_else(client, key):
    everybodys, own = client.get("/api/v1/articles/"), client.get("/api/v1/articles/", headers=key)
    assert "s-maxage" in everybodys["Cache-Control"]
    assert everybodys.has_header("Surrogate-Key")
    assert (own.status_code, own["Cache-Control"]) == (200, PRIVATE)
    assert not own.has_header("Surrogate-Key")
    again = client.get("/api/v1/articles/", headers=key | {"if-none-match": own["ETag"]})
    assert (again.status_code, again["Cache-Control"]) == (304, PRIVATE)


@pytest.mark.parametrize("path", [ROOT, ABSENT, f"{ROOT}?x=1"])
def test_a_key_that_is_refused_is_refused_before_anything_else_and_kept_by_nobody(client, db, path):
    answer = client.get(path, headers={"authorization": "Bearer nrk_nothing.x"})
    assert answer["Cache-Control"] == PRIVATE
    if path == ROOT:
        assert (answer.status_code, answer.json()["code"]) == (401, "key_refused")
        assert answer["WWW-Authenticate"].startswith("Bearer")


class Told(HTTPSignatureKeyResolver):
    """Keys as whoever checks finds them."""

    def __init__(self, client):
        answer = client.get("/.well-known/http-message-signatures-directory")
        assert answer["Content-Type"] == "application/http-message-signatures-directory+json"
        self.keys = {key["kid"]: key["x"] for key in answer.json()["keys"]}

    def resolve_public_key(self, key_id):
        return Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(self.keys[key_id] + "="))

    def resolve_private_key(self, key_id):
        raise AssertionError


def checked(client, answer, path=ROOT):
    """What the signature of ``answer`` covers; raises InvalidSignature."""
    request = SimpleNamespace(method="GET", url=f"http://testserver{path}", headers={})
    message = SimpleNamespace(status_code=answer.status_code, headers=dict(answer.headers), request=request)
    verifier = HTTPMessageVerifier(signature_algorithm=ED25519, key_resolver=Told(client))
    (found,) = verifier.verify(message, max_age=timedelta(minutes=1))
    return found


@pytest.mark.parametrize(
    ("path", "headers", "status", "covered"),
    [
        (ROOT, {}, 200, {'"etag"', '"content-digest"', '"content-type"'}),
        (ROOT, {"if-none-match": "*"}, 304, {'"etag"'}),
        (ABSENT, {}, 404, {'"content-digest"', '"content-type"'}),
    ],
)
def test_a_signature_is_given_to_who_asks_and_holds(client, path, headers, status, covered):
    answer = client.get(path, headers=SIGN | headers)
    assert answer.status_code == status
    assert answer["Cache-Control"] == PRIVATE
    found = checked(client, answer, path)
    assert found.label == "sig1"
    assert covered | {'"@status"', '"@method";req', '"@target-uri";req'} <= found.covered_components.keys()
    assert (found.parameters["nonce"], found.parameters["tag"]) == ("n-1", "t-1")


@pytest.mark.parametrize("change", ["status", "etag", "address", "digest"])
def test_a_signature_does_not_hold_for_another_answer(client, change):
    answer, path = client.get(ROOT, headers=SIGN), ROOT
    match change:
        case "status":
            answer.status_code = 404
        case "etag":
            answer["ETag"] = '"x"'
        case "digest":
            answer["Content-Digest"] = digest(b"{}")
        case "address":
            path = ABSENT
    with pytest.raises(InvalidSignature):
        checked(client, answer, path)


def test_a_former_key_is_told_and_signs_no_more(client, settings):
    answer = client.get(ROOT, headers=SIGN)
    settings.NEWSROOM_SIGNING_KEYS = [
        base64.urlsafe_b64encode(hashlib.sha256(b"new").digest()).decode(),
        *settings.NEWSROOM_SIGNING_KEYS,
    ]
    signed = client.get(ROOT, headers=SIGN)
    ids = {checked(client, one).parameters["keyid"] for one in (answer, signed)}
    assert len(ids) == 2
    settings.NEWSROOM_SIGNING_KEYS = []
    assert not client.get(ROOT, headers=SIGN).has_header("Signature")


@pytest.mark.parametrize(
    "wish",
    ["", "sig1", "sig1=1", "é", "sig1=(", "a=()" + ";x" * 400, 'sig1=();keyid="other"', 'sig1=();alg="rsa"'],
)
def test_a_wish_that_cannot_be_met_is_passed_by(client, wish):
    answer = client.get(ROOT, headers={"accept-signature": wish})
    assert answer.status_code == 200
    assert not answer.has_header("Signature")


def test_a_strange_host_is_told_without_a_signature(client):
    answer = client.get(ROOT, headers=SIGN | {"host": "evil.example"})
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")
    assert not answer.has_header("Signature")
