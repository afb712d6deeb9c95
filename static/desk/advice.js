// The advice follows the text while it is written, a moment after the last key; answers keep the unsaved text.
import { count, reveal } from "desk/folds"

const PAUSE = 1500
let timer = null
let turn = 0

const section = () => document.getElementById("desk-advice")
const value = (name) => document.querySelector(`.desk-writing [name=${name}]`)?.value ?? ""

async function ask(answer = {}) {
  const mine = ++turn
  const told = { headline: value("headline"), body: value("body"), language: value("language"), ...answer }
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value
  try {
    const got = await fetch(section().dataset.url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify(told),
    })
    if (!got.ok || mine !== turn) return
    const made = new DOMParser().parseFromString((await got.json()).html, "text/html").getElementById("desk-advice")
    // Who is about to answer is not interrupted.
    if (!answer.act && section().contains(document.activeElement)) return again()
    section().replaceWith(made)
    count(made)
    if (!answer.act) return
    const next = made.querySelector(".desk-act--refused input[name=reason], summary") ?? made.closest("details").querySelector("summary")
    reveal(made)
    next.focus()
  } catch {
    // The desk does not answer: the advice stays as it was.
  }
}

function again() {
  clearTimeout(timer)
  timer = setTimeout(ask, PAUSE)
}

if (section() && document.querySelector(".desk-writing")) {
  document.querySelector(".desk-writing").addEventListener("input", again)
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("#desk-advice form")
    if (!form) return
    event.preventDefault()
    const { act, place, code, reason } = Object.fromEntries(new FormData(form))
    ask({ act, place, code, reason })
  })
}
