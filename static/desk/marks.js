// The marks of a story in the editor: segment, words of a quote, dismissed quotation. Attributes are those that
// articles/body reads and writes; everything that is stored passes through it, so nothing here is trusted.
import { Mark, mergeAttributes, updateAttrsDialog } from "django-prose-editor/editor"
import { backToText } from "desk/asking"
import { chooseRecord } from "desk/choosing"
import { citeSource } from "desk/citing"
import { hear, newKey, note, quoted, segmentAt, segmentUnder, selected, sentence, sentenceAround, setSegment, withoutStop } from "desk/segments"

// A command would work on the place before.
for (const kind of ["keydown", "pointerdown"]) addEventListener(kind, (event) => event.isComposing || hear(), true)

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

const choices = (pairs) => ({ enum: pairs.map(([, label]) => label) })
const chosen = (pairs, label) => pairs.find((pair) => pair[1] === label)?.[0] ?? pairs[0][0]

async function claim(editor, options) {
  const t = options.texts
  const { from, to } = editor.state.selection
  const range = from === to ? sentence(editor) : withoutStop(selected(editor))
  if (!range) return note(t.putCursor)
  const held = segmentAt(editor, range.from)
  const whole = held && held.from === range.from && held.to === range.to
  const text = editor.state.doc.textBetween(range.from, range.to)
  const id = await chooseRecord(editor, options, "claim", text)
  if (!id) return
  const attrs = whole ? { ...held.attrs, claim: id, exemption: null } : { segment: newKey(), claim: id }
  setSegment(editor, range, attrs).run()
  note("")
}

async function quote(editor, options) {
  const t = options.texts
  const range = quoted(editor)
  if (!range) return note(t.selectWords)
  const held = segmentUnder(editor, range)
  if (held?.many) return note(t.selectWords)
  const id = await chooseRecord(editor, options, "quote", range.text)
  if (!id) return
  const around = held
    ? { ...held, from: Math.min(held.from, range.from), to: Math.max(held.to, range.to) }
    : { ...sentenceAround(editor, range), attrs: { segment: newKey() } }
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

// Cite for what the sentence rests on; a sentence that rests on nothing gets a claim of its own words.
async function cite(editor, options) {
  const around = sentence(editor)
  if (!around) return note(options.texts.putCursor)
  const cited = await citeSource(editor, options, around)
  if (!cited) return
  if (cited.made) setSegment(editor, around, { ...around.attrs, claim: cited.id, exemption: null }).run()
  document.dispatchEvent(new Event("desk:evidence"))
  note("")
}

async function dismiss(editor, options) {
  const t = options.texts
  const range = quoted(editor)
  if (!range) return note(t.selectWords)
  const asked = await updateAttrsDialog(
    { reason: { title: t.reason, ...choices(options.dismissals) } },
    { title: t.dismissTitle, submitText: t.mark },
  )(editor, {})
  backToText(editor)
  if (!asked) return
  editor
    .chain()
    .command(({ tr, state }) => {
      tr.removeMark(range.from, range.to, state.schema.marks.words)
      tr.addMark(range.from, range.to, state.schema.marks.dismissed.create({ dismissed: chosen(options.dismissals, asked.reason) }))
      return true
    })
    .run()
}

const withoutWords = ({ from, to }) => ({ tr, state }) => {
  tr.removeMark(from, to, state.schema.marks.words)
  return true
}

async function exempt(editor, options) {
  const t = options.texts
  const around = sentence(editor)
  if (!around) return note(t.putCursor)
  const asked = await updateAttrsDialog(
    { reason: { title: t.reason, ...choices(options.exemptions) } },
    { title: t.exemptTitle, submitText: t.mark },
  )(editor, {})
  backToText(editor)
  if (!asked) return
  setSegment(editor, around, { segment: around.attrs.segment, exemption: chosen(options.exemptions, asked.reason) })
    .command(withoutWords(around))
    .run()
}

function clear(editor, options) {
  const held = sentence(editor)
  if (!held || held.isNew) return note(options.texts.putCursor)
  backToText(editor)
  setSegment(editor, held, { segment: held.attrs.segment })
    .command(withoutWords(held))
    .run()
}

const COMMANDS = { claim: [claim, "c"], quote: [quote, "q"], cite: [cite, "s"], dismiss: [dismiss, "d"], exempt: [exempt, "e"], clear: [clear, "u"] }

export const Segment = markOf("segment", ["data-segment", "data-claim", "data-quotes", "data-exemption"], {
  // Typing at the end of a sentence goes on with it; its final stop stands outside.
  inclusive: true,
  addOptions: () => ({ records: "", offered: "", cite: "", exemptions: [], dismissals: [], stances: [], carries: [], texts: {} }),
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
