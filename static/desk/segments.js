// Stretches of a story in the editor, and what the marks know of them: shared by the modules that mark, cite and paste.
const KEY = "abcdefghijklmnopqrstuvwxyz234567"
export const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(10)), (byte) => KEY[byte % 32]).join("")


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

// The segment around `pos`, as the stretch of text that carries its key.
export function segmentAt(editor, pos) {
  const $pos = editor.state.doc.resolve(pos)
  const base = $pos.start()
  let found = null
  const runs = []
  $pos.parent.forEach((node, offset) => {
    const mark = node.marks.find((m) => m.type.name === "segment")
    const last = runs.at(-1)
    if (mark && last && last.attrs.segment === mark.attrs.segment && last.to === base + offset) last.to += node.nodeSize
    else if (mark) runs.push({ from: base + offset, to: base + offset + node.nodeSize, attrs: mark.attrs })
  })
  for (const run of runs) if (run.from <= pos && pos <= run.to) found = run
  return found
}

// The sentence around the words, for a quote whose sentence has no mark yet: up to the stops around it.
export function sentenceAround(editor, range) {
  const $from = editor.state.doc.resolve(range.from)
  const base = $from.start()
  const text = $from.parent.textBetween(0, $from.parent.content.size)
  const before = text.slice(0, range.from - base)
  const after = text.slice(range.to - base)
  const opening = [...before.matchAll(/[.!?…]["”’»)]*\s+/g)].at(-1)
  const stop = after.match(/["“”„«»‚‘’']*[^.!?…]*/)[0]
  return {
    from: base + (opening ? opening.index + opening[0].length : before.match(/^\s*/)[0].length),
    to: range.to + stop.trimEnd().length,
  }
}

export const note = (text) => {
  const place = document.getElementById("desk-note")
  if (place) place.textContent = text
}

// Set the segment's attributes over `range`; `key` keeps the address of a sentence that had one.
export function setSegment(editor, range, attrs) {
  return editor
    .chain()
    .focus()
    .command(({ tr, state }) => {
      const type = state.schema.marks.segment
      tr.removeMark(range.from, range.to, type)
      tr.addMark(range.from, range.to, type.create(attrs))
      return true
    })
}
