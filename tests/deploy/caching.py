"""A real varnishd with the shipped VCL, and requests to it that tell when they were made."""

import http.client
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.outside import PURGE_TOKEN

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
VARNISHD = shutil.which("varnishd") or shutil.which("varnishd", path="/usr/sbin:/usr/local/sbin")
_VMODS = ("lib/varnish/vmods", "lib/*/varnish/vmods", "lib64/varnish/vmods", "local/lib/varnish/vmods")
XKEY = [file for folder in _VMODS for file in Path("/usr").glob(f"{folder}/libvmod_xkey.so")]
START_SECONDS = 60
# As in the example, but for the addresses; the probe asks for a name the site knows.
SITE = """
backend site {{
    .host = "127.0.0.1";
    .port = "{port}";
    .host_header = "localhost";
    .probe = ready;
    .connect_timeout = 1s;
    .first_byte_timeout = {patience}s;
}}
acl purgers {{ "127.0.0.1"; }}
sub tell_purge_token {{
    set req.http.x-purge-expected = regsub(std.fileread("{folder}/token"), "\\s+$", "");
}}
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def varnish(folder: Path, backend: int, *, patience: float = 5, token: str = PURGE_TOKEN):
    """A cache on loopback before the port ``backend``, with all its files in ``folder``; yields its port."""
    port = free_port()
    (folder / "newsroom-site.vcl").write_text(SITE.format(port=backend, folder=folder, patience=patience))
    (folder / "token").write_text(token + "\n")
    command = [
        VARNISHD, "-F", "-n", str(folder / "run"), "-a", f"127.0.0.1:{port}", "-T", "none", "-j", "none",
        "-s", "malloc,32m", "-p", f"vcl_path={folder}", "-f", str(DEPLOY / "varnish.vcl"),
    ]  # fmt: skip
    with open(folder / "log", "wb") as log:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                assert process.poll() is None, (folder / "log").read_text()
                assert time.monotonic() < deadline
                time.sleep(0.02)
        yield port
    finally:
        process.terminate()
        process.wait(20)


@dataclass(frozen=True)
class Answer:
    """What came back; ``asked`` is when the request was sent, on the monotonic clock."""

    asked: float
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def etag(self) -> str:
        return self.headers["ETag"]


def ask(port: int, path: str, method: str = "GET", **headers: str) -> Answer:
    """One request to 127.0.0.1, its header names with ``_`` for ``-``; nothing is decoded."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        sent = {"Host": "localhost"} | {name.replace("_", "-"): value for name, value in headers.items()}
        asked = time.monotonic()
        connection.request(method, path, headers=sent)
        response = connection.getresponse()
        return Answer(asked, response.status, response.headers, response.read())
    finally:
        connection.close()


def purge(port: int, keys: str, **headers: str) -> Answer:
    return ask(port, "/", "PURGE", **{"xkey": keys, "x_purge_token": PURGE_TOKEN} | headers)
