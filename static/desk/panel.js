// The panel beside the story: the statement under the cursor with what it rests on, and the meter. Everything that is
// shown is set as text; nothing of an answer is ever read as HTML.
import { el } from "desk/asking"

const tag = (kind, text) => text && el("span", { class: `desk-tag desk-tag--${kind}` }, text)
const link = (href, text, attrs = {}) => el("a", { href, target: "_blank", rel: "noopener", ...attrs }, text)
const list = (name, items) => items.length > 0 && el("ul", { class: name }, ...items.map((item) => el("li", {}, item)))

export function showReach(message) {
  const place = document.getElementById("desk-beside-reach")
  if (!place || place.textContent === message) return
  place.textContent = message
  place.hidden = !message
}

const fill = (text, values) => text.replace(/%(\w+)/g, (_, name) => values[name])

function citation(cited, texts) {
  return el(
    "div",
    { class: "desk-citation" },
    el("span", { class: "desk-group" }, `[${cited.number}] `),
    tag(cited.stance, cited.stance_label),
    cited.confidential && tag("exempt", texts.confidential),
    tag("bare", cited.source_state),
    " ",
    link(cited.url, cited.source),
    [cited.publisher && `, ${cited.publisher}`, cited.locator && `, ${cited.locator}`, cited.carries && ` (${cited.carries})`]
      .filter(Boolean)
      .join(""),
    cited.passage && el("blockquote", { class: "desk-passage" }, cited.passage),
    cited.passage_url && link(cited.passage_url, cited.passage ? texts.passage : texts.choosePassage, { class: "desk-choose-link" }),
    el(
      "span",
      { class: "desk-states" },
      ...cited.states.map(([which, state, label]) =>
        el("span", { class: `desk-state desk-state--${state}`, "data-which": which, "data-state": state }, label),
      ),
    ),
  )
}

function record(known, texts) {
  const words = known.kind === "quote" ? `“${known.text}”` : known.text
  const speaker = known.kind === "quote" && [known.speaker || texts.noSpeaker, known.role].filter(Boolean).join(", ")
  return el(
    "section",
    { class: "desk-record", "data-record": known.id },
    el("h3", {}, `${texts[known.kind]}: `, link(known.url, words), speaker && ` — ${speaker}`),
    list("desk-citations", known.citations.map((cited) => citation(cited, texts))) || el("p", { class: "desk-none" }, texts.noSource),
  )
}

const blockers = (found, texts) =>
  list(
    "desk-beside__blockers",
    found.map((blocker) =>
      el(
        "span",
        { class: "desk-warn", "data-code": blocker.code },
        [blocker.message, blocker.excerpt].filter(Boolean).join(" "),
        blocker.absolute && tag("stop", texts.absolute),
      ),
    ),
  )

function statement(known, answer, texts) {
  if (!known) return [el("p", { class: "desk-none" }, texts.nowhere)]
  return [
    el(
      "header",
      {},
      el("span", { class: "desk-place" }, known.place),
      el("p", { class: "desk-wording" }, known.wording, known.group && el("span", { class: "desk-group" }, ` ${known.group}`)),
    ),
    el("p", { class: "desk-fact" }, el("span", { class: `desk-tag desk-is-tag desk-is-tag--${known.state}`, "data-state": known.state }, known.label), " ", known.origins),
    known.exemption && el("p", { class: "desk-fact" }, `${texts.exempt} ${known.exemption}`),
    blockers(known.blockers, texts),
    ...known.records.map((name) => record(answer.records[name], texts)),
  ].filter(Boolean)
}

// In one line, for where the panel is folded.
const brief = (known) =>
  known && [el("span", { class: `desk-tag desk-is-tag desk-is-tag--${known.state}` }, known.label), ` ${[known.place, known.group].filter(Boolean).join(" ")}`]

function meter(counts, texts) {
  const part = (name, of) => {
    const words = fill(texts[name], { n: counts[name], all: of })
    return el("li", { "data-count": name }, el("meter", { min: "0", max: String(of || 1), value: String(counts[name]), "aria-label": words }), ` ${words}`)
  }
  return ["evidence", "checked", "blocked"].map((name) => part(name, counts.statements))
}

let shown = {}

// Draws only what changed: an answer that tells the same leaves who is in the panel where they are.
export function showBeside(panel, answer, known, texts) {
  const told = answer === shown.answer ? shown.told : JSON.stringify(answer)
  const anew = told !== shown.told
  if (anew) {
    panel.querySelector("[data-part=meter]").replaceChildren(...meter(answer.meter, texts))
    panel.querySelector("[data-part=whole]").replaceChildren(...[blockers(answer.whole, texts)].filter(Boolean))
  }
  if (anew || shown.key !== known?.key) {
    panel.querySelector("[data-part=statement]").replaceChildren(...statement(known, answer, texts))
    panel.querySelector("[data-part=brief]").replaceChildren(...(brief(known) ?? []))
    panel.dataset.state = known?.state ?? ""
  }
  shown = { answer, told, key: known?.key }
}
