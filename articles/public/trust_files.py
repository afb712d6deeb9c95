"""Files by which others can check who we are and how to reach us, and by which browsers name and draw the site."""

from datetime import UTC, datetime, timedelta
from functools import cache

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import SitePage
from articles.purging import site_page_key
from articles.rendering.pages import site, site_page_path, static_url
from articles.rules.site_pages import Subject
from newsroom.core.answering import answer_made, as_json, moved_for_good
from newsroom.core.own_address import own_origin

TEXT = "text/plain; charset=utf-8"
# RFC 9116, 2.5.5 recommends less than a year.
SECURITY_HOLDS = timedelta(days=180)
# What says by what rules we work, where it is written.
DISCLOSURES = (Subject.ABOUT, Subject.ETHICS, Subject.CORRECTIONS, Subject.PRIVACY)
ICONS = (
    ("favicon.svg", "any", "image/svg+xml"),
    ("icon-192.png", "192x192", "image/png"),
    ("icon-512.png", "512x512", "image/png"),
)
# As the pages have them: --paper and --link of static/site.css.
PAPER, INK_BLUE = "#fffdf9", "#1d4f91"


@require_safe
def security(request):
    """``/.well-known/security.txt`` (RFC 9116)."""
    text = security_txt(own_origin(request), now=timezone.now())
    return answer_made(request, text.encode(), content_type=TEXT)


@require_safe
def security_moved(request):
    """``/security.txt``, where it was looked for before it had its place."""
    return moved_for_good(reverse("security-txt"), ())


def security_txt(origin: str, *, now: datetime) -> str:
    """Where weaknesses are reported: to the addresses that are set, else by our page of contacts.

    It expires half a year after the beginning of the month of ``now``: always ahead, the same file for a month.
    """
    month = now.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    contacts = settings.NEWSROOM_SECURITY_CONTACTS or [
        origin + site_page_path(Subject.CONTACT, settings.LANGUAGE_CODE)
    ]
    lines = [f"Contact: {contact}" for contact in contacts]
    lines += [
        f"Expires: {month + SECURITY_HOLDS:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {origin}{reverse('security-txt')}",
    ]
    return "\n".join(lines) + "\n"


@require_safe
def trust(request):
    """``/trust.txt`` (JournalList): to whom we belong, and which of our pages say by what rules we work. One query."""
    origin, own = own_origin(request), settings.LANGUAGE_CODE
    pages = SitePage.objects.shown().filter(language=own).values_list("subject", flat=True)
    written = set(pages.order_by("subject").distinct("subject"))
    lines = [f"{name}={value}" for name, value in settings.NEWSROOM_TRUST]
    if Subject.CONTACT in written:
        lines.append(f"contact={origin}{site_page_path(Subject.CONTACT, own)}")
    lines += [
        f"disclosure={origin}{site_page_path(subject, own)}" for subject in DISCLOSURES if subject in written
    ]
    lines.append(f"datatrainingallowed={'yes' if settings.NEWSROOM_DATA_TRAINING else 'no'}")
    text = "\n".join(lines) + "\n"
    keys = [site_page_key(subject) for subject in (Subject.CONTACT, *DISCLOSURES)]
    return answer_made(request, text.encode(), content_type=TEXT, keys=keys)


@require_safe
def manifest(request):
    """The web app manifest (W3C): name, colours and icons of the site; nothing of it changes while a process runs."""
    return answer_made(request, _manifest(), content_type="application/manifest+json")


@cache
def _manifest() -> bytes:
    home = site()["home"]
    icons = [{"src": static_url(name), "sizes": sizes, "type": kind} for name, sizes, kind in ICONS]
    return as_json(
        {
            "id": home,
            "name": settings.NEWSROOM_NAME,
            "short_name": settings.NEWSROOM_NAME,
            "start_url": home,
            "scope": home,
            "display": "browser",
            "lang": settings.LANGUAGE_CODE,
            "background_color": PAPER,
            "theme_color": INK_BLUE,
            "icons": icons,
        }
    )
