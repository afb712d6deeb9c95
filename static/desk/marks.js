// The marks of a story in the editor: segment, words of a quote, dismissed quotation. Attributes are those that
// articles/body reads and writes; everything that is stored passes through it, so nothing here is trusted.
import { Mark, mergeAttributes, updateAttrsDialog } from "django-prose-editor/editor"
import { newKey, note, segmentAt, selected, sentenceAround, setSegment } from "desk/segments"

const attribute = (name) => ({
  default: null,
  parseHTML: (element) => element.getAttribute(name),
  renderHTML: (attrs) => (attrs[camel(name)] ? { [name]: attrs[camel(name)] } : {}),
})
const camel = (name) => name.replace(/^data-/, "")
const attributes = (...names) => Object.fromEntries(names.map((name) => [camel(name), attribute(name)]))

const markOf = (name, attr, more = {}) =>
  Mark.create({
    name,
    inclusive: false,
    // Formats may lie inside and across; a mark of ours never ends where bold begins.
    priority: { segment: 1100, words: 1050, dismissed: 1040 }[name],
    addAttributes: () => attributes(...attr),
    parseHTML: () => [{ tag: `span[${attr[0]}]`, consuming: false }],
    renderHTML: ({ HTMLAttributes }) => ["span", mergeAttributes(HTMLAttributes), 0],
    ...more,
  })

export const QuoteWords = markOf("words", ["data-words"])
export const Dismissed = markOf("dismissed", ["data-dismissed"])

async function makeRecord(options, asked) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value
  const language = document.querySelector("[name=language]")?.value || ""
  try {
    const answer = await fetch(options.records, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ language, ...asked }),
    })
    const made = await answer.json()
    if (answer.ok) return made.id
    note(made.message)
  } catch {
    note(options.texts.failed)
  }
  return null
}

const choices = (pairs) => ({ enum: pairs.map(([, label]) => label) })
const chosen = (pairs, label) => pairs.find((pair) => pair[1] === label)?.[0] ?? pairs[0][0]

async function claim(editor, options) {
  const t = options.texts
  const { from, to } = editor.state.selection
  const range = from === to ? segmentAt(editor, from) : selected(editor)
  if (!range) return note(t.putCursor)
  const held = segmentAt(editor, range.from)
  const whole = held && held.from === range.from && held.to === range.to
  const text = editor.state.doc.textBetween(range.from, range.to)
  const asked = await updateAttrsDialog(
    { text: { title: t.claimLabel, format: "textarea", required: true }, address: { title: t.address, format: "url" } },
    { title: t.claimTitle, submitText: t.mark },
  )(editor, { text })
  const id = asked && (await makeRecord(options, { kind: "claim", ...asked }))
  if (!id) return
  const attrs = whole ? { ...held.attrs, claim: id, exemption: null } : { segment: newKey(), claim: id }
  setSegment(editor, range, attrs).run()
  note("")
}

async function quote(editor, options) {
  const t = options.texts
  const range = selected(editor)
  if (!range) return note(t.selectWords)
  const asked = await updateAttrsDialog(
    {
      text: { title: t.quoteWords, format: "textarea", required: true },
      speaker: { title: t.speaker },
      address: { title: t.address, format: "url" },
    },
    { title: t.quoteTitle, submitText: t.mark },
  )(editor, { text: range.text })
  const id = asked && (await makeRecord(options, { kind: "quote", ...asked }))
  if (!id) return
  const held = segmentAt(editor, range.from)
  const around = held && held.to >= range.to ? held : { ...sentenceAround(editor, range), attrs: { segment: newKey() } }
  const quotes = [around.attrs.quotes, id].filter(Boolean).join(" ")
  setSegment(editor, around, { ...around.attrs, quotes, exemption: null })
    .command(({ tr, state }) => {
      tr.removeMark(range.from, range.to, state.schema.marks.dismissed)
      tr.addMark(range.from, range.to, state.schema.marks.words.create({ words: id }))
      return true
    })
    .run()
  note("")
}

async function dismiss(editor, options) {
  const t = options.texts
  const range = selected(editor)
  if (!range) return note(t.selectWords)
  const asked = await updateAttrsDialog(
    { reason: { title: t.reason, ...choices(options.dismissals) } },
    { title: t.dismissTitle, submitText: t.mark },
  )(editor, {})
  if (!asked) return
  editor
    .chain()
    .focus()
    .command(({ tr, state }) => {
      tr.removeMark(range.from, range.to, state.schema.marks.words)
      tr.addMark(range.from, range.to, state.schema.marks.dismissed.create({ dismissed: chosen(options.dismissals, asked.reason) }))
      return true
    })
    .run()
}

async function exempt(editor, options) {
  const t = options.texts
  const held = segmentAt(editor, editor.state.selection.from)
  if (!held) return note(t.putCursor)
  const asked = await updateAttrsDialog(
    { reason: { title: t.reason, ...choices(options.exemptions) } },
    { title: t.exemptTitle, submitText: t.mark },
  )(editor, {})
  if (!asked) return
  setSegment(editor, held, { segment: held.attrs.segment, exemption: chosen(options.exemptions, asked.reason) }).run()
}

function clear(editor, options) {
  const held = segmentAt(editor, editor.state.selection.from)
  if (!held) return note(options.texts.putCursor)
  setSegment(editor, held, { segment: held.attrs.segment })
    .command(({ tr, state }) => {
      tr.removeMark(held.from, held.to, state.schema.marks.words)
      return true
    })
    .run()
}

const COMMANDS = { claim: [claim, "c"], quote: [quote, "q"], dismiss: [dismiss, "d"], exempt: [exempt, "e"], clear: [clear, "u"] }

export const Segment = markOf("segment", ["data-segment", "data-claim", "data-quotes", "data-exemption"], {
  // Typing at the end of a sentence goes on with it; its final stop stands outside.
  inclusive: true,
  addOptions: () => ({ records: "", exemptions: [], dismissals: [], texts: {} }),
  onCreate() {
    this.editor.setOptions({ editorProps: { attributes: { "aria-label": this.options.texts.body } } })
  },
  addMenuItems({ buttons, menu }) {
    let priority = 200
    for (const [name, [command]] of Object.entries(COMMANDS)) {
      menu.defineItem({
        name: `evidence:${name}`,
        groups: "evidence",
        priority: priority--,
        button: buttons.text(this.options.texts[name], this.options.texts[`${name}Tip`]),
        command: (editor) => command(editor, this.options),
      })
    }
  },
  addKeyboardShortcuts() {
    return Object.fromEntries(
      Object.values(COMMANDS).map(([command, key]) => [
        `Mod-Alt-${key}`,
        () => {
          command(this.editor, this.options)
          return true
        },
      ]),
    )
  },
})
