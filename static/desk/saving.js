// The story saves itself a moment after the last change, and says how that went. It stops, and says so, where
// somebody else has saved or has the draft open; what was typed stays in the form whatever happens.
const QUIET = 2_000 // Saved when nothing was typed for so long,
const LONGEST = 10_000 // and while somebody types on, after so long at the latest.
const AGAIN = 5_000 // Tried again after so long where the desk cannot be reached.
const SIGN = 60_000 // A sign of life while nothing is to be saved,
const ATTENTIVE = 600_000 // as long as somebody was at the page within this time.
const TWICE = 2_000 // A second click on Save within this time is one too many;
const STOPPED = 15_000 // after this time without another page it was stopped.
const FIELDS = ["headline", "standfirst", "headline_rests_on", "standfirst_rests_on", "body", "language", "section", "slug", "tags"]
const OURS = new Set([...FIELDS, "csrfmiddlewaretoken", "version", "replaces", "page"])

const bar = document.getElementById("desk-saving")
const form = bar.closest("form")
const facts = JSON.parse(document.getElementById("desk-saving-facts").textContent)
const field = (name) => form.querySelector(`[name=${name}]`)
const entries = (wanted) => JSON.stringify([...new FormData(form)].filter(([name]) => wanted(name)))
const story = () => entries((name) => FIELDS.includes(name))
const others = () => entries((name) => !OURS.has(name) && !name.startsWith("_"))

let addresses = facts.addresses
let at = facts.at
let saved = facts.bound ? null : story() // As the desk has it; null: what stands in the form was refused.
let seen = story() // As it stood when last looked at.
let unanswered = null // What was sent and not answered: sent again as it was, so that it is not saved twice.
let refused = null // What the desk refused: not sent again as it stands.
let busy = false
let stopped = Boolean(form.querySelector(".desk-conflict")) // Somebody has to choose first.
let leaving = false
let leftAt = 0
let submitter = null
let changedAt = 0
let firstAt = 0
let waitUntil = 0
let signAt = Date.now()
let activeAt = Date.now()
const othersBefore = others()

const isNew = () => !addresses.change
const isEmpty = () => isNew() && !field("headline").value.trim() && !field("body").value.replace(/<[^>]*>/g, "").trim()
const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] || field("csrfmiddlewaretoken").value

function show(state, message = "") {
  const grave = !["saved", "empty", "unsaved", "saving"].includes(state)
  const text = (facts.texts[state] || message).replace("%s", state === "saved" ? at : message)
  const more = state === "saved" && others() !== othersBefore ? ` · ${facts.texts.others}` : ""
  bar.dataset.state = state
  for (const [name, said] of [["state", grave ? "" : text + more], ["problem", grave ? text : ""]]) {
    const place = bar.querySelector(`.desk-saving__${name}`)
    if (place.textContent !== said) place.textContent = said
  }
  for (const button of bar.querySelectorAll("[data-when]")) {
    button.hidden = button.dataset.when !== state
    // A button that cannot be seen is not what Enter presses.
    button.disabled = button.hidden
  }
}

function message(fields) {
  const data = new FormData()
  if (fields) for (const [name, value] of new FormData(form)) if (FIELDS.includes(name)) data.append(name, value)
  for (const name of ["version", "page"]) data.append(name, field(name).value)
  data.append("csrfmiddlewaretoken", token())
  return data
}

// Who signed in again in another tab has another token: every door of this page sends the new one.
function renew() {
  for (const input of document.querySelectorAll("[name=csrfmiddlewaretoken]")) input.value = token()
}

// The desk's answer as {status, code, message, …}; status 0 where it cannot be reached.
async function ask(address, data) {
  try {
    renew()
    data.set("csrfmiddlewaretoken", token())
    const answer = await fetch(address, { method: "POST", body: data, redirect: "manual" })
    if (answer.type === "opaqueredirect") return { status: 302 }
    const told = await answer.json().catch(() => ({ message: facts.texts.failed.replace("%s", answer.status) }))
    return { status: answer.status, ...told }
  } catch {
    return { status: 0 }
  }
}

