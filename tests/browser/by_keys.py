"""A person without a mouse: goes from stop to stop with Tab and sees where they are."""

from contextlib import contextmanager

# Where the focus shows: an outline, a shadow or a border that the element has not without it. A text shows its caret.
SHOWS = """() => {
    const at = document.activeElement
    if (at.isContentEditable) return true
    const look = () => {
        const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor } = getComputedStyle(at)
        return JSON.stringify([outlineStyle === "none" ? "" : outlineWidth + outlineColor, boxShadow, borderColor])
    }
    const focused = look()
    at.blur()
    const left = look()
    at.focus({ preventScroll: true, focusVisible: true })
    return focused !== left && at.getClientRects().length > 0
}"""


@contextmanager
def next_page(page):
    """What is done inside leads to another page, maybe at the same address: wait until it is there.

    A click or a key does not wait for the page it asks for, and what is looked for may stand on the page before it.
    """
    page.evaluate("window.isLeft = false")
    yield
    page.wait_for_function("window.isLeft === undefined && document.readyState === 'complete'")


def tab_to(page, selector: str, *, key: str = "Tab", most: int = 60) -> None:
    """Press ``key`` until what ``selector`` names has the focus, and see it there."""
    stops = []
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            assert page.evaluate(SHOWS), f"the focus on {selector} is not seen"
            return
        stops.append(page.evaluate("document.activeElement.outerHTML.slice(0, 80)"))
    raise AssertionError(f"{selector} is not reached by {key}: {stops}")


def past_the_sidebar(page) -> None:
    """Take the link that every page of the desk begins with, unless the page has put the focus where work begins."""
    if page.evaluate("document.activeElement.closest('#content') !== null"):
        return
    tab_to(page, ".desk-skip", most=1)
    page.keyboard.press("Enter")


def take(page, selector: str, **options) -> None:
    """Go to a link, a button or what unfolds, and press Enter."""
    tab_to(page, selector, **options)
    page.keyboard.press("Enter")
