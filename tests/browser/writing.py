"""The editor under a browser test's hands: select, paste, and wait for what stands beside the text."""

from tests.browser.by_keys import next_page

SELECT = """(words) => {
    const editor = document.querySelector(".tiptap")
    const walker = document.createTreeWalker(editor, NodeFilter.SHOW_TEXT)
    const nodes = []
    let text = ""
    while (walker.nextNode()) { nodes.push([walker.currentNode, text.length]); text += walker.currentNode.data }
    // Where one paragraph ends the next begins: words begin in the later and end in the earlier.
    const place = (at, last) => {
        const around = nodes.filter(([node, start]) => start <= at && at <= start + node.data.length)
        const [node, start] = around.at(last ? 0 : -1)
        return [node, at - start]
    }
    const at = text.indexOf(words)
    const comes = document.activeElement !== editor
    editor.focus()
    document.getSelection().setBaseAndExtent(...place(at, false), ...place(at + words.length, true))
    // Browsers tell later, and on a busy machine after the next key; nobody drags that fast.
    document.dispatchEvent(new Event("selectionchange"))
    return comes
}"""
END = """() => {
    const editor = document.querySelector(".tiptap")
    const comes = document.activeElement !== editor
    editor.focus()
    document.getSelection().selectAllChildren(editor.lastElementChild)
    document.getSelection().collapseToEnd()
    document.dispatchEvent(new Event("selectionchange"))
    return comes
}"""
PASTE = """([html, text]) => {
    const data = new DataTransfer()
    if (html) data.setData("text/html", html)
    data.setData("text/plain", text)
    const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})
    document.querySelector(".tiptap").dispatchEvent(event)
}"""
# Cuts or copies what is selected, as the browser would put it on the clipboard; returns its HTML.
CLIP = """(kind) => {
    const data = new DataTransfer()
    const event = new ClipboardEvent(kind, {clipboardData: data, bubbles: true, cancelable: true})
    document.querySelector(".tiptap").dispatchEvent(event)
    return data.getData("text/html")
}"""
# Where words stand on the screen.
WHERE = """(words) => {
    const walker = document.createTreeWalker(document.querySelector(".tiptap"), NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
        const at = walker.currentNode.data.indexOf(words)
        if (at < 0) continue
        const range = document.createRange()
        range.setStart(walker.currentNode, at)
        range.setEnd(walker.currentNode, at + words.length)
        const { left, top, height } = range.getBoundingClientRect()
        return [left, top + height / 2]
    }
}"""
KEYS = """() => [...document.querySelectorAll(".tiptap span[data-segment]")].map(
    (span) => [span.dataset.segment, span.textContent])"""


def select_words(page, words: str) -> None:
    """Select ``words`` in the editor, as dragging over them would."""
    if page.evaluate(SELECT, words):
        let_in(page)


def paste(page, html: str = "", text: str = "") -> None:
    page.evaluate(PASTE, [html, text])


def clip(page, kind: str) -> str:
    """``cut`` or ``copy`` the selection; the HTML that is on the clipboard then."""
    return page.evaluate(CLIP, kind)


def keys(page) -> list[tuple[str, str]]:
    """Key and words of every marked stretch in the editor."""
    return [tuple(pair) for pair in page.evaluate(KEYS)]


def settle(page) -> None:
    """The editor hears of the cursor's place now, not when a busy browser comes to tell it."""
    page.evaluate(
        """() => new Promise((done) => requestAnimationFrame(() => {
            document.dispatchEvent(new Event("selectionchange"))
            setTimeout(done)
        }))"""
    )


def let_in(page) -> None:
    """Wait for the timer by which the editor, given the focus, puts the cursor back where it was: of timers the one set
    later for longer ends later. Nobody's fingers are as fast."""
    page.evaluate("() => new Promise((done) => setTimeout(done, 40))")


def drag(page, words: str, *, before: str, copy: bool = False) -> None:
    """Drag ``words`` with the mouse to right before the words ``before``; with ``copy`` holding Ctrl."""
    select_words(page, words)
    settle(page)
    (x, y), (to_x, to_y) = page.evaluate(WHERE, words), page.evaluate(WHERE, before)
    page.mouse.move(x + 5, y)
    page.mouse.down()
    page.mouse.move(x + 15, y + 4)
    if copy:
        page.keyboard.down("Control")
    page.mouse.move(to_x + 1, to_y, steps=4)
    page.mouse.up()
    if copy:
        page.keyboard.up("Control")
    settle(page)


def go_to_end(page) -> None:
    """Put the cursor behind the last word."""
    if page.evaluate(END):
        let_in(page)
    settle(page)


def save(page) -> None:
    with next_page(page):
        page.get_by_role("button", name="Save and continue editing").click()
    page.locator(".tiptap").wait_for()
