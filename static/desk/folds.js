// Sections that are folded beside the story: each is named by its summary, with how much there is in it.

// Open what `element` is folded into; what is folded takes no focus.
export const reveal = (element) => {
  const fold = element?.closest(".desk-fold") ?? element?.querySelector(":scope > .desk-fold")
  if (fold) fold.open = true
}

// Tell in its summary how much there is in a section that was shown anew.
export const count = (section) => {
  const place = document.querySelector(`[data-count-of=${section.id}]`)
  if (place) place.textContent = section.dataset.count
}
