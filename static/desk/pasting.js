// Paste from a word processor and with [1, 3] markers. Formats that a story does not have are dropped by the editor's
// schema; here goes what the schema would keep as words: list numbers, footnotes, comments. Numbers become marks.
import { ask, dialog, el } from "desk/asking"
import { Extension, pm } from "django-prose-editor/editor"

const { Plugin } = pm.state
const { DOMSerializer } = pm.model
// As articles/importing/markers reads them, roughly: the server has the last word on what is a marker.
const MARKER = /\[\s*\d{1,3}(?:\s*[-,;–]\s*\d{1,3})*\s*\]/
const JUNK = [
  "style, script, meta, link, title, xml, svg, img, object",
  // Word: the number of a list item typed out, footnotes and comments with their anchors.
  "[style*='mso-list:Ignore' i], [style*='mso-list: Ignore' i]",
  "[style*='mso-element:footnote' i], [style*='mso-element:endnote' i], [style*='mso-element:comment' i]",
  ".MsoFootnoteReference, .MsoEndnoteReference, .MsoCommentReference, [style*='mso-special-character' i]",
  "a[href^='#_ftn'], a[href^='#_edn'], a[href^='#_msocom']",
  // LibreOffice and Google Docs.
  ".sdfootnoteanc, .sdendnoteanc, [id^=sdfootnote], [id^=sdendnote], a[href^='#ftnt'], a[href^='#cmnt'], [id^=ftnt], [id^=cmnt]",
]

function cleaned(html) {
  // What was copied in an editor of ours is as it should be.
  if (html.includes("data-pm-slice")) return html
  const page = new DOMParser().parseFromString(html, "text/html")
  for (const junk of page.querySelectorAll(JUNK.join(", "))) {
    // A footnote's own paragraph goes with its anchor.
    const note = junk.matches("[id^=ftnt], [id^=cmnt]") && junk.closest("div, p")
    ;(note && !note.querySelector("p + p") && note.firstElementChild?.contains(junk) ? note : junk).remove()
  }
  for (const [from, to] of [["h1", "h2"], ["h4, h5, h6", "h3"]])
    for (const old of page.querySelectorAll(from)) old.replaceWith(el(to, {}, ...old.childNodes))
  for (const empty of page.querySelectorAll("p, h2, h3")) if (!empty.textContent.trim()) empty.remove()
  return page.body.innerHTML
}

// The text of what is pasted, paragraphs parted by blank lines; items of a numbered list with their numbers.
function textOf(slice) {
  const lines = []
  const walk = (node, prefix) => {
    if (node.isTextblock) return void lines.push(prefix + node.textContent)
    node.forEach((child, _, n) => walk(child, node.type.name === "orderedList" ? `${n + 1}. ` : prefix))
  }
  slice.content.forEach((node) => (node.isText ? lines.push(node.text) : walk(node, "")))
  return lines.join("\n\n")
}

const isMarked = (slice) => {
  let marked = false
  slice.content.descendants((node) => {
    marked ||= node.marks.some((mark) => mark.type.name === "segment")
  })
  return marked
}

// Each proposed mark is ticked, and can be left out.
function shown(proposed, texts) {
  let place = 0
  const stretch = ({ text, kind, group }) =>
    kind
      ? el(
          "label",
          { class: `desk-stretch desk-stretch--${kind}` },
          el("input", { type: "checkbox", checked: true, value: String(place++), class: "desk-proposes" }),
          text,
          el("span", { class: "desk-group" }, ` ${group}`),
        )
      : text
  const source = ({ number, name }) => el("li", {}, el("b", {}, `[${number}] `), name || texts.unknown)
  const list = (title, items) => items.length > 0 && el("section", {}, el("h3", {}, title), el("ul", { class: "desk-findings" }, ...items))
  return [
    el("p", { class: "desk-lead" }, texts.lead),
    el("div", { class: "desk-story" }, ...proposed.paragraphs.map((pieces) => el("p", {}, ...pieces.map(stretch)))),
    list(texts.sources, proposed.sources.map(source)),
    list(texts.findings, proposed.findings.map((finding) => el("li", {}, finding))),
  ].filter(Boolean)
}

