// Quotation marks and apostrophes of the article's language while one types. Backspace or Ctrl+Z right after one gives
// back the straight mark.
import { Extension, InputRule } from "django-prose-editor/editor"

const MARKS = { en: { double: "“”", single: "‘’" }, pl: { double: "„”", single: "‚’" } }
const marks = () => MARKS[document.querySelector("[name=language]")?.value] ?? MARKS.en

// What an opening mark may follow: nothing, white space, a bracket, a dash, another opening mark.
const OPENING = /(?:^|[\s([{<–—/“„‘‚«-])$/

const rule = (typed, kind) =>
  new InputRule({
    find: new RegExp(`[^]?${typed}$`),
    handler: ({ state, range, match }) => {
      const opens = OPENING.test(match[0].slice(0, -1))
      state.tr.insertText(marks()[kind][opens ? 0 : 1], range.to - 1, range.to)
    },
  })

// ’90s: what looked like an opening mark was an apostrophe.
const decade = new InputRule({
  find: /[‘‚]\d$/,
  handler: ({ state, range, match }) => {
    state.tr.insertText(`’${match[0].at(-1)}`, range.from, range.to)
  },
})

export const SmartQuotes = Extension.create({
  name: "SmartQuotes",
  // Before the history, whose undo would take more away than the mark.
  priority: 1200,
  addInputRules: () => [rule('"', "double"), rule("'", "single"), decade],
  addKeyboardShortcuts() {
    return { "Mod-z": () => this.editor.commands.undoInputRule() }
  },
})
