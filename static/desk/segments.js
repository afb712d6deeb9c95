// Stretches of a story in the editor, and what the marks know of them: shared by the modules that mark, cite and paste.
const KEY = "abcdefghijklmnopqrstuvwxyz234567"
export const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(10)), (byte) => KEY[byte % 32]).join("")

// Browsers tell a moment late where the cursor went, where there is much to do only after the next key. So the editor
// is told before every key and click, and before anything is shown in the text that nobody did: it puts the cursor to
// where it knows it.
export const hear = () => document.dispatchEvent(new Event("selectionchange"))

// A paragraph, not the whole story, and not a caption, which has no statements of its own.
const hasSentences = (parent) => parent.isTextblock && parent.type.name !== "storyFigure"

// What a command works on: the selection, without white space and quotation marks at its ends, in one paragraph.
const MARKS = /^[\s"“”„«»‚‘’']+|[\s"“”„«»‚‘’']+$/g

export function selected(editor) {
  const { $from, $to, from, to } = editor.state.selection
  if (from === to || !hasSentences($from.parent) || !$from.sameParent($to)) return null
  const text = editor.state.doc.textBetween(from, to)
  const inner = text.replace(MARKS, "")
  if (!inner) return null
  const start = from + text.indexOf(inner)
  return { from: start, to: start + inner.length, text: inner }
}

// What a quote is of: of a selection with exactly one quotation in it, its words; otherwise the selection.
const QUOTATION = /["“”„«]([^"“”„«»]+)["“”»]/g

export function quoted(editor) {
  const range = selected(editor)
  if (!range) return null
  const { from, to } = editor.state.selection
  const found = [...editor.state.doc.textBetween(from, to).matchAll(QUOTATION)]
  const inner = found.length === 1 ? found[0][1].trim() : ""
  if (!inner) return range
  const start = from + found[0].index + found[0][0].indexOf(inner)
  return { from: start, to: start + inner.length, text: inner }
}

// A sentence's own stop is no part of what it says: its numbers are printed before it. After a single letter the stop
// is an abbreviation's.
export function withoutStop(range) {
  if (!range) return null
  const text = range.text.replace(/(?<!(^|[\s.])\p{L})[.!?…]+$/u, "")
  return { from: range.from, to: range.from + text.length, text }
}

// The segments of the paragraph around `pos`, each as the stretch of text that carries its key.
function segmentsBeside(editor, pos) {
  const $pos = editor.state.doc.resolve(pos)
  const base = $pos.start()
  const runs = []
  $pos.parent.forEach((node, offset) => {
    const mark = node.marks.find((m) => m.type.name === "segment")
    const last = runs.at(-1)
    if (mark && last && last.attrs.segment === mark.attrs.segment && last.to === base + offset) last.to += node.nodeSize
    else if (mark) runs.push({ from: base + offset, to: base + offset + node.nodeSize, attrs: mark.attrs })
  })
  return runs
}

export const segmentAt = (editor, pos) => segmentsBeside(editor, pos).findLast((run) => run.from <= pos && pos <= run.to) ?? null

const atEnd = ($pos) => !$pos.parent.textBetween($pos.parentOffset, $pos.parent.content.size).trim()

// The segment of the words, if they are of one and no other; of a cursor also the one behind whose stop it is, as the
// panel shows it. `many` where the words are of several.
export function segmentUnder(editor, { from, to }) {
  if (from < to) {
    const [first, second] = segmentsBeside(editor, from).filter((run) => run.from < to && from < run.to)
    return second ? { many: true } : first
  }
  const inside = segmentAt(editor, from)
  if (inside) return inside
  const $from = editor.state.doc.resolve(from)
  const before = $from.parent.textBetween(0, $from.parentOffset)
  const stops = /[.!?…"“”’»)]+$/.exec(atEnd($from) ? before.trimEnd() : before)
  return stops && segmentAt(editor, $from.start() + stops.index)
}

// Where sentences of a text end, as well as can be told without the desk's lists: before a capital or a number, not
// behind an abbreviation, not within a quotation.
const STOP = /[.!?…]+["”’»)\]]*(?=\s+(?:[–—-]\s+)?["“„«‚‘(]*[\p{Lu}\d])/gu
const SHORT = /(?:^|[\s("“„])(?:\p{L}|Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Sen|Rep|No|Art|vs|dr|prof|gen|płk|mjr|kpt|art|ust|pkt|nr|poz|tj|np|tzw|im|św|ul)\.$/u
const isOpen = (text) => text.split(/[“„«]/).length > text.split(/[”»]/).length || text.split('"').length % 2 === 0

function sentencesOf(text) {
  const found = []
  let start = 0
  for (const stop of text.matchAll(STOP)) {
    const end = stop.index + stop[0].length
    const soFar = text.slice(start, end)
    if (SHORT.test(soFar) || isOpen(soFar)) continue
    found.push({ start, end })
    start = end
  }
  return [...found, { start, end: text.length }]
}

// The sentence around the words or the cursor, where no mark is yet: up to the stops and the segments around it. Behind
// its stop the cursor is still with the sentence that ended there.
export function sentenceAround(editor, range) {
  const $from = editor.state.doc.resolve(range.from)
  const base = $from.start()
  const text = $from.parent.textBetween(0, $from.parent.content.size)
  const sentences = sentencesOf(text)
  let from = base + sentences.find(({ end }) => range.from - base <= end).start
  let to = base + sentences.find(({ end }) => range.to - base <= end).end
  for (const run of segmentsBeside(editor, range.from)) {
    if (run.to <= range.from) from = Math.max(from, run.to)
    if (run.from >= range.to) to = Math.min(to, run.from)
  }
  from += text.slice(from - base, to - base).match(/^[\s,;:.!?…]*/)[0].length
  const whole = withoutStop({ from, text: text.slice(from - base, to - base).trimEnd() })
  // Words that were selected are all of it, whatever they begin or end with.
  return range.from === range.to ? whole : { from: Math.min(from, range.from), to: Math.max(whole.to, range.to) }
}

// The segment of the cursor or of the selected words, or their sentence as one that will be made; null of no words, of
// words of two paragraphs and of words of several segments.
export function sentence(editor) {
  const { from, $from, empty } = editor.state.selection
  const range = empty ? { from, to: from } : withoutStop(selected(editor))
  if (!range || !hasSentences($from.parent)) return null
  const found = segmentUnder(editor, range) ?? { ...sentenceAround(editor, range), attrs: { segment: newKey() }, isNew: true }
  return !found.many && editor.state.doc.textBetween(found.from, found.to).trim() ? found : null
}

export const note = (text) => {
  const place = document.getElementById("desk-note")
  if (!place) return
  place.textContent = text
  // Below a long story it would stand under the bar of the buttons, unseen.
  if (text) place.scrollIntoView({ block: "nearest" })
}

// Set the segment's attributes over `range`; `key` keeps the address of a sentence that had one.
export function setSegment(editor, range, attrs) {
  return editor
    .chain()
    .command(({ tr, state }) => {
      const type = state.schema.marks.segment
      tr.removeMark(range.from, range.to, type)
      tr.addMark(range.from, range.to, type.create(attrs))
      return true
    })
}
