// Asks which picture, and what is said of it: choose one that is kept, or upload one. Plain fields of a plain dialog,
// so that every key works as everywhere.
const make = (tag, properties = {}, ...children) => {
  const { dataset, ...rest } = properties
  const element = Object.assign(document.createElement(tag), rest)
  Object.assign(element.dataset, dataset || {})
  element.append(...children)
  return element
}

const field = (label, input) => make("label", { className: "desk-ask__field" }, make("span", { textContent: label }), input)

const fetched = async (url, options) => {
  const answer = await fetch(url, options)
  const told = await answer.json()
  if (!answer.ok) throw new Error(told.message)
  return told
}

// Resolves to {image, alt, restsOn}, or to null if nothing was chosen.
export function askForFigure(options, { image, alt, restsOn, sentences }) {
  return new Promise((resolve) => new FigureDialog(options, { image, alt, restsOn, sentences }, resolve))
}

class FigureDialog {
  constructor(options, asked, resolve) {
    Object.assign(this, { options, asked, t: options.texts, chosen: null })
    this.say = make("p", { className: "desk-ask__note", role: "status" })
    this.list = make("div", { className: "desk-ask__list", role: "radiogroup", ariaLabel: this.t.choose })
    this.search = make("input", { type: "search", autocomplete: "off" })
    this.alt = make("textarea", { rows: 2, maxLength: 500, value: asked.alt })
    this.rests = asked.sentences.map(([key, wording]) => {
      const box = make("input", { type: "checkbox", value: key, checked: asked.restsOn.includes(key) })
      return [box, make("label", {}, box, make("span", { textContent: wording }))]
    })
    this.submit = make("button", { type: "button", className: "desk-ask__main", textContent: this.t.take, disabled: true })
    const cancel = make("button", { type: "button", textContent: this.t.cancel })
    this.dialog = make("dialog", { className: "desk-ask", ariaLabel: this.t.figureTitle },
      make("h2", { textContent: this.t.figureTitle }),
      field(this.t.search, this.search), this.list, this.uploading(),
      field(this.t.ownAlt, this.alt), this.resting(), this.say,
      make("div", { className: "desk-ask__buttons" }, this.submit, cancel))
    this.search.addEventListener("input", () => {
      clearTimeout(this.waiting)
      this.waiting = setTimeout(() => this.offer(), 200)
    })
    this.submit.addEventListener("click", () => this.close(resolve, this.answer()))
    cancel.addEventListener("click", () => this.close(resolve, null))
    this.dialog.addEventListener("cancel", () => this.close(resolve, null))
    document.body.append(this.dialog)
    this.dialog.showModal()
    this.begin()
  }

  close(resolve, answer) {
    clearTimeout(this.waiting)
    this.dialog.remove()
    resolve(answer)
  }

  answer() {
    const restsOn = this.rests.filter(([box]) => box.checked).map(([box]) => box.value)
    // An older browser writes "<" into an attribute as it is, where it would begin a tag.
    return { image: this.chosen, alt: this.alt.value.trim().replaceAll("<", "‹"), restsOn }
  }

  resting() {
    const boxes = this.rests.map(([, label]) => label)
    const none = make("p", { textContent: this.t.noSentences })
    return make("details", { className: "desk-ask__rests", open: this.asked.restsOn.length > 0 },
      make("summary", { textContent: this.t.restsOn }), ...(boxes.length ? boxes : [none]))
  }

  uploading() {
    const file = make("input", { type: "file", accept: "image/jpeg,image/png,image/webp,image/avif" })
    const said = Object.entries({ alt: 500, caption: 500, credit: 200, usage_terms: 500 }).map(([name, most]) =>
      [name, make("input", { type: "text", maxLength: most, dataset: { said: name } })])
    const button = make("button", { type: "button", textContent: this.t.upload })
    button.addEventListener("click", () => this.send(file, said, button))
    this.uploads = make("details", { className: "desk-ask__upload" }, make("summary", { textContent: this.t.uploadTitle }),
      field(this.t.file, file), ...said.map(([name, input]) => field(this.t[name], input)), button)
    return this.uploads
  }

  begin() {
    this.search.focus()
    if (this.asked.image) this.offer(`id=${encodeURIComponent(this.asked.image)}`)
    else this.offer()
  }

  // The last answer wins; who stands at a picture stays there when the list is made anew.
  async offer(query = `q=${encodeURIComponent(this.search.value)}`) {
    const turn = (this.turn = (this.turn ?? 0) + 1)
    try {
      const { images } = await fetched(`${this.options.offers}?${query}`)
      const held = query.startsWith("id=") && !this.chosen && images[0]
      if (held) this.choose(held)
      if (turn !== this.turn) return
      const at = this.list.contains(document.activeElement) ? document.activeElement.value : ""
      this.list.replaceChildren(...images.map((image) => this.radio(image)))
      if (at) (this.list.querySelector(`[value="${CSS.escape(at)}"]`) ?? this.search).focus()
      this.say.textContent = images.length ? "" : this.t.noneFound
    } catch {
      if (turn === this.turn) this.say.textContent = this.t.failed
    }
  }

  radio(image) {
    const thumb = this.options.thumb.replace("000000000000", image.id)
    const input = make("input", { type: "radio", name: "desk-figure-image", value: image.id, checked: this.chosen?.id === image.id })
    input.addEventListener("change", () => this.choose(image))
    const missing = ["alt", "credit", "usage_terms"].filter((name) => !image[name]).map((name) => this.t[name])
    const lacks = missing.length ? make("small", { textContent: `${this.t.missing}: ${missing.join(", ")}` }) : ""
    return make("label", { className: "desk-ask__image" }, input, make("img", { src: thumb, alt: "", loading: "lazy" }),
      make("span", { textContent: image.label }), make("small", { textContent: image.credit }), lacks)
  }

  choose(image) {
    this.chosen = image
    this.submit.disabled = false
    for (const input of this.list.querySelectorAll("input")) input.checked = input.value === image.id
  }

  async send(file, said, button) {
    if (!file.files.length) return void (this.say.textContent = this.t.chooseFile)
    const form = new FormData()
    form.append("file", file.files[0])
    for (const [name, input] of said) form.append(name, input.value)
    button.disabled = true
    this.say.textContent = this.t.sending
    try {
      const token = document.querySelector("[name=csrfmiddlewaretoken]").value
      const image = await fetched(this.options.upload, { method: "POST", body: form, headers: { "X-CSRFToken": token } })
      // A list that was asked for before does not have it.
      this.turn++
      this.list.prepend(this.radio(image))
      this.choose(image)
      this.uploads.open = false
      this.say.textContent = this.t.uploaded
      this.submit.focus()
    } catch (error) {
      this.say.textContent = error.message || this.t.failed
    } finally {
      button.disabled = false
    }
  }
}
