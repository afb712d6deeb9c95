// A figure of the story in the editor: a picture by its public id, its caption as text, and what that rests on.
// Everything that is stored passes through articles/body, so nothing here is trusted.
import { Node } from "django-prose-editor/editor"
import { backToText } from "desk/asking"
import { askForFigure } from "desk/figure_dialog"
import { newKey } from "desk/segments"

const attribute = (name) => ({
  default: "",
  parseHTML: (element) => element.getAttribute(name) || "",
  renderHTML: (attrs) => (attrs[camel(name)] ? { [name]: attrs[camel(name)] } : {}),
})
const camel = (name) => name.replace(/^data-/, "").replace(/-(.)/g, (_, letter) => letter.toUpperCase())
const NAMES = ["data-figure", "data-image", "data-rests-on", "data-alt"]

// The sentences of the story as they stand in the editor, for what a caption rests on: [[key, wording]].
function sentences(doc) {
  const found = new Map()
  doc.descendants((node) => {
    const mark = node.marks.find((each) => each.type.name === "segment")
    if (mark?.attrs.segment) found.set(mark.attrs.segment, (found.get(mark.attrs.segment) || "") + node.text)
  })
  return [...found]
}

// The figure that holds the cursor or is selected: its node and position, or null.
function figureAt({ selection }) {
  if (selection.node?.type.name === "storyFigure") return { node: selection.node, pos: selection.from }
  const { $from } = selection
  for (let depth = $from.depth; depth > 0; depth--)
    if ($from.node(depth).type.name === "storyFigure") return { node: $from.node(depth), pos: $from.before(depth) }
  return null
}

async function change(editor, options, held) {
  const asked = await askForFigure(options, {
    image: held.node.attrs.image,
    alt: held.node.attrs.alt,
    restsOn: held.node.attrs.restsOn.split(" ").filter(Boolean),
    sentences: sentences(editor.state.doc),
  })
  backToText(editor)
  if (!asked) return
  const { image, alt, restsOn } = asked
  editor.commands.command(({ tr }) => {
    tr.setNodeMarkup(held.pos, null, { ...held.node.attrs, image: image.id, alt, restsOn: restsOn.join(" ") })
    return true
  })
}

async function insert(editor, options) {
  const asked = await askForFigure(options, { sentences: sentences(editor.state.doc), restsOn: [], alt: "" })
  backToText(editor)
  if (!asked) return
  const { image, alt, restsOn } = asked
  const attrs = { figure: newKey(), image: image.id, alt, restsOn: restsOn.join(" ") }
  const content = image.caption ? [{ type: "text", text: image.caption }] : []
  // Behind the paragraph of the cursor, never inside a sentence; at the very start of the story it becomes the lead.
  const { $from } = editor.state.selection
  const first = $from.pos <= 1 || ($from.index(0) === 0 && $from.parentOffset === 0)
  const at = first ? 0 : $from.after(1)
  editor.chain().insertContentAt(at, { type: "storyFigure", attrs, content }).run()
}

const open = (editor, options) => {
  const held = figureAt(editor.state)
  return held ? change(editor, options, held) : insert(editor, options)
}

export const StoryFigure = Node.create({
  name: "storyFigure",
  group: "block",
  content: "text*",
  marks: "bold italic link",
  defining: true,
  isolating: true,
  draggable: true,
  addOptions: () => ({ offers: "", upload: "", thumb: "", texts: {} }),
  addAttributes: () => Object.fromEntries(NAMES.map((name) => [camel(name), attribute(name)])),
  parseHTML: () => [{ tag: "figure[data-image]", contentElement: (figure) => figure.querySelector("figcaption") || figure }],
  renderHTML: ({ HTMLAttributes }) => ["figure", HTMLAttributes, ["figcaption", 0]],
  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: "figure:open",
      groups: "figure",
      button: buttons.text(this.options.texts.figure, this.options.texts.figureTip),
      command: (editor) => open(editor, this.options),
    })
  },
  addKeyboardShortcuts() {
    return {
      "Mod-Alt-f": () => {
        open(this.editor, this.options)
        return true
      },
      // A caption is one line: Enter goes on with the story behind it.
      Enter: () => {
        const held = figureAt(this.editor.state)
        if (!held) return false
        const behind = held.pos + held.node.nodeSize
        return this.editor.chain().insertContentAt(behind, { type: "paragraph" }).setTextSelection(behind + 1).run()
      },
    }
  },
  addNodeView() {
    return ({ node, editor, getPos }) => new FigureView(node, editor, getPos, this.options)
  },
})

// The picture, small, over its caption; two buttons for who does not know the key.
class FigureView {
  constructor(node, editor, getPos, options) {
    Object.assign(this, { node, options })
    this.dom = document.createElement("figure")
    this.dom.className = "desk-figure"
    this.picture = Object.assign(document.createElement("img"), { loading: "lazy" })
    this.tools = Object.assign(document.createElement("div"), { className: "desk-figure__tools", contentEditable: "false" })
    const button = (label, act) => {
      const made = Object.assign(document.createElement("button"), { type: "button", textContent: label })
      made.addEventListener("click", act)
      this.tools.append(made)
    }
    button(options.texts.change, () => change(editor, options, { node: this.node, pos: getPos() }))
    button(options.texts.remove, () => {
      editor.chain().deleteRange({ from: getPos(), to: getPos() + this.node.nodeSize }).focus().run()
    })
    this.tools.prepend(this.picture)
    this.contentDOM = document.createElement("figcaption")
    this.contentDOM.dataset.placeholder = options.texts.caption
    this.dom.append(this.tools, this.contentDOM)
    this.update(node)
  }

  update(node) {
    if (node.type.name !== "storyFigure") return false
    const src = this.options.thumb.replace("000000000000", encodeURIComponent(node.attrs.image))
    if (this.picture.getAttribute("src") !== src) this.picture.src = src
    this.picture.alt = node.attrs.alt || this.options.texts.picture
    this.contentDOM.classList.toggle("is-empty", node.content.size === 0)
    this.node = node
    return true
  }

  stopEvent(event) {
    return this.tools.contains(event.target) && event.type !== "dragstart"
  }

  ignoreMutation(mutation) {
    return !this.contentDOM.contains(mutation.target)
  }
}
