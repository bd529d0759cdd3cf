import { placeholdersIn } from '@foyer/contract/placeholders.ts'
import { linkTarget } from '@foyer/contract/rich-text/link-target.ts'
import type { Saying } from '@foyer/contract/rich-text/saying.ts'
import { Editor, Extension, Mark, textblockTypeInputRule } from '@tiptap/core'
import { Fragment, type Node as ProseNode, type ResolvedPos, type Schema, Slice } from '@tiptap/pm/model'
import { EditorState, Plugin, Selection } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'
import { StarterKit } from '@tiptap/starter-kit'
import { documentOf, sayingOfDocument } from './document.ts'
import { tidyHtml } from './pasted.ts'

/** Words that lead somewhere; an address that we do not trust makes none, wherever it comes from. */
const Link = Mark.create({
  name: 'link',
  inclusive: false,
  addAttributes: () => ({ href: { default: null } }),
  parseHTML: () => [
    {
      tag: 'a[href]',
      getAttrs: (element) => {
        const target = linkTarget(element.getAttribute('href') ?? '')
        return target ? { href: target.href } : false
      },
    },
  ],
  renderHTML: ({ mark }) => ['a', { href: String(mark.attrs.href) }, 0],
})

/** What is typed beyond what the kit knows. */
const Typed = Extension.create({
  name: 'typed',
  // A code block begins with its three signs, without waiting for a space.
  addInputRules() {
    const { codeBlock } = this.editor.schema.nodes
    return codeBlock ? [textblockTypeInputRule({ find: /^```$/, type: codeBlock })] : []
  },
  addKeyboardShortcuts() {
    return {
      'Mod-Shift-x': ({ editor }) => editor.commands.toggleStrike(),
      'Mod-Shift-9': ({ editor }) => editor.commands.toggleBlockquote(),
    }
  },
})

/** Placeholders that nothing is known for stand out, so that nobody sends them by oversight. */
const Unfilled = Extension.create({
  name: 'unfilled',
  addProseMirrorPlugins: () => [
    new Plugin({
      props: {
        decorations({ doc }) {
          if (!doc.textContent.includes('{{')) return null
          const found: Decoration[] = []
          doc.descendants((node, at) => {
            for (const { field, source, index } of node.isText ? placeholdersIn(node.text ?? '') : [])
              if (field)
                found.push(Decoration.inline(at + index, at + index + source.length, { class: 'unfilled' }))
          })
          return DecorationSet.create(doc, found)
        },
      },
    }),
  ],
})

const extensions = [
  StarterKit.configure({
    heading: false,
    horizontalRule: false,
    underline: false,
    trailingNode: false,
    dropcursor: false,
    link: false,
  }),
  Link,
  Typed,
  Unfilled,
]

/** Opens the editor of formatted text in an element. `onKey` comes before every key of its own, and says whether it took it. */
export function openEditor(given: {
  element: HTMLElement
  said: Saying
  attributes: Record<string, string>
  onKey: (event: KeyboardEvent) => boolean
}): Editor {
  const editor = new Editor({
    element: given.element,
    extensions,
    content: documentOf(given.said),
    injectCSS: false,
    // What is pasted as text stays text.
    enablePasteRules: false,
    editorProps: {
      attributes: given.attributes,
      handleKeyDown: (_, event) => given.onKey(event) || (isNewLine(event) && newLine(editor)),
      // Only what is typed sign by sign may be meant as formatting.
      handleTextInput: (view, from, to, text) => [...text].length > 1 && insertAsIs(view, { from, to, text }),
      transformPastedHTML: tidyHtml,
      clipboardTextParser: (text, context) => linesOf(text, context),
      clipboardTextSerializer: (slice) => sayingOfDocument({ content: slice.content.toJSON() ?? [] }).text,
    },
  })
  return editor
}

/** Shows something else than what was written here; what was is not to be undone back into being. */
export function replaceAll(editor: Editor, said: Saying): void {
  const doc = editor.schema.nodeFromJSON(documentOf(said))
  editor.view.updateState(
    EditorState.create({ doc, selection: Selection.atEnd(doc), plugins: editor.state.plugins }),
  )
}

function isNewLine({ key, shiftKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return key === 'Enter' && shiftKey && !ctrlKey && !metaKey
}

/** What Enter does elsewhere: the next line, the next item, and out of what an empty one stands in. */
function newLine(editor: Editor): boolean {
  return (
    leaveCode(editor) ||
    editor.commands.first(({ commands }) => [
      () => commands.newlineInCode(),
      () => commands.splitListItem('listItem'),
      () => commands.liftEmptyBlock(),
      () => commands.splitBlock(),
    ])
  )
}

/** From an empty last line of code one goes on below it. */
function leaveCode(editor: Editor): boolean {
  const { $from, empty } = editor.state.selection
  const { parent, pos, parentOffset } = $from
  const isAtEnd = empty && parent.type.name === 'codeBlock' && parentOffset === parent.content.size
  if (!isAtEnd || !parent.textContent.endsWith('\n')) return false
  return editor
    .chain()
    .deleteRange({ from: pos - 1, to: pos })
    .exitCode()
    .run()
}

function insertAsIs(
  view: EditorView,
  { from, to, text }: { from: number; to: number; text: string },
): boolean {
  const slice = linesOf(text, view.state.doc.resolve(from))
  view.dispatch(view.state.tr.replaceRange(from, to, slice).scrollIntoView())
  return true
}

/** What was written with formatting as the editor has it; its first and last line go on where they are put. */
export function formattedSlice(said: Saying, schema: Schema): Slice {
  const { content } = schema.nodeFromJSON(documentOf(said))
  const open = (node: ProseNode | null) => (node?.type.name === 'paragraph' ? 1 : 0)
  return new Slice(content, open(content.firstChild), open(content.lastChild))
}

/** A text as the editor has it: a paragraph a line, or lines of code, in the look of the place. */
export function linesOf(text: string, at: ResolvedPos): Slice {
  const { schema } = at.doc.type
  const marks = at.marks()
  const node = (line: string) => (line === '' ? [] : [schema.text(line, marks)])
  const lines = text.split(/\r\n?|\n/)
  if (at.parent.type.spec.code || lines.length === 1)
    return new Slice(Fragment.from(node(lines.join('\n'))), 0, 0)
  const { paragraph } = schema.nodes
  if (!paragraph) return Slice.empty
  return new Slice(Fragment.from(lines.map((line) => paragraph.create(null, node(line)))), 1, 1)
}
