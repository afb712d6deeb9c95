// Select the words of a passage in the archived text, by mouse or by keyboard. What goes into the form counts code
// points of the stored text, as the server does; a JavaScript string counts UTF-16 units.
const reader = document.getElementById("reader")
const form = document.querySelector("form[data-act=choose]")

if (reader && form) {
  const kept = reader.innerHTML
  let blocks = [...reader.querySelectorAll("[data-start]")]
  const startOf = (block) => Number(block.dataset.start)
  const points = (text) => [...text]
  const { words, start, end } = form.elements
  const status = document.getElementById("selected")

  // A caret moves through what can be edited: so the text is, and every edit of it is refused.
  reader.contentEditable = "true"
  for (const [name, value] of Object.entries({
    role: "textbox",
    "aria-multiline": "true",
    "aria-readonly": "true",
    "aria-label": reader.dataset.hint,
    spellcheck: "false",
    inputmode: "none",
  }))
    reader.setAttribute(name, value)
  for (const edit of ["beforeinput", "paste", "cut", "drop", "dragstart"])
    reader.addEventListener(edit, (event) => event.preventDefault())

  // An input method writes without asking: what it wrote is taken back.
  reader.addEventListener("input", () => {
    reader.innerHTML = kept
    blocks = [...reader.querySelectorAll("[data-start]")]
  })

  // The place in the whole text of a boundary in the page; one between blocks is where the next block begins.
  const placeOf = (node, offset) => {
    const range = document.createRange()
    const block = (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement).closest("[data-start]")
    if (block) {
      range.setStart(block, 0)
      range.setEnd(node, offset)
      return startOf(block) + points(range.toString()).length
    }
    range.setStart(node, offset)
    const next = blocks.find((each) => range.comparePoint(each, 0) >= 0)
    return next ? startOf(next) : startOf(blocks.at(-1)) + points(blocks.at(-1).textContent).length
  }

  // The stretch between two places without white space at its ends, and its words.
  const stretch = (from, to) => {
    const pieces = []
    for (const block of blocks) {
      const begin = startOf(block)
      const inside = points(block.textContent).slice(Math.max(0, from - begin), Math.max(0, to - begin))
      if (inside.length) pieces.push({ at: Math.max(from, begin), inside })
    }
    const blank = (char) => /\s/u.test(char)
    while (pieces.length && blank(pieces[0].inside[0])) {
      pieces[0].inside.shift()
      pieces[0].at += 1
      if (!pieces[0].inside.length) pieces.shift()
    }
    while (pieces.length && blank(pieces.at(-1).inside.at(-1))) {
      pieces.at(-1).inside.pop()
      if (!pieces.at(-1).inside.length) pieces.pop()
    }
    if (!pieces.length) return null
    const last = pieces.at(-1)
    const text = pieces.map((piece) => piece.inside.join("")).join("\n")
    return { from: pieces[0].at, to: last.at + last.inside.length, text }
  }

  const take = () => {
    const selection = document.getSelection()
    if (!selection.rangeCount || selection.isCollapsed) return
    const range = selection.getRangeAt(0)
    if (!reader.contains(range.startContainer) || !reader.contains(range.endContainer)) return
    const found = stretch(placeOf(range.startContainer, range.startOffset), placeOf(range.endContainer, range.endOffset))
    if (!found) return
    start.value = found.from
    end.value = found.to
    words.value = found.text
    const count = found.text.split(/\s+/u).length
    status.textContent = count === 1 ? status.dataset.one : status.dataset.many.replace("%n", count)
  }
  document.addEventListener("selectionchange", take)

  // Words that a person changes are looked for; the place they had is no longer theirs.
  words.addEventListener("input", () => {
    start.value = end.value = status.textContent = ""
  })
  reader.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return
    event.preventDefault()
    // Browsers tell a moment late what is selected.
    take()
    if (start.value) document.getElementById("use-words").focus()
  })
  if (!location.hash) reader.querySelector("mark")?.scrollIntoView({ block: "center" })
}
