// Stretches of a story in the editor, and what the marks know of them: shared by the modules that mark, cite and paste.
const KEY = "abcdefghijklmnopqrstuvwxyz234567"
export const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(10)), (byte) => KEY[byte % 32]).join("")

// Browsers tell a moment late where the cursor went, where there is much to do only after the next key. So the editor
// is told before every key and click, and before anything is shown in the text that nobody did: it puts the cursor to
// where it knows it.
export const hear = () => document.dispatchEvent(new Event("selectionchange"))

// What a command works on: the selection, without white space and quotation marks at its ends, in one paragraph.
const MARKS = /^[\s"“”„«»‚‘’']+|[\s"“”„«»‚‘’']+$/g

export function selected(editor) {
  const { $from, $to, from, to } = editor.state.selection
  if (from === to || !$from.sameParent($to)) return null
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
  const text = range.text.replace(/(?<!(^|[\s.])\p{L})[.!?…]$/u, "")
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

// The segment that `range` begins in; of a cursor also the one behind whose stop it is, as the panel shows it.
function segmentUnder(editor, { from, to }) {
  const inside = segmentAt(editor, from)
  if (inside || from < to) return inside
  const $from = editor.state.doc.resolve(from)
  const before = $from.parent.textBetween(0, $from.parentOffset)
  const stops = /[.!?…"“”’»)]+$/.exec(atEnd($from) ? before.trimEnd() : before)
  return stops && segmentAt(editor, $from.start() + stops.index)
}

// The sentence around the words or the cursor, where no mark is yet: up to the stops and the segments around it.
export function sentenceAround(editor, range) {
  const $from = editor.state.doc.resolve(range.from)
  const base = $from.start()
  const text = $from.parent.textBetween(0, $from.parent.content.size)
  const upTo = text.slice(0, range.from - base)
  const cursor = range.from === range.to
  const before = cursor && atEnd($from) ? upTo.trimEnd() : upTo
  const opening = [...before.matchAll(/[.!?…]["”’»)]*\s+/g)].at(-1)
  let from = base + (opening ? opening.index + opening[0].length : 0)
  let to = base + before.length
  // Behind its stop the cursor is still with the sentence that ended there.
  const after = text.slice(range.to - base)
  const ended = cursor && /[.!?…]["”’»)]*$/.test(before) && /^(\s*$|\s+["“„«‚‘(]*[\p{Lu}\d])/u.test(after)
  if (!ended) to = range.to + after.match(/["“”„«»‚‘’']*[^.!?…]*/)[0].length
  for (const run of segmentsBeside(editor, range.from)) {
    if (run.to <= range.from) from = Math.max(from, run.to)
    if (run.from >= range.to) to = Math.min(to, run.from)
  }
  from += text.slice(from - base, to - base).match(/^[\s,;:]*/)[0].length
  const words = text.slice(from - base, to - base).trimEnd()
  return cursor ? withoutStop({ from, text: words }) : { from, to: from + words.length }
}

// The segment of the cursor or of the selected words, or their sentence as one that will be made; null of no words.
export function sentence(editor) {
  const { from, $from } = editor.state.selection
  if ($from.parent.type.name === "storyFigure") return null
  const range = withoutStop(selected(editor)) ?? { from, to: from }
  const found = segmentUnder(editor, range) ?? { ...sentenceAround(editor, range), attrs: { segment: newKey() }, isNew: true }
  return editor.state.doc.textBetween(found.from, found.to).trim() ? found : null
}

export const note = (text) => {
  const place = document.getElementById("desk-note")
  if (place) place.textContent = text
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
