// A segment's key is its address and its identity: it stays when the words are moved, and is new on copy and split.
// The server has the last word (articles/body); this keeps what it would decide in front of the writer's eyes.
import { Extension, pm } from "django-prose-editor/editor"
import { newKey } from "desk/segments"

const { Plugin, PluginKey } = pm.state
const { Fragment, Slice } = pm.model
const seenKeys = new PluginKey("deskKeys")

const segmentOf = (node) => node.marks.find((mark) => mark.type.name === "segment")

// Every stretch that carries a key, in order; with nothing but white space between them two are one.
export function stretches(doc) {
  const found = []
  doc.descendants((block, at) => {
    if (!block.isTextblock) return true
    let last = null
    let gap = ""
    block.forEach((node, offset) => {
      const mark = segmentOf(node)
      const from = at + 1 + offset
      if (!mark) {
        gap += node.isText ? node.text : " "
        return
      }
      const key = mark.attrs.segment
      if (last && last.key === key && !gap.trim()) last.to = from + node.nodeSize
      else found.push((last = { key, from, to: from + node.nodeSize, attrs: mark.attrs }))
      gap = ""
    })
    return false
  })
  return found
}

// The content with what `keyFor` says in place of each key.
function rekeyed(fragment, keyFor) {
  const nodes = []
  fragment.forEach((node) => {
    const mark = segmentOf(node)
    const key = mark && keyFor(mark.attrs.segment)
    let copy = node.isText ? node : node.copy(rekeyed(node.content, keyFor))
    if (mark && key !== mark.attrs.segment)
      copy = copy.mark(mark.type.create({ ...mark.attrs, segment: key }).addToSet(mark.removeFromSet(node.marks)))
    nodes.push(copy)
  })
  return Fragment.fromArray(nodes)
}

// What is pasted keeps a key only where it was cut out of this very text.
function pasted(slice, view) {
  if (view.dragging?.move) return slice
  const { from, to } = view.state.selection
  const here = new Set()
  for (const stretch of stretches(view.state.doc)) if (stretch.from < from || stretch.to > to) here.add(stretch.key)
  const known = seenKeys.getState(view.state)
  const fresh = new Map()
  const keyFor = (key) => {
    if (known.has(key) && !here.has(key)) return key
    if (!fresh.has(key)) fresh.set(key, newKey())
    return fresh.get(key)
  }
  return new Slice(rekeyed(slice.content, keyFor), slice.openStart, slice.openEnd)
}

// Of several stretches with one key, that one keeps it in which the old stretch began; the first, if none does.
function repaired(transactions, before, state) {
  if (!transactions.some((tr) => tr.docChanged)) return null
  const byKey = Map.groupBy(stretches(state.doc), (stretch) => stretch.key)
  const twice = [...byKey.values()].filter((same) => same.length > 1)
  if (!twice.length) return null
  const starts = new Map()
  for (const { key, from } of stretches(before.doc))
    if (!starts.has(key)) starts.set(key, transactions.reduce((pos, tr) => tr.mapping.map(pos, 1), from))
  const { tr } = state
  const type = state.schema.marks.segment
  for (const same of twice) {
    const start = starts.get(same[0].key)
    const keeper = same.find(({ from, to }) => from <= start && start < to) ?? same[0]
    for (const stretch of same) {
      if (stretch === keeper) continue
      const mark = type.create({ ...stretch.attrs, segment: newKey() })
      tr.removeMark(stretch.from, stretch.to, type)
      tr.addMark(stretch.from, stretch.to, mark)
    }
  }
  return tr
}

export const SegmentKeys = Extension.create({
  name: "SegmentKeys",
  addProseMirrorPlugins() {
    const keysOf = (doc) => stretches(doc).map((stretch) => stretch.key)
    return [
      new Plugin({
        key: seenKeys,
        state: {
          init: (_, state) => new Set(keysOf(state.doc)),
          apply: (tr, known, _, state) => (tr.docChanged ? new Set([...known, ...keysOf(state.doc)]) : known),
        },
        props: { transformPasted: pasted },
        appendTransaction: repaired,
      }),
    ]
  },
})
