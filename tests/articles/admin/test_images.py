"""Pictures at the desk: kept, described and removed by hand, and offered to the editor; nobody else sees them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from articles.models import Image, Scope
from tests.articles.admin.pages import html_of, page_of, queries, signed_in
from tests.articles.illustrating.files import SVG, as_file, from_a_camera
from tests.articles.illustrating.shown import FACTS, figure, keep
from tests.making import Desk, make_user

pytestmark = pytest.mark.django_db

ADD = "/admin/articles/image/add/"
UPLOAD, OFFERS = "/admin/articles/image/upload/", "/admin/articles/image/offers/"


@pytest.fixture
def desk():
    return Desk()


def uploaded(data: bytes, name: str = "photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "image/jpeg")


def change(image: Image) -> str:
    return reverse("admin:articles_image_change", args=[image.pk])


def test_a_picture_is_kept_described_and_removed_by_hand(desk):
    client = signed_in(desk.reporter)
    assert client.post(ADD, {"file": uploaded(from_a_camera()), **FACTS}).status_code == 302
    image = Image.objects.get()
    assert (image.credit, image.file_name, image.created_by) == ("Mira Mapmaker", "photo.jpg", desk.reporter)
    page = html_of(client, change(image))
    assert f"/admin/articles/image/thumbs/{image.public_id}/" in page
    assert page.count('type="range"') == 2
    answer = client.post(change(image), FACTS | {"credit": "Somebody", "focal_x": 10, "focal_y": 90})
    image.refresh_from_db()
    assert (answer.status_code, image.credit, image.focal_x, image.focal_y) == (302, "Somebody", 10, 90)
    assert (
        client.post(reverse("admin:articles_image_delete", args=[image.pk]), {"post": "yes"}).status_code
        == 302
    )
    assert not Image.objects.exists()


@pytest.mark.parametrize("data", [SVG, b"x", as_file()[:200]], ids=["SVG", "noise", "half"])
def test_what_the_act_refuses_stands_at_the_field(desk, data):
    answer = signed_in(desk.reporter).post(ADD, {"file": uploaded(data), **FACTS})
    assert answer.status_code == 200
    assert "This is no JPEG, PNG, WebP or AVIF that can be read." in answer.content.decode()
    assert "Mira Mapmaker" in answer.content.decode()
    assert not Image.objects.exists()


def test_the_same_picture_again_is_refused_with_the_name_of_the_one_there_is(desk):
    client = signed_in(desk.reporter)
    client.post(ADD, {"file": uploaded(as_file()), **FACTS})
    answer = client.post(ADD, {"file": uploaded(as_file()), **FACTS})
    assert Image.objects.get().public_id in answer.content.decode()


@pytest.mark.parametrize(
    "wrong", [{"focal_x": 101}, {"focal_y": "x"}, {"credit": "x" * 201}, {"alt": "a\x00"}]
)
def test_what_cannot_be_is_refused(desk, wrong):
    image = keep(desk)
    facts = FACTS | {"focal_x": 1, "focal_y": 1, "caption": ""} | wrong
    assert signed_in(desk.reporter).post(change(image), facts).status_code == 200
    image.refresh_from_db()
    assert (image.focal_x, image.credit) == (50, "Mira Mapmaker")


def test_what_is_shown_somewhere_says_where_and_is_not_removed(desk):
    image = keep(desk)
    desk.save(body=figure(image) + desk.body())
    desk.publish()
    client = signed_in(desk.reporter)
    page = html_of(client, change(image))
    assert reverse("admin:articles_article_published", args=[desk.article.pk]) in page
    assert reverse("admin:articles_article_change", args=[desk.article.pk]) in page
    client.post(reverse("admin:articles_image_delete", args=[image.pk]), {"post": "yes"})
    assert Image.objects.filter(pk=image.pk).exists()
    # What an edition has shown is an editor's to describe.
    assert 'name="credit"' not in page
    assert 'name="credit"' in html_of(signed_in(desk.editor), change(image))


def test_a_draft_keeps_its_picture_too(desk):
    image = keep(desk)
    desk.save(body=figure(image) + desk.body())
    client = signed_in(desk.reporter)
    answer = client.post(
        reverse("admin:articles_image_delete", args=[image.pk]), {"post": "yes"}, follow=True
    )
    assert f"It is shown in: {desk.article.slug}." in answer.content.decode()
    assert Image.objects.filter(pk=image.pk).exists()


def test_where_it_is_shown_is_told_to_each_as_far_as_they_may_know(desk):
    image = keep(desk)
    desk.save(body=figure(image) + desk.body())
    Scope.objects.create(user=desk.checker, language="pl")
    client, deleting = signed_in(desk.checker), reverse("admin:articles_image_delete", args=[image.pk])
    refused = client.post(deleting, {"post": "yes"}, follow=True)
    told = [html_of(client, change(image)), refused.content.decode()]
    for page in told:
        assert "what others work on" in page
        assert desk.article.slug not in page
        assert desk.article.headline not in page
    assert Image.objects.filter(pk=image.pk).exists()


def test_the_list_costs_the_same_however_many_there_are(desk):
    client = signed_in(desk.reporter)
    keep(desk, seed=1)
    url = reverse("admin:articles_image_changelist")
    before = queries(client, url)
    for seed in range(2, 5):
        keep(desk, seed=seed, credit="")
    assert queries(client, url) == before
    assert html_of(client, f"{url}?missing=credit").count("desk-thumb") == 3


def test_the_editor_is_offered_pictures_by_their_words(desk):
    image = keep(desk, seed=1, caption="The long border", file_name="IMG_0042.png")
    keep(desk, seed=2, alt="A river.")
    client = signed_in(desk.checker)
    for asked in ("long border", "BORDER mira", "img_0042", image.public_id, f"[{image.public_id}]"):
        told = client.get(OFFERS, {"q": asked}).json()["images"]
        assert [(each["id"], each["label"]) for each in told] == [(image.public_id, "The long border")], asked
    assert client.get(OFFERS, {"id": image.public_id}).json()["images"][0]["credit"] == "Mira Mapmaker"
    assert len(client.get(OFFERS).json()["images"]) == 2
    for hostile in ("\x00", "%", "x" * 9000, "' OR 1=1 --", "a " * 5000):
        assert client.get(OFFERS, {"q": hostile}).status_code == 200
        assert client.get(OFFERS, {"id": hostile}).json() == {"images": []} or hostile == "\x00"


def test_the_editor_uploads_a_picture(desk):
    client = signed_in(desk.reporter)
    answer = client.post(UPLOAD, {"file": uploaded(as_file()), "alt": "A river.", "credit": "Mira"})
    told = answer.json()
    assert (answer.status_code, told["alt"], told["width"]) == (201, "A river.", 60)
    assert Image.objects.get().public_id == told["id"]


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        ({}, 409, "picture_empty"),
        ({"file": b""}, 409, "picture_empty"),
        ({"file": SVG}, 409, "picture_unreadable"),
        ({"file": as_file() + b"\0" * (20 * 1024**2)}, 413, "picture_too_large"),
        ({"file": as_file(), "credit": "x" * 201}, 409, "text_too_long"),
        ({"file": as_file(), "alt": "a\x00b"}, 409, "text_unreadable"),
    ],
    ids=["none", "0 bytes", "SVG", "20 MB", "long credit", "NUL"],
)
def test_an_upload_that_is_refused_says_why(desk, sent, status, code):
    sent = {name: uploaded(value) if name == "file" else value for name, value in sent.items()}
    answer = signed_in(desk.reporter).post(UPLOAD, sent)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Image.objects.exists()


def test_nobody_but_the_desk_sees_pictures_that_are_not_public(desk):
    image = keep(desk)
    rendition = image.renditions.first()
    doors = [
        OFFERS,
        reverse("admin:articles_image_thumb", args=[image.public_id]),
        reverse("admin:articles_image_file", args=[rendition.digest, rendition.form]),
    ]
    for url in doors:
        assert Client().get(url).status_code == 302
        assert signed_in(make_user("administrator")).get(url).status_code == 403
        answer = signed_in(desk.checker).get(url)
        assert answer.status_code == 200
        assert "public" not in answer.headers.get("Cache-Control", "")
    assert Client().post(UPLOAD, {"file": uploaded(as_file())}).status_code == 302
    assert (
        signed_in(make_user("administrator")).post(UPLOAD, {"file": uploaded(as_file())}).status_code == 403
    )


def test_what_is_not_there_is_not_there(desk):
    client = signed_in(desk.checker)
    assert client.get(reverse("admin:articles_image_thumb", args=["0" * 12])).status_code == 404
    assert client.get(reverse("admin:articles_image_file", args=["0" * 64, "avif"])).status_code == 404


def test_the_panel_leads_from_a_blocker_to_its_picture_and_offers_the_exemption(desk):
    image = keep(desk, credit="", seed=7)
    desk.save(body=desk.body() + figure(image, "The border."))
    page = page_of(signed_in(desk.editor), desk.article, "ready")
    assert change(image) in page
    assert 'data-act="exempt"' in page
    assert "figure:ffffffffff" in page


def test_the_form_without_scripts_keeps_the_figure(desk):
    image = keep(desk)
    desk.save(body=figure(image, "The border.", Desk.KEYS[0]) + desk.body())
    form = html_of(signed_in(desk.reporter), reverse("admin:articles_article_change", args=[desk.article.pk]))
    assert f"data-image=&quot;{image.public_id}&quot;" in form
