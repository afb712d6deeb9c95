// The evidence beside the story: asks the desk how the text stands as it is typed, colours the statements in the text
// and prints their numbers there (neither is ever part of it), and shows the statement under the cursor.
import { Extension, pm } from "django-prose-editor/editor"
import { ask, backToText } from "desk/asking"
import { reveal } from "desk/folds"
import { stretches } from "desk/keys"
import { showBeside, showReach } from "desk/panel"
import { hear } from "desk/segments"

const { Plugin, PluginKey } = pm.state
const { Decoration, DecorationSet } = pm.view
const standing = new PluginKey("deskBeside")
// After the last key, in milliseconds; and before another try when nobody answered.
const PAUSE = 400
const RETRY = 5000
// While a source is being fetched, so often and at these distances; then again when somebody comes back to the page.
const FETCHING = [1000, 2000, 3000, 5000, 8000, 13000, 21000, 34000, 55000]

// For each paragraph with words, the place in the document of each code point of its clean text, and of its end.
function paragraphs(doc) {
  const found = []
  doc.descendants((block, at) => {
    if (!block.isTextblock) return true
    // A caption has no statements of its own.
    if (block.type.name === "storyFigure") return false
    const places = []
    let spaced = true
    let end = at + 1
    block.forEach((node, offset) => {
      let from = at + 1 + offset
      for (const char of node.isText ? node.text : " ") {
        const space = /[\t-\r\x1c-\x20\x85\u2028\u2029]/.test(char)
        if (!space || !spaced) places.push(from)
        spaced = space
        from += node.isText ? char.length : node.nodeSize
        if (!space) end = from
      }
    })
    if (spaced && places.length) places.pop()
    if (places.length) found.push([...places, end])
    return false
  })
  return found
}

// Where the statements of an answer stand in the document: by key, else by place where the paragraph is the same.
function placed(doc, answer) {
  const byKey = new Map(stretches(doc).map((stretch) => [stretch.key, stretch]))
  const blocks = paragraphs(doc)
  const same = blocks.length === answer.blocks.length
  return answer.statements.flatMap((statement) => {
    const known = byKey.get(statement.key)
    if (known) return [{ statement, from: known.from, to: known.to }]
    const places = same && blocks[statement.block]
    if (!places || places.length - 1 !== answer.blocks[statement.block]) return []
    const to = statement.end === places.length - 1 ? places.at(-1) : places[statement.end - 1] + 1
    return [{ statement, from: places[statement.start], to }]
  })
}

function printed(statement) {
  return () => {
    const span = document.createElement("span")
    span.className = `desk-printed desk-printed--${statement.state}`
    span.dataset.print = statement.group
    span.title = statement.label
    span.setAttribute("role", "img")
    span.setAttribute("aria-label", [statement.group, statement.label].filter(Boolean).join(" "))
    return span
  }
}

function decorated(doc, answer) {
  const marks = placed(doc, answer).flatMap(({ statement, from, to }) => [
    Decoration.inline(from, to, { class: `desk-is desk-is--${statement.state}` }, { statement }),
    Decoration.widget(to, printed(statement), {
      key: [statement.key, statement.group, statement.state].join(),
      side: 1,
      marks: [],
      ignoreSelection: true,
    }),
  ])
  return DecorationSet.create(doc, marks)
}

// The statement the cursor is in, or the one before it in its paragraph: final stops stand outside.
function under(state) {
  const { head, $head } = state.selection
  const here = standing.getState(state).decorations.find($head.start(), $head.end(), (spec) => spec.statement)
  const before = here.filter((each) => each.from <= head).sort((one, other) => one.from - other.from)
  return (before.at(-1) ?? here[0])?.spec.statement ?? null
}

class Follower {
  constructor(editor, options) {
    Object.assign(this, { editor, options, asked: 0, timer: 0, stop: null, waited: 0, waits: false })
    this.again = () => {
      this.waited = 0
      this.later(PAUSE)
    }
    for (const name of ["headline", "standfirst", "language"])
      document.querySelector(`[name=${name}]`)?.addEventListener("input", this.again)
    this.now = () => {
      this.waited = 0
      this.later(0)
    }
    this.back = () => this.waits && this.now()
    document.addEventListener("desk:evidence", this.now)
    addEventListener("focus", this.back)
    this.ask()
  }

  later(wait) {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.ask(), wait)
  }

  // The last answer wins: an earlier one that comes late is dropped.
  async ask() {
    const turn = ++this.asked
    this.stop?.abort()
    this.stop = new AbortController()
    const told = { body: this.editor.getHTML() }
    for (const name of ["headline", "standfirst", "language"])
      told[name] = document.querySelector(`[name=${name}]`)?.value ?? ""
    const known = await ask(this.options.url, told, this.options.texts.unreachable, this.stop.signal)
    if (turn !== this.asked || this.editor.isDestroyed) return
    showReach(known.ok ? "" : known.message)
    this.waits = Boolean(known.waiting)
    if (known.ok) this.show(known)
    else if (!known.code) return this.later(RETRY)
    if (this.waits && this.waited < FETCHING.length) this.later(FETCHING[this.waited++])
  }

  show(known) {
    if (!this.editor.view.composing) hear()
    this.editor.view.dispatch(this.editor.state.tr.setMeta(standing, known))
  }

  destroy() {
    document.removeEventListener("desk:evidence", this.now)
    removeEventListener("focus", this.back)
    clearTimeout(this.timer)
    this.stop?.abort()
  }
}

export const Beside = Extension.create({
  name: "Beside",
  addOptions: () => ({ url: "", texts: {} }),
  addKeyboardShortcuts() {
    return {
      "Mod-Alt-b": () => {
        const panel = document.getElementById("desk-beside")
        reveal(panel)
        panel?.focus()
        return true
      },
    }
  },
  addProseMirrorPlugins() {
    const { editor, options } = this
    return [
      new Plugin({
        key: standing,
        state: {
          init: () => ({ answer: null, decorations: DecorationSet.empty }),
          apply(tr, value, _, state) {
            const answer = tr.getMeta(standing)
            if (answer) return { answer, decorations: decorated(state.doc, answer) }
            return { ...value, decorations: value.decorations.map(tr.mapping, tr.doc) }
          },
        },
        props: {
          decorations: (state) => standing.getState(state).decorations,
          attributes: (state) => (standing.getState(state).answer ? { class: "desk-follows" } : {}),
        },
        view: (view) => {
          const panel = document.getElementById("desk-beside")
          if (!panel) return {}
          const follower = new Follower(editor, options)
          panel.addEventListener("keydown", (event) => event.key === "Escape" && backToText(editor))
          return {
            update(_, before) {
              if (!view.state.doc.eq(before.doc)) follower.again()
              const { answer } = standing.getState(view.state)
              if (answer) showBeside(panel, answer, under(view.state), options.texts)
            },
            destroy: () => follower.destroy(),
          }
        },
      }),
    ]
  },
})
