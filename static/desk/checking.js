// Check a story with single keys: one statement in focus, a verdict a key, the next statement without a full load.
// Without this script the page is plain forms and links.
const region = document.getElementById("checking")
const said = document.getElementById("checking-said")
const dialog = document.getElementById("checking-keys")
const on = document.getElementById("checking-keys-on")
const KEPT = "desk-checking-keys"

const cards = () => [...region.querySelectorAll(".desk-check")]
const strip = () => [...region.querySelectorAll("[data-strip]")]
const card = (key) => (key ? document.getElementById(`s-${key}`) : null)
const cardOf = (element) => element.closest(".desk-check")
const notes = () => [...region.querySelectorAll("form[data-act=check] textarea")].filter(cardOf)
const inFocus = () => document.activeElement?.closest(".desk-check") || card(region.dataset.at) || cards()[0]
const say = (text) => {
  // Said again even if the words are the same.
  said.textContent = ""
  requestAnimationFrame(() => { said.textContent = text })
}

// Bring one statement into focus; readers of the screen hear its label, the address remembers it.
const goTo = (element) => {
  if (!element) return
  for (const other of region.querySelectorAll(".desk-check--now")) other.classList.remove("desk-check--now")
  element.classList.add("desk-check--now")
  element.focus({ preventScroll: true })
  element.scrollIntoView({ block: "start", behavior: "auto" })
  const key = element.dataset.key
  region.dataset.at = key
  for (const link of strip()) link.toggleAttribute("aria-current", link.dataset.strip === key)
  const address = new URL(location.href)
  address.searchParams.set("at", key)
  address.hash = `s-${key}`
  history.replaceState(null, "", address)
}

// Put what the server answered in the place of what is there.
const show = (html, otherwise, sent) => {
  const answered = new DOMParser().parseFromString(html, "text/html").querySelector("[data-at]")
  if (!answered) {
    // Another page altogether: signed out, or not allowed any more.
    location.assign(otherwise)
    return
  }
  // A note that was begun elsewhere is not sent with this verdict, and not lost by it.
  const begun = notes().filter((field) => field.form !== sent && field.value !== field.defaultValue)
  const kept = new Map(begun.map((field) => [cardOf(field).dataset.key, field.value]))
  region.replaceChildren(answered)
  for (const field of notes()) field.value = kept.get(cardOf(field).dataset.key) ?? field.value
  dress()
  const messages = [...answered.querySelectorAll("[data-said]")].map((one) => one.textContent)
  const key = answered.dataset.at
  goTo(card(key) || cards()[0])
  const wording = card(key)?.querySelector(".desk-wording")?.textContent.trim() || ""
  const refused = answered.querySelector("[role=alert]")?.textContent.trim()
  say(refused || [...messages, card(key)?.getAttribute("aria-label") || "", wording].join(" "))
}

let busy = false
const ask = async (address, options = {}, sent = null) => {
  if (busy) return
  busy = true
  region.setAttribute("aria-busy", "true")
  // What is typed meanwhile would go with what is there, and its letters would be taken for verdicts.
  const at = document.activeElement
  region.inert = true
  try {
    const answer = await fetch(address, { ...options, headers: { "X-Desk-Part": "1" }, credentials: "same-origin" })
    const html = await answer.text()
    region.inert = false
    show(html, answer.redirected ? answer.url : address, sent)
  } catch {
    region.inert = false
    at?.focus?.({ preventScroll: true })
    const failed = region.querySelector("[data-failed]")?.dataset.failed || ""
    say(failed)
    warn(failed)
  } finally {
    busy = false
    region.removeAttribute("aria-busy")
  }
}

const warn = (text) => {
  region.querySelector(".desk-checking__failed")?.remove()
  const alert = document.createElement("p")
  alert.className = "desk-refusal desk-checking__failed"
  alert.setAttribute("role", "alert")
  alert.textContent = text
  inFocus()?.append(alert)
}

