"""What we sign is verified by the library that most receivers run, in the version its lock names."""

import json
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsroom.partners import webhooks
from newsroom.partners.webhooks.signing import headers_for
from tests.conftest import IN_CI
from tests.newsroom.partners.making import make_endpoint, make_partner

RECEIVER = Path(__file__).parent / "receiver"
# A few kilobytes; where they cannot be had, the same is held against the library for Python (test_delivering).
PATIENCE_SECONDS = 60


@pytest.fixture
def receiver(tmp_path) -> Path:
    if not (shutil.which("npm") and shutil.which("node")):
        absent("there is no npm here")
    for file in RECEIVER.iterdir():
        shutil.copy(file, tmp_path)
    install = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=5"]
    try:
        done = subprocess.run(install, cwd=tmp_path, capture_output=True, text=True, timeout=PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        absent("the library did not come in time")
    if done.returncode:
        absent(f"the library cannot be had: {done.stderr[-500:]}")
    return tmp_path


def absent(why: str) -> None:
    (pytest.fail if IN_CI else pytest.skip)(why)


@pytest.mark.django_db
def test_the_library_for_node_verifies_both_signatures_and_nothing_that_was_changed(receiver):
    now = datetime.now(UTC)  # The library asks its own clock.
    endpoint, first = make_endpoint(make_partner(), now=now)
    delivery = webhooks.ping(endpoint, by=None, now=now)
    second = webhooks.rotate_secret(endpoint, by=None, now=now)
    delivery.endpoint.refresh_from_db()
    headers = headers_for(delivery, delivery.body.encode(), now=now)

    def verified(secret: str, body: str) -> tuple[int, str]:
        given = json.dumps({"secret": secret, "body": body, "headers": headers})
        done = subprocess.run(
            ["node", "verify.mjs"], cwd=receiver, input=given, capture_output=True, text=True, timeout=60
        )
        return done.returncode, (done.stdout + done.stderr).strip()

    for secret in (first, second):
        assert verified(secret, delivery.body) == (0, "endpoint.ping")
        changed = delivery.body.replace("ping", "pong")
        assert verified(secret, changed) == (2, "WebhookVerificationError: No matching signature found")
