// The preview at the width of a phone or of a desk, light or dark; and the address of a link into the clipboard.
const box = document.querySelector(".desk-preview")
const widths = document.querySelector("[data-widths]")
widths.hidden = false
const dark = widths.querySelector("[name=dark]")
dark.checked = document.documentElement.classList.contains("dark")
const fit = () => {
  box.dataset.width = widths.querySelector("[name=width]:checked").value
  box.dataset.scheme = dark.checked ? "dark" : "light"
}
widths.addEventListener("change", fit)
fit()

for (const button of document.querySelectorAll("[data-copies]")) {
  const field = document.getElementById(button.dataset.copies)
  button.hidden = false
  button.addEventListener("click", async () => {
    field.select()
    try { await navigator.clipboard.writeText(field.value) } catch { document.execCommand("copy") }
    button.parentElement.querySelector("[data-copied]").textContent = button.dataset.done
  })
}
