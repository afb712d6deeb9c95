// Cite at the statement under the cursor: a source that is there, or an address, which makes one and has it captured.
import { ask, chooser, dialog, el, field, Search } from "desk/asking"

// What the segment rests on, as [record, name] with `claim:id` or `quote:id`; of nothing, a claim that will be made.
function recordsOf(editor, range, t) {
  const { claim, quotes } = range.attrs ?? {}
  const found = claim ? [[`claim:${claim}`, t.claim]] : []
  for (const id of (quotes || "").split(" ").filter(Boolean)) {
    let words = ""
    editor.state.doc.nodesBetween(range.from, range.to, (node) => {
      if (node.marks.some((mark) => mark.type.name === "words" && mark.attrs.words === id)) words += node.text
    })
    found.push([`quote:${id}`, `${t.quote}: “${words}”`])
  }
  return found.length ? found : [["claim:", t.newClaim]]
}

// `{of, id}` of the record that was cited for, or null.
export function citeSource(editor, options, range) {
  const t = options.texts
  const records = recordsOf(editor, range, t)
  let chosen = null
  let box = null
  const shown = el("p", { class: "desk-fact", role: "status", hidden: true })
  const search = new Search({
    url: options.offered,
    kind: "source",
    texts: t,
    taken: (offer) => {
      chosen = offer
      shown.textContent = `${t.chosen} ${offer.text}`
      shown.hidden = false
      search.show({ offered: [] })
      search.status.textContent = ""
      box.button.focus()
    },
  })
  search.input.addEventListener("input", () => {
    chosen = null
    shown.hidden = true
  })
  const of = chooser("of", records)
  const carries = field(t.carries, chooser("carries", options.carries))
  const fit = () => {
    carries.hidden = !of.value.startsWith("quote:")
  }
  of.addEventListener("change", fit)
  fit()
  const more = el("details", {}, el("summary", {}, t.describe))
  more.append(
    field(t.sourceTitle, el("input", { type: "text", name: "title", maxlength: "500" })),
    field(t.publisher, el("input", { type: "text", name: "publisher", maxlength: "200" })),
    field(t.locator, el("input", { type: "text", name: "locator", maxlength: "200" })),
  )
  const text = editor.state.doc.textBetween(range.from, range.to)
  return dialog(editor, {
    title: t.citeTitle,
    parts: [
      el("blockquote", { class: "desk-passage" }, text),
      records.length > 1 ? field(t.citeFor, of) : el("input", { type: "hidden", name: "of", value: records[0][0] }),
      field(t.source, search.input, { help: t.searchSources }),
      search.list,
      search.status,
      shown,
      field(t.stance, chooser("stance", options.stances)),
      carries,
      more,
    ],
    submit: t.cite,
    cancel: t.cancel,
    opened: (opened) => {
      box = opened
      search.input.focus()
    },
    submitted: async (told) => {
      const [kind, id] = told.of.split(":")
      const source = chosen ? { source: chosen.id } : { address: told.search.trim() }
      if (!chosen && !/^https?:\/\//i.test(source.address)) return { refused: t.noSourceChosen }
      const { stance, title, publisher, locator } = told
      const asked = { of: kind, id, text: text.slice(0, 2000), stance, title, publisher, locator, carries: kind === "quote" ? told.carries : "" }
      const answer = await ask(options.cite, { ...asked, ...source }, t.failed)
      return answer.ok ? { of: kind, id: answer.id, made: !id } : { refused: answer.message }
    },
  })
}
