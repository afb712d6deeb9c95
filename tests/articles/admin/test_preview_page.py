"""The preview at the desk, and the journey of a link: made, opened by somebody without an account, revoked, gone."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Comment, Rendering, ShareLink
from articles.rendering.pages import static_url
from tests.articles.admin.pages import done, offered_acts, page_of, press, press_on, signed_in
from tests.making import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk(now=timezone.now())


def document_of(client, desk):
    return client.get(reverse("admin:articles_article_preview_document", args=[desk.article.pk]))


def without_marks_and_moments(html: str) -> str:
    """A page without what a preview says of itself and without its moments."""
    html = re.sub(r'<div class="banner grave" role="note">.*?</div>\n', "", html, flags=re.DOTALL)
    # In the frame no script runs; an address of its own and a picture for other sites have only what is out.
    html = re.sub(r'<script src="[^"]+" defer.*?</script>\n', "", html)
    html = re.sub(r'<meta (property="og:image|name="twitter:card)[^>]*>\n', "", html)
    html = re.sub(r'<section class="related".*?</section>\n', "", html, flags=re.DOTALL)
    html = re.sub(r'<a class="here( doubt)?"[^>]*></a>| data-claim="/claims/[^"]*"', "", html)
    html = re.sub(r'<a href="/claims/[^"]*">claim</a>', "claim", html)
    html = html.replace('<meta name="robots" content="noindex, nofollow, noarchive">\n', "")
    return re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)|\d+ \w+ \d{4}, \d\d:\d\d \w+", "", html)


def test_the_preview_is_the_page_that_is_published(desk):
    desk.check_all()
    preview = document_of(signed_in(desk.reporter), desk).content.decode()
    assert "Preview, not published." in preview
    desk.publish()
    page = bytes(Rendering.objects.get(representation="page").plain).decode()
    assert "Preview, not published." not in page
    assert without_marks_and_moments(preview) == without_marks_and_moments(page)


def test_it_is_framed_by_the_desk_alone_kept_by_nobody_and_runs_nothing(desk):
    answer = document_of(signed_in(desk.reporter), desk)
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert "script-src 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    assert (
        Client().get(reverse("admin:articles_article_preview_document", args=[desk.article.pk])).status_code
        == 302
    )
    html = page_of(signed_in(desk.reporter), desk.article, "preview")
    assert 'sandbox="allow-same-origin"' in html
    assert 'data-code="claim_not_checked"' in html
    assert static_url("desk/preview.js") in html


def test_a_link_is_made_opened_without_an_account_revoked_and_gone(desk):
    editor, guest = signed_in(desk.editor), Client()
    answer = press(editor, desk.article, "preview", "share", label="The lawyer", days="3", pinned="")
    html = answer.content.decode()
    shown = unescape(re.search(r'id="made-address"[^>]*value="([^"]*)"', html)[1])
    link = ShareLink.objects.get()
    assert (link.label, link.pinned, (link.expires_at - link.made_at).days) == ("The lawyer", "", 3)
    path = shown.removeprefix("http://testserver")
    assert path not in page_of(editor, desk.article, "preview")

    page = guest.get(path)
    assert page.status_code == 200
    assert not guest.cookies
    assert "(1×)" in page_of(editor, desk.article, "preview")

    assert done(
        press(signed_in(desk.reporter), desk.article, "preview", "revoke_share", place=link.public_id)
    )
    assert guest.get(path).status_code == 404
    html = page_of(editor, desk.article, "preview")
    assert "revoked by" in html
    assert "revoke_share" not in offered_acts(html)


def test_who_may_not_share_has_no_form_and_no_act(desk):
    url = reverse("admin:articles_article_preview", args=[desk.article.pk])
    for user in (desk.reporter, desk.checker):
        client = signed_in(user)
        assert "share" not in offered_acts(page_of(client, desk.article, "preview"))
        client.post(url, {"act": "share", "days": "3"})
    for wrong in (
        {"days": "31"},
        {"days": "x"},
        {"days": "3", "pinned": "perhaps"},
        {"days": "3", "label": "\x00"},
    ):
        assert signed_in(desk.editor).post(url, {"act": "share", **wrong}).status_code == 200
    assert not ShareLink.objects.exists()


def test_a_link_of_another_article_is_not_revoked_here(desk):
    other = Desk(now=timezone.now())
    press(signed_in(other.editor), other.article, "preview", "share", days="3")
    link = ShareLink.objects.get()
    url = reverse("admin:articles_article_preview", args=[desk.article.pk])
    signed_in(desk.editor).post(url, {"act": "revoke_share", "place": link.public_id})
    link.refresh_from_db()
    assert link.revoked_at is None
    other_url = reverse("admin:articles_article_preview", args=[other.article.pk])
    assert done(press_on(signed_in(desk.editor), other_url, "revoke_share"))


@pytest.mark.parametrize("place", ["", "headline", Desk.KEYS[0]])
def test_a_comment_from_the_preview_stands_where_it_was_meant(desk, place):
    client = signed_in(desk.checker)
    html = page_of(client, desk.article, "preview")
    assert f'<option value="{place}">' in html or f'<option value="{place}" selected>' in html
    answer = press(client, desk.article, "preview", "comment", about_place=place, text="Is that so?")
    assert done(answer)
    made = Comment.objects.get()
    assert (made.place, made.text, made.by) == (place, "Is that so?", desk.checker)


def test_a_comment_on_a_place_that_is_not_there_is_refused_in_the_form(desk):
    answer = press(
        signed_in(desk.checker), desk.article, "preview", "comment", about_place="../x", text="Well?"
    )
    assert 'data-code="place_unknown"' in answer.content.decode()
    assert not Comment.objects.exists()
