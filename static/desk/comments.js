// Comments beside the story: words are selected and Ctrl+Alt+M begins a comment on them; those that have one are marked
// in the text. What a comment is about is found again by its words and those around them, as articles/commenting does.
import { Extension, pm } from "django-prose-editor/editor"
import { count, reveal } from "desk/folds"

const { Plugin, PluginKey, TextSelection } = pm.state
const { Decoration, DecorationSet } = pm.view
const AROUND = 32
const LONGEST = 300
const key = new PluginKey("comments")
const panel = () => document.getElementById("desk-comments")
const plain = (text) => text.replace(/\s/gu, " ")
// As the server counts them: a character outside of the first plane is one, not two.
const first = (text, n) => [...text].slice(0, n).join("")
const last = (text, n) => [...text].slice(-n).join("")

// The blocks of text with where they begin; a line break counts as a space.
function blocksOf(doc) {
  const found = []
  doc.descendants((node, pos) => {
    if (!node.isTextblock) return true
    found.push({ at: pos + 1, text: plain(node.textBetween(0, node.content.size, "", " ")), node })
    return false
  })
  return found
}

// Where the words of a comment stand, or null: with the words around them, else where they are the only such words.
function placeOf(about, blocks) {
  const { exact, prefix, suffix } = about.dataset
  for (const { at, text } of blocks) {
    const around = text.indexOf(prefix + exact + suffix)
    const only = text.indexOf(exact)
    const start = around >= 0 ? around + prefix.length : only >= 0 && text.indexOf(exact, only + 1) < 0 ? only : -1
    if (start >= 0) return { from: at + start, to: at + start + exact.length }
  }
  return null
}

function decorated(doc) {
  const blocks = blocksOf(doc)
  const found = []
  for (const about of panel()?.querySelectorAll("[data-exact]") ?? []) {
    if (["headline", "standfirst"].includes(about.dataset.place)) continue
    const place = placeOf(about, blocks)
    if (place) found.push(Decoration.inline(place.from, place.to, { class: "desk-commented" }, { comment: about.dataset.comment }))
  }
  return DecorationSet.create(doc, found)
}

// What is selected in the story, as a comment on it names it; null where nothing is, or not in one paragraph.
function selectedIn(editor) {
  const { $from, $to, from, to } = editor.state.selection
  if (from === to || !$from.sameParent($to) || !$from.parent.isTextblock) return null
  const base = $from.start()
  const text = plain($from.parent.textBetween(0, $from.parent.content.size, "", " "))
  const chosen = text.slice(from - base, to - base)
  const exact = first(chosen.trim(), LONGEST)
  if (!exact) return null
  const start = from - base + chosen.indexOf(exact)
  const keys = new Set()
  editor.state.doc.nodesBetween(from, to, (node) => {
    if (node.isText) keys.add(node.marks.find((mark) => mark.type.name === "segment")?.attrs.segment ?? "")
  })
  const [segment] = keys
  return {
    place: keys.size === 1 && segment ? segment : "body",
    exact,
    prefix: last(text.slice(0, start), AROUND),
    suffix: first(text.slice(start + exact.length), AROUND),
  }
}

function selectedInField(field, place) {
  const text = plain(field.value)
  const exact = first(text.slice(field.selectionStart, field.selectionEnd).trim(), LONGEST)
  if (!exact) return { place }
  const start = text.indexOf(exact, field.selectionStart)
  return { place, exact, prefix: last(text.slice(0, start), AROUND), suffix: first(text.slice(start + exact.length), AROUND) }
}

let cameFrom = null

