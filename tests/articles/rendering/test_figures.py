"""How a figure stands in a page, in a feed and in what is told to other programs."""

import json
import re

import pytest

from articles.rendering.article import article_html
from articles.rendering.entries import detail
from tests.articles.rendering.documents import NOON, Draft, Shown, an_id
from tests.articles.rendering.html import read

KEY = "ffffffffff"
HEX = {"avif": "a", "webp": "b", "jpg": "c"}


def picture(caption: str = "", *, key: str = KEY, **facts) -> dict:
    """A block that shows a picture of 1000 by 500."""
    renditions = [
        {
            "form": form,
            "width": width,
            "height": width // 2,
            "size": 9,
            "digest": HEX[form] * 58 + f"{width:06}",
        }
        for width in (480, 1000)
        for form in ("avif", "webp", "jpg")
    ]
    image = {
        "id": an_id("m", 1),
        "alt": 'A map of "A" & <B>',
        "credit": "Mira & Co <M>",
        "usage_terms": "Ours.",
        "focal": [20, 80],
        "width": 1000,
        "height": 500,
        "renditions": renditions,
    } | facts
    return {
        "kind": "figure",
        "text": caption,
        "marks": [],
        "figure": {"key": key, "rests_on": [], "image": image},
    }


def document(*blocks: dict, **more) -> dict:
    made = Draft().says("It was signed").document(**more)
    made["content"]["blocks"] = [*blocks, *made["content"]["blocks"]]
    return made


def page(*blocks: dict, **more) -> str:
    return article_html(document(*blocks, **more), Shown(NOON, NOON))


def test_a_figure_offers_three_forms_in_every_width_and_holds_its_place_open():
    html = page(picture("The border."))
    shown = html[html.index("<figure") : html.index("</figure>")]
    offered = re.findall(r'(?:type="(image/\w+)" )?srcset="([^"]*)"', shown)
    assert [kind for kind, _ in offered] == ["image/avif", "image/webp", ""]
    for (_, srcset), form in zip(offered, ("avif", "webp", "jpg"), strict=True):
        assert [entry.split()[1] for entry in srcset.split(", ")] == ["480w", "1000w"]
        assert all(entry.split()[0].endswith(f".{form}") for entry in srcset.split(", "))
    assert 'width="1000" height="500"' in shown
    assert 'class="fx2 fy8"' in shown
    assert 'alt="A map of &quot;A&quot; &amp; &lt;B&gt;"' in shown
    assert "The border." in shown
    assert "Picture: Mira &amp; Co &lt;M&gt;" in shown


def test_the_first_block_is_the_lead_and_alone_is_fetched_at_once():
    html = page(picture(), picture(key="gggggggggg"))
    lead, body = html.split('<div class="body">')
    assert (lead.count("<figure"), body.count("<figure")) == (1, 1)
    assert lead.index('class="standfirst"') < lead.index('<figure class="picture lead" id="f-ffffffffff">')
    assert 'loading="lazy"' not in lead
    assert 'loading="lazy"' in body


def test_a_figure_further_down_is_no_lead():
    made = document()
    made["content"]["blocks"].append(picture())
    html = article_html(made, Shown(NOON, NOON))
    assert 'class="picture lead"' not in html
    assert '<figure class="picture" id="f-ffffffffff">' in html


def test_an_alternative_text_that_was_waived_is_empty_and_not_absent():
    html = page(picture(alt=""), not_yet_checked=[f"figure:{KEY}"])
    assert 'alt=""' in html
    assert "not yet checked" in html[html.index("<figure") : html.index("</figure>")]


def test_a_preview_has_its_pictures_from_elsewhere():
    html = article_html(document(picture()), Shown(NOON, NOON), pictures=lambda digest, form: f"/look/{form}")
    shown = html[html.index("<figure") : html.index("</figure>")]
    assert "/images/" not in shown
    assert 'src="/look/jpg"' in shown


def test_a_preview_without_its_picture_says_so():
    block = picture("The border.")
    block["figure"]["image"] = None
    assert "The picture is missing." in page(block)


def test_links_and_search_engines_are_told_of_the_picture(settings):
    settings.NEWSROOM_ORIGIN = "https://news.example"
    html = page(picture("The border."))
    widest = f"https://news.example/images/{'c' * 58}001000.jpg"
    assert f'<meta property="og:image" content="{widest}">' in html
    assert '<meta property="og:image:alt" content="A map of &quot;A&quot; &amp; &lt;B&gt;">' in html
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    article = json.loads(data)["@graph"][0]
    assert article["image"] == [
        {
            "@type": "ImageObject",
            "contentUrl": widest,
            "width": 1000,
            "height": 500,
            "caption": "The border.",
            "description": 'A map of "A" & <B>',
            "creditText": "Mira & Co <M>",
            "usageInfo": "Ours.",
        }
    ]


def test_partners_are_told_where_each_file_is():
    told = detail(document(picture()), Shown(NOON, NOON), "0" * 64)
    renditions = told["blocks"][0]["figure"]["image"]["renditions"]
    assert [each["url"] for each in renditions] == [
        f"/images/{each['digest']}.{each['form']}" for each in renditions
    ]


@pytest.mark.parametrize("text", ['"><script>alert(1)</script>', "</figure><p>x", "' onerror='y"])
def test_no_text_of_a_picture_can_end_what_it_stands_in(text):
    shown = read(page(picture(text, alt=text, credit=text))).one("figure")
    [drawn] = shown.all("img")
    assert drawn["alt"] == text
    assert set(drawn.attributes) == {
        *("class", "src", "srcset", "sizes", "width", "height", "alt", "fetchpriority", "decoding")
    }
    assert shown.one("figcaption").text == f"{text} Picture: {text}"
