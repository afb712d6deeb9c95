"""Every address of the readers' site with something to show, asked once; what came back is all that tests look at."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.test import Client
from django.urls import reverse

from articles.arranging import arrange
from articles.demo.plans import pages
from articles.rules.surfaces import OF_NO_ARTICLE
from articles.site_pages import approve_page, write_page
from tests.articles.after_publication.story import Story
from tests.articles.after_publication.test_surfaces import addresses
from tests.articles.challenges import TOKEN, doubted, resolved, told
from tests.articles.public.followed import Followed
from tests.articles.public.stories import long_story, polish_story
from tests.making import NOW, make_user

HOST = "news.example"
# When readers come: everything has happened.
COME = NOW + timedelta(days=2)

SITE_PAGE = {"subject": "ethics"}
OWN_ADDRESSES = {
    "problem": {"code": "article_gone"},
    "site-page": SITE_PAGE,
    "site-page-version": SITE_PAGE | {"language": "en", "number": 1},
}
# Addresses that lead to nothing, or to what is no more.
ASTRAY = {
    "not found": "/nowhere/",
    "not found, Polish": "/nigdzie/",
    "bad request": "/?" + "a=1&" * 6_000,
    "retracted": "/articles/a-mistake/",
    "retracted history": "/articles/a-mistake/history/",
}


@dataclass(frozen=True)
class Answer:
    """What one address answered; ``cookies`` as the headers that would set them."""

    name: str
    path: str
    status: int
    headers: dict[str, str]
    body: bytes
    cookies: str

    @property
    def is_page(self) -> bool:
        return bool(self.body) and self.headers["Content-Type"].startswith("text/html")

    @property
    def text(self) -> str:
        return self.body.decode()


def furnish() -> dict[str, str]:
    """Publish a bit of everything; returns the addresses by what they show."""
    editor, duty = make_user("editor"), make_user("duty_editor")
    for (subject, language), (title, body) in pages().items():
        page = write_page(subject, language, title=title, body=body, after=0, by=editor, now=NOW)
        approve_page(page, by=duty, now=NOW)
    story = Story().corrected()
    long, polish = long_story(), polish_story()
    mistake = Followed("a-mistake")
    mistake.correct()
    mistake.retract()
    arrange(None, articles=[long.article, polish.article], leads=True, after=0, by=editor, now=NOW)
    found = addresses(story) | {"long article": long.path, "Polish article": polish.path}
    # What their pages ask for by script.
    found |= {f"beside {path}": f"{path}related/" for path in (long.path, polish.path)}
    for name in OF_NO_ARTICLE:
        found[name] = reverse(name, kwargs=OWN_ADDRESSES.get(name))
    told(story, resolved(story, doubted(story)))
    found |= {"challenges": reverse("challenges"), "challenge": reverse("challenge", args=[TOKEN])}
    found |= {
        f"{subject}, Polish": reverse("site-page", args=[subject, "pl"]) for subject in ("about", "ethics")
    }
    found |= {
        "problem, Polish": reverse("problem", args=["throttled"]) + "?lang=pl",
        "problems, Polish": reverse("problems") + "?lang=pl",
    }
    found["search, Polish"] = f"{reverse('search')}?q=traktat&lang=pl"
    return found | ASTRAY


def asked(found: dict[str, str]) -> Iterator[Answer]:
    for name, path in found.items():
        language = "pl" if name.endswith("Polish") else "en"
        answer = Client().get(path, secure=True, headers={"accept-language": language, "host": HOST})
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        yield Answer(name, path, answer.status_code, dict(answer.headers), body, answer.cookies.output())
