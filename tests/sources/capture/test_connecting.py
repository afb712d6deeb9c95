"""Names are connected to where they were looked at, and servers prove who they are."""

import socket
import ssl
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from sources.capture.fetching import fetch
from sources.capture.guard import PUBLIC_WEB, FetchFailed
from tests.sources.capture.hostile import (
    AMPLE,
    HASTY,
    LOOPBACK,
    NOW,
    PAGE,
    admitting,
    answer,
    hostile,
    names,
    no_fetch_goes_on,
    redirect,
    refusal,
)


def test_a_name_is_connected_to_where_it_was_looked_at(monkeypatch):
    with hostile() as server:
        monkeypatch.setattr(socket, "getaddrinfo", names({"press.example": [LOOPBACK, "127.0.0.2"]}))
        page = fetch(server.url(host="press.example"), now=NOW, guard=admitting(server))
    assert (page.ip, server.header("Host")) == (LOOPBACK, f"press.example:{server.port}")


def test_a_name_that_changes_between_redirects_is_looked_at_again(monkeypatch):
    with hostile({"/": redirect("/next"), "/next": answer()}) as server:
        monkeypatch.setattr(socket, "getaddrinfo", names({"press.example": [LOOPBACK, "127.0.0.2"]}))
        assert refusal(server.url(host="press.example"), admitting(server)).code == "address_refused"
        assert len(server.asked) == 1


def test_a_name_of_which_one_address_is_inside_is_refused(monkeypatch):
    with hostile() as server:
        monkeypatch.setattr(socket, "getaddrinfo", names({"press.example": [f"{LOOPBACK} 10.0.0.1"]}))
        assert refusal(server.url(host="press.example"), admitting(server)).code == "address_refused"
        assert server.connections == 0


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (socket.gaierror(socket.EAI_NONAME, "x"), "host_unknown"),
        (socket.gaierror(socket.EAI_AGAIN, "x"), "connection_failed"),
        (socket.gaierror(socket.EAI_FAIL, "x"), "connection_failed"),
    ],
)
def test_only_a_name_that_is_not_there_is_unknown(error, code, monkeypatch):
    def look_up(*args, **options):
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    assert refusal("https://press.example/", PUBLIC_WEB).code == code


def test_a_look_up_that_hangs_is_left_and_nothing_is_asked_afterwards(monkeypatch):
    with hostile() as server:
        real = socket.getaddrinfo

        def look_up(*args, **options):
            server.over.wait()
            return real(*args, **options)

        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        with pytest.raises(FetchFailed, match="seconds"):
            fetch(server.url(host="localhost"), now=NOW, guard=admitting(server), limits=HASTY)
        server.over.set()
        assert no_fetch_goes_on()
        assert server.asked == []


def certificate(folder, *names: str, days: int = 2):
    """A certificate for ``names`` that signs itself, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "press.example")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=3))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    file.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context, file


@pytest.mark.parametrize(
    ("names", "days", "trusted", "fails"),
    [
        (["localhost"], 2, True, False),
        (["localhost"], 2, False, True),
        (["press.example"], 2, True, True),
        (["localhost"], -1, True, True),
    ],
)
def test_a_server_must_prove_that_it_is_who_was_asked_for(tmp_path, monkeypatch, names, days, trusted, fails):
    context, file = certificate(tmp_path, *names, days=days)
    if trusted:
        monkeypatch.setattr("requests.adapters.DEFAULT_CA_BUNDLE_PATH", str(file))
    with hostile(tls=context) as server:
        url = server.url(host="localhost", scheme="https")
        if fails:
            assert refusal(url, admitting(server)).code == "tls_failed"
            assert server.asked == []
        else:
            assert fetch(url, now=NOW, guard=admitting(server)).body == PAGE


@pytest.mark.parametrize(
    ("greeting", "code"),
    [(b"HTTP/1.1 200 OK\r\n\r\n", "tls_failed"), (b"", "timed_out"), (b"\x16\x03\x03", "timed_out")],
)
def test_a_server_that_does_not_get_through_its_handshake_is_left(greeting, code):
    with hostile(greeting=greeting) as server:
        limits = HASTY if code == "timed_out" else AMPLE
        assert refusal(server.url(scheme="https"), admitting(server), limits).code == code
