// Ask the desk, and ask the writer: the door behind the editor's commands, and the dialog with a list to choose from.
export const el = (tag, attrs = {}, ...inside) => {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attrs)) if (value) element.setAttribute(name, value === true ? "" : value)
  element.append(...inside.filter((each) => each || each === 0))
  return element
}

// What the desk answers to `asked`, as `{ok, …}`; a desk that does not answer says so in the same form.
export async function ask(url, asked, failed, signal) {
  try {
    const answer = await fetch(url, {
      method: "POST",
      redirect: "manual",
      signal,
      headers: {
        "Content-Type": "application/json",
        "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value,
      },
      body: JSON.stringify(asked),
    })
    return { ok: answer.ok, ...(await answer.json()) }
  } catch (error) {
    return { ok: false, message: error.name === "AbortError" ? "" : failed }
  }
}

let count = 0

export function field(label, control, { help } = {}) {
  control.id ||= `desk-ask-${++count}`
  const hint = help && el("small", { id: `${control.id}-help` }, help)
  if (hint) control.setAttribute("aria-describedby", hint.id)
  return el("p", { class: "desk-field" }, el("label", { for: control.id }, label), control, hint)
}

export const chooser = (name, pairs) =>
  el("select", { name }, ...pairs.map(([value, label]) => el("option", { value: value || "" }, label)))

// A field that searches while one types and offers what it finds; arrow keys move in the list, Enter takes.
export class Search {
  constructor({ url, kind, near = "", texts, taken }) {
    Object.assign(this, { url, kind, near: near.slice(0, 400), texts, taken, at: -1, found: [], turn: 0, timer: 0, address: false })
    const id = `desk-offers-${++count}`
    this.input = el("input", {
      type: "text", name: "search", role: "combobox", autocomplete: "off", maxlength: "400",
      "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list",
    })
    this.list = el("ul", { id, class: "desk-offers", role: "listbox", "aria-label": texts.offers })
    this.status = el("p", { class: "desk-hint", role: "status" })
    this.input.addEventListener("input", () => {
      clearTimeout(this.timer)
      this.list.setAttribute("aria-busy", "true")
      this.timer = setTimeout(() => this.look(), 200)
    })
    this.input.addEventListener("keydown", (event) => this.key(event))
  }

  async look() {
    const turn = ++this.turn
    this.stop?.abort()
    this.stop = new AbortController()
    const words = this.input.value.trim()
    if (!words && !this.near) return this.show({ offered: [] })
    const answer = await ask(this.url, { kind: this.kind, near: this.near, words }, this.texts.failed, this.stop.signal)
    if (turn === this.turn) this.show(answer)
  }

  show({ offered = [], address = false, slow = false, ok = true, message = "" }) {
    // What the arrows stand at is kept when the list is made anew under the writer's fingers.
    const at = this.found[this.at]?.id
    Object.assign(this, { found: offered, address })
    this.list.removeAttribute("aria-busy")
    this.list.replaceChildren(
      ...offered.map((offer, n) => {
        const near = offer.near && el("span", { class: "desk-tag" }, this.texts.near)
        const item = el("li", { id: `${this.list.id}-${n}`, role: "option", "aria-selected": "false" }, el("b", {}, offer.text), " ", near, " ", el("small", {}, offer.detail))
        item.addEventListener("click", () => this.take(n))
        return item
      }),
    )
    this.input.setAttribute("aria-expanded", String(offered.length > 0))
    this.move(at ? offered.findIndex((offer) => offer.id === at) : -1)
    const { texts } = this
    const told = offered.length ? texts.found.replace("%n", offered.length) : address ? texts.newSource : this.input.value ? texts.nothing : ""
    this.status.textContent = ok ? [told, slow && texts.slow].filter(Boolean).join(" ") : message
  }

  move(at) {
    this.at = at
    for (const [n, item] of [...this.list.children].entries()) item.setAttribute("aria-selected", String(n === at))
    this.list.children[at]?.scrollIntoView({ block: "nearest" })
    if (at < 0) this.input.removeAttribute("aria-activedescendant")
    else this.input.setAttribute("aria-activedescendant", this.list.children[at].id)
  }

  key(event) {
    const last = this.found.length - 1
    if (event.key === "ArrowDown") this.move(this.at < last ? this.at + 1 : Math.min(0, last))
    else if (event.key === "ArrowUp") this.move(this.at > 0 ? this.at - 1 : last)
    else if (event.key === "Enter" && this.at >= 0) this.take(this.at)
    else return
    event.preventDefault()
  }

  take(n) {
    clearTimeout(this.timer)
    this.turn++
    this.stop?.abort()
    this.taken(this.found[n])
  }
}

// The focus is in the text before the next key: the editor's own command gives it with the next picture, and then puts
// the cursor back to where it was before that key.
export function backToText(editor) {
  editor.view.focus()
  editor.commands.scrollIntoView()
}

// A modal dialog with these parts. `submitted` gets the fields by name and returns what to close with, or nothing to
// stay open (`{refused}` says why); the promise is what it closed with, null if cancelled. The focus goes back to the text.
export function dialog(editor, { title, parts, submit, cancel, submitted, opened }) {
  return new Promise((done) => {
    const heading = el("h2", { id: `desk-ask-${++count}` }, title)
    const refused = el("p", { class: "desk-error", role: "alert", hidden: true })
    const button = el("button", { type: "submit", class: "desk-button desk-button--main" }, submit)
    const stop = el("button", { type: "button", class: "desk-button" }, cancel)
    const form = el("form", { class: "desk-act" }, heading, ...parts, refused, el("p", { class: "desk-verdicts" }, button, stop))
    const box = el("dialog", { class: "desk desk-dialog", "aria-labelledby": heading.id }, form)
    let result = null
    const close = (value) => {
      result = value
      box.close()
    }
    form.addEventListener("submit", async (event) => {
      event.preventDefault()
      button.disabled = true
      const answer = await submitted(Object.fromEntries(new FormData(form)))
      button.disabled = false
      refused.textContent = answer?.refused ?? ""
      refused.hidden = !refused.textContent
      if (answer && !answer.refused) close(answer)
    })
    stop.addEventListener("click", () => close(null))
    box.addEventListener("close", () => {
      box.remove()
      backToText(editor)
      done(result)
    })
    document.body.append(box)
    box.showModal()
    opened({ close, button })
  })
}
