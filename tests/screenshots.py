"""``make screenshots``: the pictures of docs/screens, each page of the desk in light and dark.

The pages are those that ``tests.browser.test_every_desk_page`` walks, which misses the picture of a new one. Works on a
database and a server of its own, with the demo's content and a row of everything else, begun anew each time. With
names of pictures, those alone: ``make screenshots ARGS="board calendar"``.
"""

# ruff: noqa: PLC0415 - Django is imported once its settings are named

import os
import socket
import sys
from io import BytesIO
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
FOLDER = CHECKOUT / "docs" / "screens"
SIZE = {"width": 1280, "height": 860}
COLOURS = 128
# The one page of the desk that is for nobody yet.
SIGN_IN = "sign-in"
# The narrowest phone, and a sheet of A4.
PHONE, PAPER = "reader-phone", "reader-print"
SIZES = {PHONE: {"width": 320, "height": 640}, PAPER: {"width": 794, "height": 1123}}


def main() -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client
    from PIL import Image
    from playwright.sync_api import sync_playwright

    from newsroom.accounts.models import User
    from newsroom.core.running import Processes, granian, wait_until_ready
    from tests.conftest import CHROMIUM

    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("demo", reset=True)
    user = User.objects.get(username="duty")
    _furnish(user)
    client = Client()
    client.force_login(user)
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
            for name, address in wanted(sys.argv[1:], pages(user)).items():
                context.clear_cookies()
                if name != SIGN_IN:
                    context.add_cookies([signed_in])
                page.set_viewport_size(SIZES.get(name, SIZE))
                page.emulate_media(media="print" if name == PAPER else "screen", color_scheme=scheme)
                if name == "article-change":
                    with page.expect_response("**/beside/"):  # What the panel shows comes a moment later.
                        page.goto(f"{site}{address}")
                else:
                    page.goto(f"{site}{address}")
                page.evaluate("document.fonts.ready")
                picture = Image.open(BytesIO(page.screenshot()))
                picture.convert("RGB").quantize(COLOURS).save(FOLDER / f"{name}-{scheme}.png", optimize=True)
        browser.close()
    if not sys.argv[1:]:
        taken = {f"{name}-{scheme}.png" for name in pages(user) for scheme in ("light", "dark")}
        for picture in FOLDER.glob("*.png"):
            if picture.name not in taken:
                picture.unlink()


def wanted(names: list[str], every: dict[str, str]) -> dict[str, str]:
    """Of ``every`` page those whose pictures have these names; all, if none is named."""
    if unknown := set(names) - set(every):
        raise SystemExit(f"no such picture: {', '.join(sorted(unknown))}; there are {', '.join(every)}")
    return {name: address for name, address in every.items() if not names or name in names}


def pages(user) -> dict[str, str]:
    """The address of every page that has a picture, by the picture's name; those of the desk as ``user`` opens them."""
    from django.test import RequestFactory
    from django.urls import reverse
    from django.utils import timezone

    from articles.models import Article, Edition
    from sources.models import Source
    from tests.browser.test_every_desk_page import walked

    request = RequestFactory().get("/admin/")
    request.user, request.desk_page = user, ""
    at_desk = walked(request)
    # A draft under way and a source with copies say more than whatever was entered first.
    draft = Article.objects.filter(stage="fact_check").order_by("pk").first()
    source = Source.objects.filter(snapshots__isnull=False).order_by("pk").first()
    for name in (
        "change",
        "evidence",
        "check",
        "ready",
        "versions",
        "preview",
        "checkers",
        "work",
        "comments",
    ):
        at_desk[f"articles_article_{name}"] = reverse(f"admin:articles_article_{name}", args=[draft.pk])
    for name in ("change", "snapshots", "cited_by", "origins"):
        at_desk[f"sources_source_{name}"] = reverse(f"admin:sources_source_{name}", args=[source.pk])
    at_desk["find"] += "?q=treaty"
    shown = Edition.objects.listed(timezone.now()).order_by("pk").first().article
    return {picture_of(name): address for name, address in at_desk.items()} | {
        SIGN_IN: reverse("account_login"),
        "second-factor": reverse("mfa_index"),
        "sessions": reverse("usersessions_list"),
        **dict.fromkeys(("reader-article", PHONE, PAPER), shown.get_absolute_url()),
        "reader-home": "/",
    }


def picture_of(page: str) -> str:
    """What the pictures of a page of the desk are called, by the name of its address."""
    if page == "index":
        return "my-desk"
    app, _, rest = page.partition("_")
    named = rest if app in {"articles", "sources", "accounts"} else page
    return named.replace("changelist", "list").replace("_", "-")


def missing(names) -> list[str]:
    """The pages of the desk, by the names of their addresses, of which a picture is not there."""
    return [
        name
        for name in names
        if not all((FOLDER / f"{picture_of(name)}-{scheme}.png").exists() for scheme in ("light", "dark"))
    ]


def _furnish(user) -> None:
    """Give ``user`` every role, have a row of everything, and count what a worker counts in the background."""
    from django.contrib.auth.models import Group
    from django.utils import timezone

    from articles import scoring, standings
    from articles.models import Article
    from newsroom.accounts.roles import Role
    from tests.browser.test_every_desk_page import furnished
    from tests.making import Desk

    now = timezone.now()
    furnished(Desk(now=now))
    for role in Role.values:
        user.groups.add(Group.objects.get_or_create(name=role)[0])
    for pk in Article.objects.values_list("pk", flat=True):
        standings.count_standing(pk, now=now)
    scoring.count_month(scoring.month_of(now), now=now)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    # It is emptied: whatever else is set, it is never somebody's own.
    os.environ["NEWSROOM_DATA"] = str(CHECKOUT / ".data" / "screens")
    os.environ.pop("DATABASE_URL", None)
    # The driver of the browser runs an event loop; Django would take that for asynchronous code.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

    import django

    django.setup()
    main()
