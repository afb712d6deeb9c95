// The focal point of a picture: two sliders say it, the cross shows it, a click sets both.
document.addEventListener("DOMContentLoaded", () => {
  const frame = document.querySelector("[data-focus] .desk-looks__frame")
  const [x, y] = ["focal_x", "focal_y"].map((name) => document.getElementById(`id_${name}`))
  if (!frame || !x || !y) return
  const point = frame.querySelector(".desk-looks__point")
  const show = () => {
    point.style.left = `${x.value}%`
    point.style.top = `${y.value}%`
    for (const slider of [x, y]) slider.setAttribute("aria-valuetext", `${slider.value} %`)
  }
  for (const slider of [x, y]) slider.addEventListener("input", show)
  frame.addEventListener("click", (event) => {
    const box = frame.getBoundingClientRect()
    x.value = Math.round(((event.clientX - box.left) / box.width) * 100)
    y.value = Math.round(((event.clientY - box.top) / box.height) * 100)
    for (const slider of [x, y]) slider.dispatchEvent(new Event("change", { bubbles: true }))
    show()
  })
  show()
})
