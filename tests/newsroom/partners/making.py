"""Make partners and receivers for tests."""

import threading
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count

from procrastinate.contrib.django.models import ProcrastinateJob

from articles.models import Section, Treaty
from newsroom.partners import webhooks
from newsroom.partners.models import Delivery, Partner, Product
from newsroom.partners.webhooks.delivering import attempt
from sources.capture.guard import Guard

_numbers = count(1)
LOOPBACK = Guard(ports=frozenset(range(1, 65_536)), also=("127.0.0.0/8",))


def make_partner(*, sections=(), treaties=(), people=(), **product) -> Partner:
    """A partner with one product, cut to these slugs; ``delay`` and the like as the product has them."""
    number = next(_numbers)
    bought = Product.objects.create(name=f"Product {number}", **product)
    bought.sections.set(Section.objects.filter(slug__in=sections))
    bought.treaties.set(Treaty.objects.filter(slug__in=treaties))
    partner = Partner.objects.create(name=f"Partner {number}", mail=f"desk@partner{number}.example")
    partner.products.add(bought)
    partner.people.set(people)
    return partner


def make_endpoint(partner: Partner, url: str = "http://127.0.0.1:9/hook", *, now, **options):
    """An endpoint at ``url`` and its secret."""
    return webhooks.add_endpoint(partner, url=url, by=None, now=now, guard=LOOPBACK, **options)


def send(delivery: Delivery, *, now) -> Delivery:
    """Carry out the next try of ``delivery``, as the queue would."""
    delivery.refresh_from_db()
    attempt(delivery.pk, tries=delivery.tries, now=now, guard=LOOPBACK)
    delivery.refresh_from_db()
    return delivery


def letters() -> list[dict]:
    """What was written to anybody, in order."""
    return [
        job.args for job in ProcrastinateJob.objects.filter(task_name__endswith=".send_text").order_by("id")
    ]


class Receiver:
    """A partner's server on loopback: answers as ``answers`` says (status, headers, body), and keeps what it got."""

    def __init__(self):
        self.answers = (200, {}, b"thanks")
        self.got = []
        self.hangs = None
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append((dict(self.headers), body))
                if receiver.hangs:
                    receiver.hangs.wait(30)
                status, headers, answer = receiver.answers
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                pass

            def handle_one_request(self):
                try:
                    super().handle_one_request()
                except ConnectionError:  # Whoever asked has hung up.
                    self.close_connection = True

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/hook"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def receiving():
    receiver = Receiver()
    try:
        yield receiver
    finally:
        receiver.close()


DAY = timedelta(days=1)
