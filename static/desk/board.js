// The board: a card that is dropped on a column, or whose button is pressed, moves by an act; a refusal is shown on the
// card. Without this script every button is an ordinary form.
const board = document.querySelector("[data-board]")

if (board) {
  const says = document.getElementById("board-says")
  let dragged = null

  const columnOf = (node) => node.closest("[data-stage]")

  const refuse = (card, message) => {
    card.querySelector(".desk-card__refused")?.remove()
    const line = document.createElement("p")
    line.className = "desk-card__refused"
    line.setAttribute("role", "alert")
    line.textContent = message
    card.append(line)
  }

  const move = async (card, fields) => {
    const body = new URLSearchParams({ article: card.dataset.article, ...fields })
    const token = board.querySelector("[name=csrfmiddlewaretoken]").value
    let answer, told
    try {
      answer = await fetch(board.dataset.board, {
        method: "POST",
        headers: { Accept: "application/json", "X-CSRFToken": token },
        body,
      })
      told = await answer.json()
    } catch {
      refuse(card, board.dataset.unreachable)
      return
    }
    if (!answer.ok) {
      refuse(card, told.message)
      return
    }
    // The columns anew, as the server has them; the card keeps the focus.
    sessionStorage.setItem("desk-moved", card.id)
    location.reload()
  }

  board.addEventListener("submit", (event) => {
    const card = event.target.closest(".desk-card")
    if (!card) return
    event.preventDefault()
    const fields = Object.fromEntries(new FormData(event.target))
    delete fields.csrfmiddlewaretoken
    move(card, fields)
  })

  board.addEventListener("dragstart", (event) => {
    dragged = event.target.closest(".desk-card")
    event.dataTransfer.effectAllowed = "move"
  })
  board.addEventListener("dragend", () => {
    dragged = null
    for (const column of board.querySelectorAll(".is-over")) column.classList.remove("is-over")
  })
  board.addEventListener("dragover", (event) => {
    const column = columnOf(event.target)
    if (!dragged || !column) return
    event.preventDefault()
    for (const other of board.querySelectorAll(".is-over")) other.classList.remove("is-over")
    column.classList.add("is-over")
  })
  board.addEventListener("drop", (event) => {
    const column = columnOf(event.target)
    if (!dragged || !column || column === columnOf(dragged)) return
    event.preventDefault()
    const to = column.dataset.stage
    const form = dragged.querySelector(`form[data-to="${to}"]`)
    const why = form?.querySelector("details")
    if (why) {
      // It asks for a reason: the card stays until there is one.
      why.open = true
      form.querySelector("[name=reason]").focus()
    } else {
      // Where no button leads there, the act says why not.
      move(dragged, { act: form?.dataset.act ?? (to === "approved" ? "approve" : "none") })
    }
  })

  const moved = sessionStorage.getItem("desk-moved")
  sessionStorage.removeItem("desk-moved")
  if (moved) {
    document.getElementById(moved)?.querySelector("a")?.focus()
    says.textContent = board.dataset.moved
  }
}
