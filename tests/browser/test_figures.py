"""A picture put into a story with keys alone: chosen or uploaded, with its caption and what that rests on."""

import pytest

from articles.body.html import parse_html
from articles.models import Image
from tests.articles.illustrating.files import as_file, drawn
from tests.articles.illustrating.shown import keep
from tests.browser.writing import let_in, save
from tests.making import Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_pictures_are_put_into_a_story(at_desk, tmp_path):
    desk = Desk()
    image = keep(desk, caption="The border", alt="A map of the border.")
    page = at_desk(desk.reporter, "articles_article_change", desk.article.pk)
    page.locator(".tiptap").wait_for()

    # One that is kept, by keys alone: at the start of the story it is the lead.
    page.locator(".tiptap p").first.click()
    let_in(page)
    page.keyboard.press("Control+Home")
    page.keyboard.press("Control+Alt+f")
    page.locator("dialog [type=search]:focus").wait_for()
    page.keyboard.type("border")
    page.locator("dialog [type=radio]").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.locator("dialog summary").last.focus()
    page.keyboard.press("Enter")
    page.locator("dialog [type=checkbox]").first.check()
    page.get_by_role("button", name="Take this picture").press("Enter")
    figure = page.locator(".tiptap figure")
    figure.locator("img").wait_for()
    assert figure.locator("img").evaluate("(img) => img.decode().then(() => img.naturalWidth)") == 60
    figure.locator("figcaption").click()
    page.keyboard.press("End")
    page.keyboard.type(" as agreed")

    # Another, uploaded without leaving the text.
    file = tmp_path / "map.png"
    file.write_bytes(as_file(drawn(seed=9), "PNG"))
    page.locator(".tiptap p").last.click()
    page.get_by_role("button", name="A picture with its caption").click()
    page.locator("dialog summary").first.click()
    page.locator("dialog [type=file]").set_input_files(file)
    page.locator("dialog [data-said=alt]").fill("A river.")
    page.locator("dialog [data-said=credit]").fill("Mira Mapmaker")
    page.get_by_role("button", name="Upload", exact=True).click()
    page.get_by_text("It is kept, and chosen.").wait_for()
    page.get_by_role("button", name="Take this picture").click()
    figure.nth(1).wait_for()

    save(page)
    body = parse_html(desk.reload().body)
    uploaded = Image.objects.latest("pk")
    assert [block.kind for block in body.blocks] == ["figure", "p", "p", "figure"]
    first, second = body.figures
    assert (first.figure.image, first.text) == (image.public_id, "The border as agreed")
    assert first.figure.rests_on == (Desk.KEYS[0],)
    assert (second.figure.image, uploaded.alt, uploaded.credit) == (
        uploaded.public_id,
        "A river.",
        "Mira Mapmaker",
    )

    # Opened and saved again it is the same.
    stored = desk.article.body
    save(page)
    assert desk.reload().body == stored
