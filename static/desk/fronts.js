// Fronts: rows are moved by their buttons or dragged, and their numbers follow. Without this script people type the
// numbers themselves; what is sent is the same.
const front = document.querySelector("[data-front]")

if (front) {
  const says = document.getElementById("front-says")
  const [pinned, others] = [front.querySelector("[data-pinned]"), front.querySelector("[data-others]")]
  const rows = () => [...pinned.querySelectorAll(".desk-front__row")]
  const place = (row) => row.querySelector(".desk-place")
  let dragged = null

  const number = () => {
    rows().forEach((row, at) => { place(row).value = at + 1 })
    for (const row of others.querySelectorAll(".desk-front__row")) place(row).value = ""
  }
  const tell = (row) => {
    const at = rows().indexOf(row)
    says.textContent = `${row.dataset.name}: ${at < 0 ? front.dataset.out : `${front.dataset.says} ${at + 1}`}`
  }
  const moved = (row) => {
    number()
    tell(row)
  }

  // The row whose number was typed takes that place; the one that stood there makes room.
  const sort = (typed) => {
    const was = rows().indexOf(typed) + 1 || Infinity
    const of = (row) => Number(place(row).value) + (row !== typed ? 0 : place(row).value > was ? 0.5 : -0.5)
    const numbered = [...front.querySelectorAll(".desk-front__row")].filter((row) => Number(place(row).value) > 0)
    const rest = rows().filter((row) => !numbered.includes(row))
    numbered.sort((one, other) => of(one) - of(other))
    pinned.append(...numbered)
    others.prepend(...rest)
    number()
  }

  for (const row of front.querySelectorAll(".desk-front__row")) {
    row.draggable = true
    row.querySelector(".desk-front__moves").hidden = false
  }
  front.addEventListener("change", (event) => {
    if (!event.target.classList.contains("desk-place")) return
    const row = event.target.closest(".desk-front__row")
    sort(row)
    tell(row)
    event.target.focus()
  })
  front.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]")
    if (!button) return
    const row = button.closest(".desk-front__row")
    const isPinned = row.parentElement === pinned
    if (button.dataset.move === "pin") (isPinned ? others : pinned)[isPinned ? "prepend" : "append"](row)
    else if (!isPinned) pinned.append(row)
    else if (button.dataset.move === "up") row.previousElementSibling?.before(row)
    else row.nextElementSibling?.after(row)
    moved(row)
    button.focus()
  })

  front.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.(".desk-front__row") ?? null
  })
  front.addEventListener("dragend", () => { dragged = null })
  front.addEventListener("dragover", (event) => {
    const list = event.target.closest(".desk-front__list")
    if (!dragged || !list) return
    event.preventDefault()
    const over = event.target.closest(".desk-front__row")
    if (!over) list.append(dragged)
    else if (over !== dragged) {
      const { top, height } = over.getBoundingClientRect()
      over[event.clientY < top + height / 2 ? "before" : "after"](dragged)
    }
  })
  front.addEventListener("drop", (event) => {
    if (!dragged) return
    event.preventDefault()
    moved(dragged)
  })
}
