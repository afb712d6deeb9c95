"""What the environment may say, and what production settings refuse."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom import environment

ROOT = Path(__file__).resolve().parents[2]
STRONG = "a-b3_d9fKq2LmZx71PvTt0YwRnUe5HsJcGoBi6Nl4QdXyWzAk8MC"
KEY = "q3N0-Vw8bJ4x_Zt1KcYhR5uPmE7oDgLs2fAiWv9XyQk="
GOOD = {
    "NEWSROOM_ENV": "production",
    "SECRET_KEY": STRONG,
    "ALLOWED_HOSTS": "newsroom.example",
    "DATABASE_URL": "postgres://editor:hidden-word@127.0.0.1:1/nothing",
    "DEBUG": "off",
    "NEWSROOM_IDENTITY_KEYS": KEY,
}


def manage(*arguments, **variables):
    """The outcome of a command of manage.py, run with these variables and none of the tests'."""
    return alone("manage.py", *arguments, **variables)


def alone(*arguments, **variables):
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=kept | variables,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is weak"),
        ({"SECRET_KEY": "ab" * 40}, "SECRET_KEY is weak"),
        ({"DEBUG": "on"}, "DEBUG is on"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is missing"),
        ({"ALLOWED_HOSTS": "newsroom.example, *"}, "ALLOWED_HOSTS is open"),
        ({"DATABASE_URL": ""}, "DATABASE_URL is missing"),
        ({"NEWSROOM_IDENTITY_KEYS": " , "}, "NEWSROOM_IDENTITY_KEYS is missing"),
        ({"SECURE_PROXY_SSL_HEADER": "X-Forwarded-Proto"}, "NEWSROOM_PROXIES is missing"),
        ({"NEWSROOM_PURGE_URLS": "http://cache"}, "NEWSROOM_PURGE_TOKEN is missing"),
        (
            {"NEWSROOM_PURGE_URLS": "http://cache", "NEWSROOM_PURGE_TOKEN": "short"},
            "NEWSROOM_PURGE_TOKEN is weak",
        ),
    ],
)
def test_production_refuses_what_is_unsafe(changed, refusal, monkeypatch):
    variables = GOOD | changed
    monkeypatch.setenv("ALLOWED_HOSTS", variables["ALLOWED_HOSTS"])
    hosts = environment.words("ALLOWED_HOSTS")
    refusals = environment.production_refusals(variables, debug=variables["DEBUG"] == "on", hosts=hosts)
    assert len(refusals) == 1
    assert refusals[0].startswith(refusal)


def test_production_settings_pass_the_deployment_check():
    done = manage("check", "--deploy", "--fail-level", "WARNING", **GOOD)
    assert done.returncode == 0, done.stderr


def test_the_refusal_is_one_line_and_tells_no_secret():
    done = manage("check", **GOOD | {"SECRET_KEY": "too-short-a-secret", "ALLOWED_HOSTS": ""})
    assert done.returncode == 1
    assert done.stdout == ""
    [line] = done.stderr.splitlines()
    assert "SECRET_KEY is weak" in line
    assert "ALLOWED_HOSTS is missing" in line
    assert "too-short-a-secret" not in line


@pytest.mark.parametrize(
    ("variables", "line"),
    [
        ({"DATABASE_URL": "postgres://u:hidden-word@127.0.0.1:1/x"}, "Connection refused"),
        ({"DATABASE_URL": "mysql://u:hidden-word@127.0.0.1/x"}, "must name a PostgreSQL server"),
        ({"DATABASE_URL": "postgres://u:hidden-word@127.0.0.1:port/x"}, "DATABASE_URL is not like"),
        ({"DEBUG": "perhaps"}, "DEBUG must be on or off"),
        ({"NEWSROOM_POOL_SIZE": "many"}, "NEWSROOM_POOL_SIZE must be a whole number"),
        ({"NEWSROOM_ENV": "prod"}, "NEWSROOM_ENV must be one of"),
        ({"NEWSROOM_IDENTITY_KEYS": f"{KEY},hidden-word"}, "NEWSROOM_IDENTITY_KEYS must be keys of 32"),
        (GOOD | {"NEWSROOM_IDENTITY_KEYS": "A" * 43 + "="}, "NEWSROOM_IDENTITY_KEYS must be keys of 32"),
        ({"NEWSROOM_PURGE_URLS": "http://cache,ftp://x:hidden-word@cache/"}, "NEWSROOM_PURGE_URLS: entry 2"),
        ({"NEWSROOM_PURGE_TOKEN": "hidden-word\r\nx: 1"}, "NEWSROOM_PURGE_TOKEN must be plain"),
        ({"NEWSROOM_OIDC_URL": "http://hidden-word.example"}, "NEWSROOM_OIDC_URL must be like https"),
        (
            {"NEWSROOM_OIDC_URL": "https://sso.example"},
            "asks for NEWSROOM_OIDC_CLIENT and NEWSROOM_OIDC_SECRET",
        ),
        ({"NEWSROOM_PROXIES": "some"}, "NEWSROOM_PROXIES must be a whole number"),
    ],
)
def test_a_wrong_setting_is_one_line_and_no_traceback(variables, line):
    done = manage("migrate", **variables)
    assert done.returncode == 1
    assert line in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "hidden-word" not in done.stderr


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("http://cache", True),
        ("https://cache.example:6081/", True),
        ("http://[::1]:6081", True),
        ("cache:6081", False),
        ("//cache", False),
        ("file:///cache", False),
        ("http://", False),
        ("http://:6081", False),
        ("http://cache:99999", False),
        ("http://cache:port", False),
        ("http://person:word@cache", False),
        ("http://cache/?a=b", False),
        ("http://cache/#a", False),
        ("http://ca che", False),
        ("http://cache\n", True),  # White space around an entry is none of it.
    ],
)
def test_a_cache_is_an_address_of_the_web_and_no_secret(text, is_one, monkeypatch):
    monkeypatch.setenv("SOME_URLS", f" , {text},")
    if is_one:
        assert environment.addresses("SOME_URLS") == [text.strip()]
    else:
        with pytest.raises(ImproperlyConfigured, match="SOME_URLS: entry 1"):
            environment.addresses("SOME_URLS")