// Put what the comment is about into the form, and the cursor into its text.
function begin(about, from) {
  const form = panel()?.querySelector("form[data-act=comment]")
  if (!form) return false
  cameFrom = from
  for (const name of ["place", "exact", "prefix", "suffix"]) {
    let field = form.querySelector(`input[name=${name}]`)
    if (!field) {
      field = Object.assign(document.createElement("input"), { type: "hidden", name })
      form.append(field)
    }
    field.value = about[name] ?? ""
  }
  const words = panel().querySelector("[data-about]")
  words.textContent = about.exact ?? ""
  words.hidden = !about.exact
  const text = form.elements.namedItem("text")
  reveal(panel())
  text.focus()
  text.scrollIntoView({ block: "center" })
  return true
}

const back = () => {
  cameFrom?.focus()
  cameFrom = null
}

let sending = false

// Send a form of the panel and show the panel anew; nothing else of the page is touched, for it may hold unsaved text.
async function send(form, shown) {
  if (sending) return
  sending = true
  const section = panel()
  const kept = new Map([...section.querySelectorAll("details[open]")].map((d) => [d.closest("[data-comment]")?.id, true]))
  let made
  try {
    const answer = await fetch(`${section.dataset.url}?part`, { method: "POST", body: new FormData(form) })
    if (!answer.ok) throw new Error(answer.statusText)
    // Who is signed out gets another page.
    made = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("desk-comments")
    if (!made) throw new Error(answer.url)
  } catch {
    section.querySelector("[data-said]").textContent = section.dataset.failed
    return
  } finally {
    sending = false
  }
  // Said once it is there, or nobody hears it.
  const said = made.querySelector("[data-said]")
  const words = said.textContent
  said.textContent = ""
  section.replaceWith(made)
  count(made)
  requestAnimationFrame(() => { said.textContent = words })
  const refused = made.querySelector(".desk-act--refused")
  if (refused) return refused.querySelector("textarea, button").focus()
  for (const id of kept.keys()) id && document.getElementById(id)?.querySelector("details")?.setAttribute("open", "")
  shown()
  if (form.dataset.act === "comment") back()
  else (document.getElementById(`comment-${form.elements.namedItem("place").value}`) ?? made).querySelector("a, summary, button")?.focus()
}

export const Comments = Extension.create({
  name: "comments",
  addKeyboardShortcuts() {
    const start = () => begin(selectedIn(this.editor) ?? { place: "" }, this.editor.view.dom)
    return { "Mod-Alt-m": start }
  },
  addProseMirrorPlugins() {
    return [
      new Plugin({
        key,
        state: {
          init: (_, state) => decorated(state.doc),
          apply: (tr, old) => (tr.getMeta(key) ? decorated(tr.doc) : old.map(tr.mapping, tr.doc)),
        },
        props: { decorations: (state) => key.getState(state) },
      }),
    ]
  },
  onCreate() {
    const { editor } = this
    const anew = () => editor.view.dispatch(editor.state.tr.setMeta(key, true).setMeta("addToHistory", false))
    anew()
    document.addEventListener("submit", (event) => {
      const form = event.target.closest("#desk-comments form")
      if (!form) return
      event.preventDefault()
      send(form, anew)
    })
    document.addEventListener("click", (event) => {
      const link = event.target.closest("#desk-comments [data-jump]")
      if (!link) return
      event.preventDefault()
      const about = link.closest("[data-comment]")
      const field = document.getElementById(`id_${about.dataset.place}`)
      if (field?.matches(".desk-headline, .desk-standfirst")) return field.focus()
      const place = placeOf(about, blocksOf(editor.state.doc))
      if (!place) return
      editor.view.dispatch(editor.state.tr.setSelection(TextSelection.create(editor.state.doc, place.from, place.to)).scrollIntoView())
      editor.view.focus()
    })
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && cameFrom && event.target.closest?.("#desk-comments")) back()
      const place = { id_headline: "headline", id_standfirst: "standfirst" }[event.target.id]
      if (place && event.ctrlKey && event.altKey && event.key.toLowerCase() === "m") {
        event.preventDefault()
        begin(selectedInField(event.target, place), event.target)
      }
    })
  },
})
