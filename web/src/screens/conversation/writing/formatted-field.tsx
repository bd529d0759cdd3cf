import type { Saying } from '@foyer/contract/rich-text/saying.ts'
import type { Editor } from '@tiptap/core'
import { Selection } from '@tiptap/pm/state'
import { type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import { positionIn, sayingOfDocument } from './document.ts'
import { formattedSlice, linesOf, openEditor, replaceAll } from './editor.ts'
import { FormattingBar } from './formatting-bar.tsx'
import type { FieldProps, Place, WritingHandle } from './handle.ts'
import { LinkDialog } from './link-dialog.tsx'

export type FormattedFieldProps = FieldProps & {
  saying: Saying
  onChange: (saying: Saying) => void
  hasBar: boolean
  /** Where somebody was in the field that stood here until now. */
  place: Place
  handle: Ref<WritingHandle>
}

/** A field for formatted text, with the bar above it if it is wanted. */
export function FormattedField(props: FormattedFieldProps) {
  const { saying } = props
  const frame = useRef<HTMLDivElement>(null)
  const newest = useRef(props)
  newest.current = props
  /** What this field holds: whatever else comes in was written elsewhere. */
  const holds = useRef(saying)
  const [editor, setEditor] = useState<Editor | null>(null)
  /** The same, for who asks before this is drawn again. */
  const opened = useRef<Editor | null>(null)
  const [linking, setLinking] = useState(false)

  useLayoutEffect(() => {
    const element = frame.current
    if (!element) return
    const { rows, place, saying: said, label, placeholder } = newest.current
    const made = openEditor({
      element,
      said,
      attributes: {
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': label,
        'aria-placeholder': placeholder,
        'data-placeholder': placeholder,
        dir: 'auto',
        spellcheck: 'true',
        enterkeyhint: 'send',
        class: 'rich writing',
        style: `--rows: ${rows}`,
      },
      onKey(event) {
        if (!isLinkKey(event)) return newest.current.onKey(event)
        setLinking(true)
        return true
      },
    })
    holds.current = said
    made.on('update', () => {
      holds.current = sayingOfDocument(made.state.doc.toJSON())
      newest.current.onChange(holds.current)
    })
    made.on('selectionUpdate', () => newest.current.onMoved?.())
    made.on('blur', () => newest.current.onBlur())
    if (place) {
      const [from, to] = [positionIn(said.text, place.from), positionIn(said.text, place.to)]
      made.commands.setTextSelection({ from, to })
      made.view.focus()
    }
    opened.current = made
    setEditor(made)
    return () => {
      opened.current = null
      made.destroy()
    }
  }, [])

  // Written in another tab or on another device, sent, or given up.
  useLayoutEffect(() => {
    if (!editor || isAlike(saying, holds.current)) return
    holds.current = saying
    replaceAll(editor, saying)
  }, [editor, saying])

  useLayoutEffect(() => {
    const element = editor?.view.dom
    if (!element) return
    element.toggleAttribute('data-empty', saying.text === '' && !saying.content)
  }, [editor, saying])

  const { offer } = props
  useEffect(() => {
    const element = editor?.view.dom
    if (!element) return
    const set = (name: string, value: string | undefined) =>
      value === undefined ? element.removeAttribute(name) : element.setAttribute(name, value)
    set('aria-autocomplete', offer && 'list')
    set('aria-controls', offer?.controls)
    set('aria-activedescendant', offer?.active)
  }, [editor, offer])

  useImperativeHandle(
    props.handle,
    (): WritingHandle => ({
      // At once: the next key is meant for it.
      focus: () => opened.current?.view.focus(),
      insert(text) {
        const { current } = opened
        if (current) replaceWith(current, { from: current.state.selection.from, text })
      },
      before() {
        const { $from, empty } = opened.current?.state.selection ?? {}
        return $from && empty ? $from.parent.textBetween(0, $from.parentOffset, undefined, '\n') : null
      },
      replaceBefore(length, said) {
        const { current } = opened
        if (!current) return
        const from = current.state.selection.from - length
        if (typeof said === 'string') replaceWith(current, { from, text: said })
        else if (said.content) replaceWithFormatted(current, { from, said })
        else replaceWith(current, { from, text: said.text })
      },
    }),
    [],
  )
  return (
    <>
      {props.hasBar && editor ? <FormattingBar editor={editor} openLink={() => setLinking(true)} /> : null}
      <div ref={frame} className={props.className} />
      {linking && editor ? <LinkDialog editor={editor} close={() => setLinking(false)} /> : null}
    </>
  )
}

/** Without Shift it opens the palette. */
function isLinkKey({ key, shiftKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return key.toLowerCase() === 'k' && shiftKey && (ctrlKey || metaKey)
}

function replaceWith(editor: Editor, { from, text }: { from: number; text: string }): void {
  const { state, view } = editor
  view.dispatch(state.tr.replaceRange(from, state.selection.to, linesOf(text, state.doc.resolve(from))))
  view.focus()
}

/** The same with formatting, but for where there is none: in code. */
function replaceWithFormatted(editor: Editor, { from, said }: { from: number; said: Saying }): void {
  const { state, view } = editor
  if (state.doc.resolve(from).parent.type.spec.code) return replaceWith(editor, { from, text: said.text })
  const { tr } = state
  const to = state.selection.to
  tr.replaceRange(from, to, formattedSlice(said, state.schema))
  tr.setSelection(Selection.near(tr.doc.resolve(tr.mapping.map(to)), -1))
  view.dispatch(tr.scrollIntoView())
  view.focus()
}

function isAlike(one: Saying, other: Saying): boolean {
  if (one === other || (one.text === other.text && one.content === other.content)) return true
  return one.text === other.text && JSON.stringify(one.content) === JSON.stringify(other.content)
}
