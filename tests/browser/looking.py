"""What axe finds on a page, in light and in dark."""

from axe_playwright_python.sync_playwright import Axe

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
GRAVE = ["serious", "critical"]
ALL = [*GRAVE, "moderate", "minor"]

# What is folded is looked at too. Nothing moves meanwhile: a colour on its way to another is none of either scheme.
_READY = """() => {
    for (const each of document.querySelectorAll("details")) each.open = true
    const sheet = new CSSStyleSheet()
    sheet.replaceSync("* { transition: none !important; animation: none !important }")
    document.adoptedStyleSheets = [sheet]
}"""
_LOOK = """async ([scheme, rules, impacts, within]) => {
    // The desk's scheme is a class, the readers' is the browser's.
    document.documentElement.classList.toggle("dark", scheme === "dark")
    const options = { runOnly: rules, resultTypes: ["violations"] }
    const { violations } = await axe.run(within ? { include: [[within]] } : document, options)
    return violations.filter(({ impact }) => impacts.includes(impact)).flatMap(({ id, nodes }) =>
        nodes.map(({ html, any }) => `${scheme}: ${id}: ${html.slice(0, 160)} ${any[0]?.message}`))
}"""


def faults(page, *, within: str = "", rules: list[str] = WCAG, impacts: list[str] = GRAVE) -> list[str]:
    """What axe finds on the page as it stands, everything unfolded, one line for each element.

    Of ``rules`` (axe's tags) all in the light, in the dark what alone depends on it: the contrast of colours.
    ``within`` is a selector, empty for the whole page; told are faults of one of ``impacts``.
    """
    page.evaluate(_READY)
    page.evaluate(Axe().axe_script)
    found = []
    for scheme, asked in (("light", rules), ("dark", ["color-contrast"])):
        page.emulate_media(color_scheme=scheme)
        found += page.evaluate(_LOOK, [scheme, asked, impacts, within])
    return found
