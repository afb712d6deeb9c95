// Choosers of many records get the name of the field they stand for: the library gives them none.
const nameOf = (select) => select?.labels?.[0]?.textContent.trim() || select?.getAttribute("aria-label") || select?.name
const nameChoosers = () => {
  for (const part of document.querySelectorAll(
    ".select2-search__field:not([aria-label]), .select2-selection--single:not([aria-label]), .select2-selection__rendered[role=textbox]:not([aria-label])",
  )) {
    const name = nameOf(part.closest(".select2-container")?.previousElementSibling)
    if (!name) continue
    // What is chosen is the name the library gives the whole; before it goes what is asked.
    if (part.matches(".select2-selection")) {
      part.id ||= `${part.querySelector(".select2-selection__rendered").id}-of`
      part.setAttribute("aria-labelledby", `${part.id} ${part.getAttribute("aria-labelledby")}`)
    }
    part.setAttribute("aria-label", name)
  }
}
// They come to life at a moment of their own, and with every row that is added.
new MutationObserver(nameChoosers).observe(document.documentElement, { childList: true, subtree: true })

// So do editors of a text, which take the name of the field they stand before.
const nameEditors = () => {
  for (const editor of document.querySelectorAll(".ProseMirror[role=textbox]:not([aria-label])")) {
    const name = nameOf(editor.closest(".prose-editor")?.querySelector("textarea"))
    if (name) editor.setAttribute("aria-label", name)
  }
}
new MutationObserver(nameEditors).observe(document.documentElement, { childList: true, subtree: true })
