// The page of the story: its headline is one line however high it grows, and where there is no room beside the text the
// evidence is folded to one line below it.
const headline = document.getElementById("id_headline")
headline?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing) return
  event.preventDefault()
  document.getElementById("id_standfirst").focus()
})
headline?.addEventListener("input", () => {
  if (!headline.value.includes("\n")) return
  const at = headline.selectionStart
  headline.value = headline.value.replaceAll("\n", " ")
  headline.setSelectionRange(at, at)
})

const beside = document.querySelector("#desk-beside > details")
const narrow = matchMedia("(max-width: 1199px)")
const fit = () => {
  beside.open = !narrow.matches
}
narrow.addEventListener("change", fit)
fit()
