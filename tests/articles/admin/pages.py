"""Drive the desk's pages as people do: read a form off the page, fill it in, press its button."""

import re
from html import unescape

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

_FORM = re.compile(
    r'<form class="desk-act[^"]*"[^>]*action="([^"]*)"[^>]*data-act="([^"]*)"[^>]*>(.*?)</form>', re.DOTALL
)
_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')
_CODES = re.compile(r'data-code="([^"]*)"')


def signed_in(user) -> Client:
    """A browser in which ``user`` has signed in. It keeps no token: those tests that are about it say so."""
    client = Client()
    client.force_login(user)
    return client


def page_of(client: Client, article, name: str) -> str:
    """The HTML of one of the article's pages: change, evidence, check, ready."""
    return html_of(client, reverse(f"admin:articles_article_{name}", args=[article.pk]))


def forms_on(html: str) -> list[tuple[str, str, dict[str, str]]]:
    """Every act the page offers: its address, its name, its hidden fields."""
    return [
        (unescape(to), act, {name: unescape(value) for name, value in _HIDDEN.findall(inside)})
        for to, act, inside in _FORM.findall(html)
    ]


def offered_acts(html: str) -> set[str]:
    return {act for _to, act, _hidden in forms_on(html)}


def refusals_on(html: str) -> set[str]:
    """The codes of what was refused, as they stand beside the message."""
    alerts = re.findall(r'<(?:div|section)[^>]*role="alert"[^>]*>', html)
    return {code for alert in alerts for found in _CODES.findall(alert) for code in found.split()}


def press(client: Client, article, page: str, act: str, *, place: str = "", of: dict | None = None, **typed):
    """Open ``page``, fill in its form for ``act`` (at ``place``, with the hidden fields ``of``), press the button.

    Returns the page that comes back.
    """
    wanted = {"place": place} if place else {}
    url = reverse(f"admin:articles_article_{page}", args=[article.pk])
    return press_on(client, url, act, of=wanted | (of or {}), **typed)


def html_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return answer.content.decode()


def queries(client: Client, url: str) -> int:
    """How many queries the page costs."""
    with CaptureQueriesContext(connection) as captured:
        html_of(client, url)
    return len(captured)


def press_on(client: Client, url: str, act: str, /, *, of: dict | None = None, **typed):
    """Open ``url``, fill in its form for ``act`` that has the hidden fields ``of``, press the button."""
    html, wanted = html_of(client, url), of or {}
    for to, name, hidden in forms_on(html):
        if name == act and wanted.items() <= hidden.items():
            return client.post(to or url, hidden | typed, follow=True)
    raise AssertionError(f"no form for {act} {wanted} on {url}; offered: {sorted(offered_acts(html))}")


def done(answer) -> bool:
    """Whether the act was done: the page came back after a redirect and refuses nothing."""
    return bool(answer.redirect_chain) and not refusals_on(answer.content.decode())


def write(client: Client, article=None, **typed):
    """Save the story's form as it stands on the page, with ``typed`` in its place; returns the answer."""
    if article:
        url = reverse("admin:articles_article_change", args=[article.pk])
    else:
        url = reverse("admin:articles_article_add")
    form = client.get(url).context["adminform"].form
    facts = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    rows = {"byline_set-TOTAL_FORMS": 0, "byline_set-INITIAL_FORMS": 0}
    if article:
        for n, byline in enumerate(article.byline_set.all()):
            rows |= {
                "byline_set-TOTAL_FORMS": n + 1,
                "byline_set-INITIAL_FORMS": n + 1,
                f"byline_set-{n}-id": byline.pk,
                f"byline_set-{n}-article": article.pk,
                f"byline_set-{n}-person": byline.person_id,
                f"byline_set-{n}-position": byline.position,
            }
    return client.post(url, facts | rows | {"_continue": "1"} | typed, follow=True)
