import { type Ref, useImperativeHandle, useLayoutEffect, useRef } from 'react'
import { flushSync } from 'react-dom'
import type { FieldProps, Place, WritingHandle } from './handle.ts'

export type PlainHandle = WritingHandle & { place(): Place }

type PlainFieldProps = FieldProps & {
  text: string
  isFixed: boolean
  onChange: (text: string) => void
  onComposing: (is: boolean) => void
  handle: Ref<PlainHandle>
}

/** A field for text alone: it stands in for the editor until that is there. */
export function PlainField(props: PlainFieldProps) {
  const { text, onChange, offer } = props
  const field = useRef<HTMLTextAreaElement>(null)
  useImperativeHandle(props.handle, (): PlainHandle => {
    function replace(from: number, to: number, said: string) {
      // The next letter may come before the page is drawn again: text and caret are put in place at once.
      flushSync(() => onChange(text.slice(0, from) + said + text.slice(to)))
      field.current?.focus()
      field.current?.setSelectionRange(from + said.length, from + said.length)
    }
    const selection = () => [field.current?.selectionStart ?? 0, field.current?.selectionEnd ?? 0] as const
    return {
      focus: () => field.current?.focus({ preventScroll: true }),
      insert: (said) => replace(...selection(), said),
      before() {
        const [from, to] = selection()
        return from === to ? text.slice(text.lastIndexOf('\n', to - 1) + 1, to) : null
      },
      replaceBefore(length, said) {
        const [, to] = selection()
        replace(to - length, to, typeof said === 'string' ? said : said.text)
      },
      place() {
        const [from, to] = selection()
        return document.activeElement === field.current ? { from, to } : null
      },
    }
  }, [text, onChange])
  useLayoutEffect(() => {
    const element = field.current
    if (!element) return
    element.style.height = 'auto'
    if (text !== '') element.style.height = `${element.scrollHeight}px`
  }, [text])
  return (
    <textarea
      ref={field}
      aria-label={props.label}
      aria-autocomplete={offer ? 'list' : undefined}
      aria-controls={offer?.controls}
      aria-activedescendant={offer?.active}
      placeholder={props.placeholder}
      value={text}
      rows={props.rows}
      readOnly={props.isFixed}
      dir="auto"
      enterKeyHint="send"
      onChange={(event) => onChange(event.target.value)}
      onSelect={props.onMoved}
      onBlur={props.onBlur}
      onKeyDown={(event) => void (props.onKey(event.nativeEvent) && event.preventDefault())}
      onCompositionStart={() => props.onComposing(true)}
      onCompositionEnd={() => props.onComposing(false)}
      className={`${props.className} resize-none bg-transparent focus-visible:outline-none`}
    />
  )
}
