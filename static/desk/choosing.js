// Choose the claim or quote behind a mark: one that is there, near-duplicates of the selected words first, or a new one.
import { ask, dialog, el, field, Search } from "desk/asking"

// The public id of the record, or null.
export async function chooseRecord(editor, options, kind, near) {
  const t = options.texts
  let close = null
  const search = new Search({ url: options.offered, kind, near, texts: t, taken: (offer) => close(offer) })
  // Who has typed what to look for and presses Enter before anything is offered has not asked for a new record.
  search.input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && search.input.value.trim()) event.preventDefault()
  })
  const text = el("textarea", { name: "text", required: true, rows: "3", maxlength: "20000" })
  text.value = near
  const parts = [field(t.search, search.input, { help: kind === "quote" ? t.searchQuotes : t.searchClaims }), search.list, search.status]
  const made = [el("legend", {}, t.orNew), field(kind === "quote" ? t.quoteWords : t.claimLabel, text)]
  if (kind === "quote") made.push(speaker(options))
  made.push(field(t.address, el("input", { type: "url", name: "address", maxlength: "2000" })))
  const found = await dialog(editor, {
    title: t[`${kind}Title`],
    parts: [...parts, el("fieldset", { class: "desk-quotation" }, ...made)],
    submit: t.makeNew,
    cancel: t.cancel,
    opened: (box) => {
      close = box.close
      search.input.focus()
      search.look()
    },
    submitted: async ({ text, speaker = "", address }) => {
      const language = document.querySelector("[name=language]")?.value || ""
      const answer = await ask(options.records, { kind, text, speaker, address, language }, t.failed)
      return answer.ok ? answer : { refused: answer.message }
    },
  })
  return found?.id ?? null
}

// A name is typed; names that are there are offered, so that nobody is entered twice.
function speaker(options) {
  const names = el("datalist", { id: "desk-speakers" })
  const input = el("input", { type: "text", name: "speaker", list: names.id, autocomplete: "off", maxlength: "200" })
  let timer = 0
  input.addEventListener("input", () => {
    clearTimeout(timer)
    timer = setTimeout(async () => {
      const { offered = [] } = await ask(options.offered, { kind: "speaker", words: input.value }, "")
      names.replaceChildren(...offered.map((offer) => el("option", { value: `${offer.text} [${offer.id}]` }, offer.detail)))
    }, 200)
  })
  const shown = field(options.texts.speaker, input)
  shown.append(names)
  return shown
}