@pytest.mark.parametrize(
    ("text", "value"), [("on", True), ("1", True), ("True", True), ("off", False), ("", False)]
)
def test_a_flag_is_read_in_the_usual_spellings(text, value, monkeypatch):
    monkeypatch.setenv("A_FLAG", text)
    assert environment.flag("A_FLAG", default=not value) is value


@pytest.mark.parametrize("text", ["-1", "1.5", "٣", "0x10"])
def test_a_number_is_a_whole_number(text, monkeypatch):
    monkeypatch.setenv("A_NUMBER", text)
    with pytest.raises(ImproperlyConfigured, match="A_NUMBER"):
        environment.number("A_NUMBER", 1)


def test_the_development_secret_is_kept_and_private(tmp_path):
    secret = environment.development_secret(tmp_path / "data")
    assert len(secret) >= environment.SHORTEST_SECRET
    assert environment.development_secret(tmp_path / "data") == secret
    assert environment.development_secret(tmp_path / "other") != secret
    assert (tmp_path / "data" / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret_key"]


@pytest.mark.parametrize(
    ("text", "is_key"),
    [
        (KEY, True),
        (KEY[:-1], False),
        (KEY.replace("_", "/"), False),
        (KEY[:-4] + "é===", False),
        ("c2hvcnQ=", False),
        ("A" * 43 + "=", False),
        ("YWJj" * 11, False),
    ],
)
def test_a_key_of_identities_is_32_random_bytes(text, is_key):
    assert environment.is_identity_key(text) is is_key


def test_keys_of_identities_come_from_the_environment_in_its_order(monkeypatch, tmp_path):
    older = "B" + KEY[1:]
    monkeypatch.setenv("KEYS", f" {KEY} ,{older},")
    assert environment.identity_keys("KEYS", tmp_path) == [KEY, older]
    assert list(tmp_path.iterdir()) == []


def test_development_makes_a_key_of_identities_and_keeps_it(monkeypatch, tmp_path):
    monkeypatch.delenv("KEYS", raising=False)
    [key] = environment.identity_keys("KEYS", tmp_path)
    assert environment.is_identity_key(key)
    assert environment.identity_keys("KEYS", tmp_path) == [key]
    assert (tmp_path / "identity_key").stat().st_mode & 0o777 == 0o600


def test_a_key_of_identities_that_cannot_be_kept_is_not_made(monkeypatch, tmp_path):
    monkeypatch.delenv("KEYS", raising=False)
    (tmp_path / "file").write_text("")
    assert environment.identity_keys("KEYS", tmp_path / "file" / "data") == []


def test_a_folder_that_cannot_be_written_still_gives_a_secret(tmp_path):
    (tmp_path / "file").write_text("")
    assert len(environment.development_secret(tmp_path / "file" / "data")) >= environment.SHORTEST_SECRET


@pytest.mark.parametrize(
    ("said", "origin", "authority"),
    [
        ("", "", "localhost,2026"),
        ("", "https://news.example:8443", "news.example,2026"),
        ("old.example,2025-03-01", "https://news.example", "old.example,2025-03-01"),
    ],
)
def test_ids_of_feeds_are_named_under_a_host_that_was_ours(monkeypatch, said, origin, authority):
    monkeypatch.setenv("NEWSROOM_TAG_AUTHORITY", said)
    assert environment.tag_authority("NEWSROOM_TAG_AUTHORITY", origin) == authority


@pytest.mark.parametrize("said", ["news.example", "news.example,26", "News example,2026", "a:b,2026"])
def test_what_is_no_authority_of_ids_is_refused(monkeypatch, said):
    monkeypatch.setenv("NEWSROOM_TAG_AUTHORITY", said)
    with pytest.raises(ImproperlyConfigured, match="NEWSROOM_TAG_AUTHORITY"):
        environment.tag_authority("NEWSROOM_TAG_AUTHORITY", "")


@pytest.mark.parametrize("wanted", ["off", "on"])
def test_production_always_asks_for_a_second_factor(wanted):
    told = alone(
        "-c", "from newsroom import settings; print(settings.NEWSROOM_SECOND_FACTOR)",
        **GOOD | {"NEWSROOM_SECOND_FACTOR": wanted},
    )  # fmt: skip
    assert told.stdout.strip() == "True", told.stderr


def test_production_with_single_sign_on_passes_the_deployment_check():
    provider = {
        "NEWSROOM_OIDC_URL": "https://sso.example",
        "NEWSROOM_OIDC_CLIENT": "desk",
        "NEWSROOM_OIDC_SECRET": "x",
    }
    done = manage("check", "--deploy", "--fail-level", "WARNING", **GOOD | provider)
    assert done.returncode == 0, done.stderr


def test_answers_are_signed_by_a_key_of_their_own_that_only_development_makes(monkeypatch, tmp_path):
    monkeypatch.delenv("KEYS", raising=False)
    [key] = environment.signing_keys("KEYS", tmp_path)
    assert (tmp_path / "signing_key").read_text() == key
    monkeypatch.setenv("NEWSROOM_ENV", "production")
    assert environment.signing_keys("KEYS", tmp_path) == []
    monkeypatch.setenv("KEYS", KEY)
    assert environment.signing_keys("KEYS", tmp_path) == [KEY]