const send = (form, verdict) => {
  const data = new URLSearchParams(new FormData(form))
  if (verdict) data.set("verdict", verdict)
  ask(form.action, { method: "POST", body: data }, form)
}

const step = (by) => {
  const here = cards().indexOf(inFocus())
  const next = cards()[here + by]
  if (next) return goTo(next)
  const beside = region.querySelector(by > 0 ? "a[rel=next]" : "a[rel=prev]")
  if (beside) ask(beside.href)
}

const nextUnchecked = () => {
  const links = strip()
  const here = links.findIndex((link) => link.dataset.strip === inFocus()?.dataset.key)
  const order = [...links.slice(here + 1), ...links.slice(0, Math.max(here, 0))]
  const next = order.find((link) => ["unchecked", "lapsed"].includes(link.dataset.check))
  if (!next) return say(region.querySelector("[data-none]")?.dataset.none || "")
  const there = card(next.dataset.strip)
  if (there) goTo(there)
  else ask(next.href)
}

const verdict = (value) => {
  const here = inFocus()
  const form = here?.querySelector("form[data-act=check]")
  if (form) return send(form, value)
  say(here?.querySelector(".desk-hint")?.textContent || region.querySelector(".desk-hint")?.textContent || "")
}

const note = () => {
  const field = inFocus()?.querySelector("form[data-act=check] textarea")
  if (!field) return
  const closed = field.closest("details:not([open])")
  if (closed) closed.open = true
  field.focus()
}

const ACTS = {
  j: () => step(1),
  ArrowRight: () => step(1),
  k: () => step(-1),
  ArrowLeft: () => step(-1),
  n: nextUnchecked,
  s: () => verdict("supports"),
  d: () => verdict("does_not"),
  u: () => verdict("unsure"),
  c: note,
}

// The focus goes back into the story when the list of keys is closed: at once, not when the browser comes to it.
const openKeys = () => {
  if (!region.contains(document.activeElement)) inFocus()?.focus({ preventScroll: true })
  dialog.showModal()
}

const isTyping = (element) => element.closest("input, textarea, select, [contenteditable]") !== null

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || dialog.open || busy) return
  // Until the browser has taken the focus out of the closed list of keys, they still come from there.
  const within = event.target instanceof Element && !dialog.contains(event.target)
  const target = within ? event.target : document.body
  if (isTyping(target)) {
    if (event.key === "Escape" && region.contains(target)) goTo(target.closest(".desk-check"))
    return
  }
  // The rest of the desk (its sidebar, its search) keeps its own keys.
  if (target !== document.body && !region.contains(target)) return
  if (event.key === "?") openKeys()
  else if (on.checked && ACTS[event.key] && !event.repeat) ACTS[event.key]()
  else return
  event.preventDefault()
})

region.addEventListener("submit", (event) => {
  // A comment goes to a page of its own, and comes back.
  if (event.target.dataset.act === "comment") return
  event.preventDefault()
  send(event.target, event.submitter?.name === "verdict" ? event.submitter.value : "")
})

region.addEventListener("click", (event) => {
  const link = event.target.closest("[data-strip], .desk-parts a, .desk-filters a")
  if (event.target.closest("[data-keys]")) openKeys()
  else if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault()
    const there = link.dataset.strip && card(link.dataset.strip)
    if (there) return goTo(there)
    const address = new URL(link.href)
    history.replaceState(null, "", address)
    ask(address)
  }
})

on.checked = localStorage.getItem(KEPT) !== "off"
on.addEventListener("change", () => localStorage.setItem(KEPT, on.checked ? "on" : "off"))

const dress = () => {
  for (const button of region.querySelectorAll("[data-keys]")) button.hidden = false
}
dress()
region.dataset.at = region.querySelector("[data-at]")?.dataset.at || ""
// Back where one was: what is recorded says what is done, the address says where one stood.
if (location.hash.startsWith("#s-")) goTo(card(location.hash.slice(3)))
