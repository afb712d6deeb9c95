"""``make screenshots``: the pictures of docs/screens, each page of the demo in light and dark.

Works on the demo's own database, filled if it is empty, and on a server of its own. With names of pictures, those
alone: ``make screenshots ARGS="board calendar"``.
"""

# ruff: noqa: PLC0415 - Django is imported once its settings are named

import os
import socket
import sys
from io import BytesIO
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
# The driver of the browser runs an event loop; Django would take that for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

import django

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "screens"
SIZE = {"width": 1280, "height": 860}
COLOURS = 128
# The one page of the desk that is for nobody yet.
SIGN_IN = "sign-in"


def main() -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client
    from PIL import Image
    from playwright.sync_api import sync_playwright

    from newsroom.accounts.models import User
    from newsroom.core.running import Processes, granian, wait_until_ready
    from tests.conftest import CHROMIUM

    for command in ("migrate", "load_demo", "rebuild_renderings"):
        call_command(command, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    _count()
    client = Client()
    client.force_login(User.objects.get(username="duty"))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    FOLDER.mkdir(parents=True, exist_ok=True)
    with Processes() as processes, sync_playwright() as playwright:
        port = _free_port()
        processes.start("web server", granian("127.0.0.1", port))
        site = f"http://127.0.0.1:{port}"
        if not wait_until_ready(f"{site}/readyz", processes):
            raise SystemExit("the web server did not start")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        signed_in = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}
        for scheme in ("light", "dark"):
            context = browser.new_context(color_scheme=scheme, viewport=SIZE)
            # What unfold keeps of a person's choice; unset it would be light.
            context.add_init_script(f"localStorage.setItem('adminTheme', JSON.stringify('{scheme}'))")
            page = context.new_page()
            for name, address in wanted(sys.argv[1:]).items():
                context.clear_cookies()
                if name != SIGN_IN:
                    context.add_cookies([signed_in])
                if name == "article-change":
                    with page.expect_response("**/beside/"):  # What the panel shows comes a moment later.
                        page.goto(f"{site}{address}")
                else:
                    page.goto(f"{site}{address}")
                page.evaluate("document.fonts.ready")
                picture = Image.open(BytesIO(page.screenshot()))
                picture.convert("RGB").quantize(COLOURS).save(FOLDER / f"{name}-{scheme}.png", optimize=True)
        browser.close()


def wanted(names: list[str]) -> dict[str, str]:
    """Of the pages those whose pictures have these names; all, if none is named."""
    every = pages()
    if unknown := set(names) - set(every):
        raise SystemExit(f"no such picture: {', '.join(sorted(unknown))}; there are {', '.join(every)}")
    return {name: address for name, address in every.items() if not names or name in names}


def pages() -> dict[str, str]:
    """The address of every page that has a picture, by the picture's name."""
    from django.urls import reverse
    from django.utils import timezone

    from articles.models import Article, Edition
    from sources.models import Source

    shown = Edition.objects.listed(timezone.now()).order_by("pk").first().article
    draft = Article.objects.filter(stage__in=("fact_check", "review")).order_by("pk").first() or shown
    source = Source.objects.filter(snapshots__isnull=False).order_by("pk").first()
    of_article = ("change", "evidence", "check", "ready", "versions", "preview", "checkers")
    found = {
        f"article-{name}": reverse(f"admin:articles_article_{name}", args=[draft.pk]) for name in of_article
    }
    found |= {
        "my-desk": reverse("admin:index"),
        "articles": reverse("admin:articles_article_changelist"),
        "board": reverse("admin:board"),
        "calendar": reverse("admin:calendar"),
        "scorecard": reverse("admin:scorecard"),
        SIGN_IN: reverse("account_login"),
        "published": reverse("admin:articles_article_published", args=[shown.pk]),
        "search": reverse("admin:find") + "?q=treaty",
        "source": reverse("admin:sources_source_snapshots", args=[source.pk]),
        "reader-article": shown.get_absolute_url(),
        "reader-home": "/",
    }
    return found


def _count() -> None:
    """What a worker counts in the background, for the pages that show it."""
    from django.utils import timezone

    from articles import scoring, standings
    from articles.models import Article

    now = timezone.now()
    for pk in Article.objects.values_list("pk", flat=True):
        standings.count_standing(pk, now=now)
    scoring.count_month(scoring.month_of(now), now=now)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    django.setup()
    main()
