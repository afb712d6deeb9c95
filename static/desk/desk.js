// Choosers with a search field of their own get the name of the field they stand for: the library gives them none.
const nameSearchFields = () => {
  for (const field of document.querySelectorAll(".select2-search__field:not([aria-label])")) {
    const select = field.closest(".select2-container")?.previousElementSibling
    const label = select?.labels?.[0]?.textContent.trim() || select?.name
    if (label) field.setAttribute("aria-label", label)
  }
}
// They come to life at a moment of their own, and with every row that is added.
new MutationObserver(nameSearchFields).observe(document.documentElement, { childList: true, subtree: true })