// Whether the answer refuses; says so.
function refuses({ status, code, message: why }) {
  if (status === 200 || status === 201) return false
  const state = status === 0 ? "offline" : status === 302 ? "signed_out" : code === "draft_changed" ? "stale" : code === "locked" ? "locked" : "refused"
  stopped = state === "stale" || state === "locked"
  if (!stopped) waitUntil = Date.now() + AGAIN
  show(state, why)
  return true
}

async function save() {
  busy = true
  show("saving")
  const sent = unanswered || { story: story(), data: message(true), address: addresses.autosave }
  unanswered = sent
  const answer = await ask(sent.address, sent.data)
  busy = false
  signAt = Date.now()
  if (refuses(answer)) {
    if (answer.status !== 0 && answer.status !== 302) {
      unanswered = null
      refused = sent.story
    }
  } else {
    unanswered = refused = null
    saved = sent.story
    at = answer.at
    field("version").value = answer.version
    if (isNew()) goOnWith(answer.addresses)
    const stage = document.querySelector(".desk-tabs .desk-stage b")
    if (stage) stage.textContent = answer.stage
    show(story() === saved ? "saved" : "unsaved")
  }
  // Where nobody answers, or asks to sign in, the form would be lost: it stays, and says why.
  if (submitter && unanswered) submitter = null
  else if (submitter) submit(submitter)
}

// A new article was made of the form: from now on the page is that article's.
function goOnWith(made) {
  addresses = made
  history.replaceState(null, "", made.change)
  form.setAttribute("action", made.change)
  // What the page of an article has besides stands there once it is loaded anew.
  const whole = bar.querySelector(".desk-saving__whole")
  whole.href = made.change
  whole.hidden = false
}

async function giveSign() {
  signAt = Date.now()
  const answer = await ask(addresses.hold, message(false))
  if (answer.status === 409) refuses(answer)
  else if (answer.status === 200 && Number(field("version").value) < answer.version && !busy) {
    stopped = true
    show("stale")
  }
}

function look() {
  const now = Date.now()
  // Whoever stopped the page that was to come is still writing in this one.
  if (leaving && now - leftAt < STOPPED) return
  leaving = false
  const current = story()
  if (current !== seen) {
    seen = current
    changedAt = activeAt = now
    firstAt = firstAt || now
  }
  if (stopped || busy) return
  if (current === saved && !unanswered) {
    firstAt = 0
    show(isEmpty() ? "empty" : "saved")
    if (!isNew() && now - signAt >= SIGN && now - activeAt < ATTENTIVE) giveSign()
  } else if (now < waitUntil || current === refused || isEmpty()) {
    return
  } else if (unanswered || now - changedAt >= QUIET || now - firstAt >= LONGEST) {
    firstAt = 0
    save()
  } else show("unsaved")
}

function submit(button) {
  submitter = null
  form.requestSubmit(button)
}

form.addEventListener("submit", (event) => {
  renew()
  // Of a double click the second would be an older version than what the first made.
  if (leaving && Date.now() - leftAt < TWICE) return event.preventDefault()
  // What is on its way, or was not answered, has to arrive first, or the form would be older than what it made.
  if (busy || unanswered) {
    event.preventDefault()
    submitter = event.submitter
    if (!busy) save()
    return
  }
  leaving = true
  leftAt = Date.now()
})
bar.querySelector("[data-when=stale]").addEventListener("click", () => submit(field("_continue")))
for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => (activeAt = Date.now()), { passive: true })
addEventListener("beforeunload", (event) => {
  const unsaved = busy || (story() !== saved && !isEmpty()) || others() !== othersBefore
  if (!leaving && unsaved) event.preventDefault()
})
addEventListener("focus", renew)
addEventListener("pagehide", () => {
  if (addresses.letGo) navigator.sendBeacon(addresses.letGo, message(false))
})
// Come back to by the browser's own history: the lock was let go.
addEventListener("pageshow", (event) => {
  leaving = false
  if (event.persisted && !isNew()) giveSign()
})
if (stopped) show("stale")
setInterval(look, 500)
look()
