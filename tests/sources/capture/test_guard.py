"""Whatever address is typed, only public machines of the web are asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.capture.guard import PUBLIC_WEB, FetchFailed
from tests.sources.capture.hostile import hostile, refusal, strict

LOOPBACKS = [
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "0x7F.1",
    "0177.0.0.1",
    "017700000001",
    "127.0.0.1.",
    "127.000.000.001",
    "0.0.0.0",  # noqa: S104
    "0",
    "127.255.255.254",
    "%31%32%37.0.0.1",
    "①②⑦.⓪.⓪.①",
    "１２７.０.０.１",
    "127。0。0。1",
    "localhost",
    "LOCALHOST",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::127.0.0.1]",
    "[64:ff9b:1::7f00:1]",
    "[2002:7f00:1::]",
    "[2001:0:7f00:1::]",
    "[::1%25lo]",
    "[v1.fe80::a]",
]


@pytest.mark.parametrize("host", LOOPBACKS)
def test_loopback_is_refused_in_every_notation(host):
    with hostile() as server:
        assert refusal(server.url(host=host), strict(server)).code == "address_refused"
        assert server.connections == 0


@pytest.mark.parametrize(
    "host",
    """10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 169.254.170.2 100.64.0.1
    100.100.100.200 168.63.129.16 192.0.0.192 198.18.0.1 192.0.2.1 203.0.113.9 224.0.0.1 240.0.0.1 255.255.255.255
    [fe80::1] [fc00::1] [fd00:ec2::254] [fec0::1] [ff02::1] [2001:db8::1] [::ffff:169.254.169.254] [::ffff:10.0.0.1]
    [64:ff9b::a9fe:a9fe] [2002:a9fe:a9fe::]""".split(),
)
def test_networks_that_are_not_public_are_refused(host):
    assert refusal(f"http://{host}/latest/meta-data/", PUBLIC_WEB).code == "address_refused"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("file:///etc/passwd", "scheme_refused"),
        ("ftp://press.example/", "scheme_refused"),
        ("gopher://press.example/_x", "scheme_refused"),
        ("javascript:alert(1)", "scheme_refused"),
        ("data:text/html,x", "scheme_refused"),
        ("unix:/run/postgres.sock", "scheme_refused"),
        ("//press.example/", "scheme_refused"),
        ("press.example", "scheme_refused"),
        (" http://press.example/", "scheme_refused"),
        ("http+unix://press.example/", "scheme_refused"),
        ("", "scheme_refused"),
        ("http://press.example:22/", "port_refused"),
        ("http://press.example:8080/", "port_refused"),
        ("https://press.example:5432/", "port_refused"),
        ("https://press.example:65536/", "address_refused"),
        ("http://press.example:http/", "address_refused"),
        ("http://press.example:-80/", "address_refused"),
        ("http://ada@press.example/", "address_refused"),
        ("http://ada:word@press.example/", "address_refused"),
        ("http://public.example\\@127.0.0.1/", "address_refused"),
        ("http://127.0.0.1\\.press.example/", "address_refused"),
        ("http://press.example/\r\nX-Injected: 1", "address_refused"),
        ("http://press.example/a b", "address_refused"),
        ("http://press.example/\x00", "address_refused"),
        ("http://press\u3000.example/", "address_refused"),
        ("http://press.example\ud800/", "address_refused"),
        ("http:///news", "address_refused"),
        ("http://", "address_refused"),
        ("http:", "address_refused"),
        ("http:press.example", "address_refused"),
        ("http://[::1", "address_refused"),
        ("http://[2606:4700::1111%25eth0]/", "address_refused"),
        ("http://.press.example/", "address_refused"),
        ("http://*.press.example/", "address_refused"),
        ("http://press..example/", "address_refused"),
        ("http://" + "a" * 64 + ".example/", "address_refused"),
        ("http://1.2.3.4.5/", "address_refused"),
        ("http://press.example.0x7f/", "address_refused"),
        ("http://press.example/" + "a" * 2000, "address_refused"),
        ("http://press.example/" + "ł" * 400, "address_refused"),
    ],
)
def test_what_is_no_address_of_the_web_is_refused(url, code):
    assert refusal(url, PUBLIC_WEB).code == code


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("HTTPS://Press.Example", "https://press.example/"),
        ("http://press.example:80/a?b#c", "http://press.example:80/a?b"),
        ("https://prasa.example/łódź?q=ż", "https://prasa.example/%C5%82%C3%B3d%C5%BA?q=%C5%BC"),
        ("https://łódź.example/", "https://xn--d-uga0v4h.example/"),
        ("http://public.example#@127.0.0.1:80@x/", "http://public.example/"),
        ("https://8.8.8.8/", "https://8.8.8.8/"),
        ("https://[2606:4700::1111]/", "https://[2606:4700::1111]/"),
        ("https://1.press.example/2", "https://1.press.example/2"),
        ("https://press.example/a%20b%2Fc", "https://press.example/a%20b%2Fc"),
    ],
)
def test_an_address_is_asked_for_in_one_form(url, asked):
    assert PUBLIC_WEB.admit(url) == asked
    assert PUBLIC_WEB.admit(asked) == asked


@given(st.text(max_size=60))
def test_no_text_breaks_the_guard_and_what_passes_is_plain(text):
    for url in (text, f"http://{text}", f"http://press.example/{text}"):
        try:
            admitted = PUBLIC_WEB.admit(url)
        except FetchFailed:
            continue
        assert admitted.isascii()
        assert admitted.isprintable()
        assert admitted.startswith(("http://", "https://"))
        assert not set(' \\#<>"') & set(admitted)