let inserting = false

// Put into the text what was decided on; it is not asked about again.
function insert(view, html) {
  inserting = true
  view.pasteHTML(html)
  inserting = false
}

// Follows where something was pasted while the writer is asked, wherever the cursor goes and the text grows meanwhile.
class Place {
  constructor(editor) {
    this.editor = editor
    this.bookmark = editor.state.selection.getBookmark()
    this.follow = ({ transaction }) => (this.bookmark = this.bookmark.map(transaction.mapping))
    editor.on("transaction", this.follow)
  }

  select() {
    const { view, state } = this.editor
    view.dispatch(state.tr.setSelection(this.bookmark.resolve(state.doc)))
  }

  leave() {
    this.editor.off("transaction", this.follow)
  }
}

// What is pasted as the desk reads it: with its formats where it has some.
function html(state, slice) {
  const made = el("div")
  made.append(DOMSerializer.fromSchema(state.schema).serializeFragment(slice.content))
  return made.innerHTML
}

async function propose(editor, options, pasted, slice) {
  const place = new Place(editor)
  try {
    const html = await decided(editor, options, pasted)
    if (html === null) return
    place.select()
    if (html) insert(editor.view, html)
    else editor.view.dispatch(editor.state.tr.replaceSelection(slice))
  } finally {
    place.leave()
  }
}

// The HTML to insert as the writer decided; "" where nothing was taken for a citation, so that it is pasted as it came;
// null if nothing is to be pasted.
async function decided(editor, { texts, url }, pasted) {
  const language = document.querySelector("[name=language]")?.value ?? ""
  const asked = { ...pasted, language, body: editor.getHTML() }
  const proposed = await ask(url, asked, texts.failed)
  const note = document.getElementById("desk-note")
  if (note) note.textContent = proposed.ok ? "" : proposed.message
  if (!proposed.ok) return null
  if (!proposed.paragraphs.flat().some((piece) => piece.kind)) return ""
  const plain = el("button", { type: "button", class: "desk-button" }, texts.plain)
  const take = async (refused) => {
    const made = await ask(url, { ...asked, accept: "yes", refused: refused.map((box) => box.value).join(" ") }, texts.failed)
    return made.ok ? made : { refused: made.message }
  }
  const boxes = (of) => [...document.querySelectorAll(`dialog .desk-proposes${of}`)]
  const chosen = await dialog(editor, {
    title: texts.title,
    parts: [...shown(proposed, texts), plain],
    submit: texts.accept,
    cancel: texts.cancel,
    opened: ({ button }) => {
      plain.addEventListener("click", () => {
        for (const box of boxes("")) box.checked = false
        button.click()
      })
      button.before(plain)
      button.focus()
    },
    submitted: () => take(boxes(":not(:checked)")),
  })
  return chosen && chosen.html
}

export const Pasting = Extension.create({
  name: "Pasting",
  addOptions: () => ({ url: "", texts: {} }),
  addProseMirrorPlugins() {
    const { editor, options } = this
    return [
      new Plugin({
        props: {
          transformPastedHTML: cleaned,
          handlePaste(_, event, slice) {
            if (inserting) return false
            const typed = event.clipboardData?.getData("text/html") ? "" : event.clipboardData?.getData("text/plain")
            const text = typed ? (/\n\s*\n/.test(typed) ? typed : typed.replace(/\r?\n/g, "\n\n")) : textOf(slice)
            if (!MARKER.test(text) || isMarked(slice)) return false
            propose(editor, options, typed ? { text } : { html: html(editor.state, slice) }, slice)
            return true
          },
        },
      }),
    ]
  },
})
