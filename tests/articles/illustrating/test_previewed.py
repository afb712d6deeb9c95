"""A preview shows its pictures, though none of them can be opened outside."""

import pytest

from articles.previewing import preview_html, preview_of
from tests.articles.illustrating.shown import figure, keep
from tests.making import NOW, Desk

pytestmark = pytest.mark.django_db


def test_a_preview_holds_its_pictures_itself():
    desk = Desk()
    desk.save(body=figure(keep(desk)) + desk.body())
    document = preview_of(desk.reload(), now=NOW).document
    html = preview_html(desk.article, document, at=NOW, marked={"title": "Preview", "text": ""})
    shown = html[html.index("<figure") : html.index("</figure>")]
    assert shown.count("data:image/jpeg;base64,") == 1
    assert "/images/" not in shown
