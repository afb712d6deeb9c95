"""A site that answers as a test tells it to: what the cache makes of answers is tried without one of ours."""

import threading
from collections import Counter
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEPT = {"Cache-Control": "public, max-age=60, s-maxage=1", "Vary": "Accept-Encoding"}


class ScriptedSite:
    """``says`` are status, body and headers by path; ``holds`` an event that a path waits for before it answers."""

    def __init__(self):
        self.says = {}
        self.holds = {}
        self.began = threading.Event()
        self.asked = Counter()
        self.heard, self.sent = {}, {}
        self.ready = 200
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                if self.path == "/readyz":
                    return self.send(site.ready, b"", {})
                site.asked[self.path] += 1
                site.heard[self.path] = self.headers
                # Read before it waits, as a page is from the database.
                said = site.says.get(self.path, (404, b"not there", {}))
                if hold := site.holds.get(self.path):
                    site.began.set()
                    hold.wait(20)
                return self.send(*said)

            do_HEAD = do_GET

            def do_POST(self):
                site.sent[self.path] = self.rfile.read(int(self.headers["Content-Length"] or 0))
                self.do_GET()

            def send(self, status, body, headers):
                tag = headers.get("ETag")
                if tag and self.headers["If-None-Match"] == tag:
                    status, body = 304, b""
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if status != 304:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            def handle(self):
                with suppress(ConnectionError):  # The cache has lost its patience.
                    super().handle()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def page(self, path, body, *keys, status=200, **headers):
        """Let ``path`` answer as a public page of ours does."""
        named = {"Surrogate-Key": " ".join(keys)} if keys else {}
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        self.says[path] = (status, body.encode(), KEPT | named | sent)

    def close(self):
        self.server.shutdown()
        self.server.server_close()
