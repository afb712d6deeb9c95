// "@" in a comment offers people of the desk; the arrows choose, Enter or Tab takes, Escape closes.
const ASKED = /(?:^|\s)@([\p{L}\p{N}_.+-]{0,50})$/u
let list = null
let field = null
let turn = 0

const close = () => {
  list?.remove()
  list = null
  for (const name of ["aria-controls", "aria-activedescendant", "aria-expanded", "role", "aria-autocomplete", "aria-haspopup"])
    field?.removeAttribute(name)
  field = null
}

const mark = (index) => {
  const options = [...list.querySelectorAll("[role=option]")]
  const at = (index + options.length) % options.length
  options.forEach((option, n) => option.setAttribute("aria-selected", String(n === at)))
  field.setAttribute("aria-activedescendant", options[at].id)
  options[at].scrollIntoView({ block: "nearest" })
}
const marked = () => [...list.querySelectorAll("[role=option]")].findIndex((option) => option.getAttribute("aria-selected") === "true")

const take = (username) => {
  const into = field
  const before = into.value.slice(0, into.selectionStart).replace(/@[^@]*$/, `@${username} `)
  const rest = into.value.slice(into.selectionStart)
  close()
  into.value = before + rest
  into.setSelectionRange(before.length, before.length)
  into.focus()
}

function show(people, textarea, nobody) {
  close()
  field = textarea
  list = Object.assign(document.createElement("ul"), { className: "desk-mentions", id: "desk-mentions" })
  if (!people.length) {
    list.append(Object.assign(document.createElement("li"), { className: "desk-none", textContent: nobody }))
    list.setAttribute("role", "status")
    return textarea.after(list)
  }
  list.setAttribute("role", "listbox")
  list.setAttribute("aria-label", "@")
  people.forEach(({ username, name }, n) => {
    const option = document.createElement("li")
    Object.assign(option, { id: `desk-mention-${n}`, textContent: name === username ? `@${username}` : `@${username} – ${name}` })
    option.setAttribute("role", "option")
    // Before the textarea loses the cursor.
    option.addEventListener("mousedown", (event) => {
      event.preventDefault()
      take(username)
    })
    option.dataset.username = username
    list.append(option)
  })
  textarea.after(list)
  const says = { role: "combobox", "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-expanded": "true", "aria-controls": list.id }
  for (const [name, value] of Object.entries(says)) textarea.setAttribute(name, value)
  mark(0)
}

async function offer(textarea) {
  const asked = textarea.value.slice(0, textarea.selectionStart).match(ASKED)
  const mine = ++turn
  const place = textarea.closest("[data-people]")
  if (!asked || !place) return close()
  try {
    const answer = await fetch(`${place.dataset.people}?q=${encodeURIComponent(asked[1])}`)
    const people = answer.ok ? await answer.json() : []
    if (mine === turn && document.activeElement === textarea) show(people, textarea, place.dataset.nobody)
  } catch {
    close()
  }
}

if (!globalThis.deskMentions) {
  globalThis.deskMentions = true
  document.addEventListener("input", (event) => {
    if (event.target.matches("textarea[data-mentions]")) offer(event.target)
  })
  document.addEventListener("focusout", (event) => {
    if (event.target === field) close()
  })
  document.addEventListener(
    "keydown",
    (event) => {
      if (!list || event.target !== field) return
      const steps = { ArrowDown: 1, ArrowUp: -1 }
      if (event.key === "Escape") close()
      else if (list.getAttribute("role") !== "listbox") return
      else if (steps[event.key]) mark(marked() + steps[event.key])
      else if (event.key === "Enter" || event.key === "Tab") take(list.querySelectorAll("[role=option]")[marked()].dataset.username)
      else return
      event.preventDefault()
      event.stopPropagation()
    },
    true,
  )
}
