import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useScene } from '../scene.ts'
import { Icon } from './icons.tsx'

/** As long as the contract allows a message to be. */
const longest = 20_000

/** Where the contact writes. What is half written is kept under the name of the draft, across pages and reloads. */
export function Composer(props: {
  draft: string
  placeholder: string
  /** Changes when the box is to take the focus. */
  focus: number
  send: (text: string) => void
  wrote?: () => void
  stopped?: () => void
}) {
  const { t, keeper } = useScene()
  const box = useRef<HTMLTextAreaElement>(null)
  const draft = `draft:${props.draft}`
  const [text, setText] = useState(() => keeper.get(draft) ?? '')
  const isEmpty = text.trim() === ''

  useLayoutEffect(() => grow(box.current), [text])
  // What another tab writes or sends is written or sent here, too.
  useEffect(() => keeper.follow(draft, () => setText(keeper.get(draft) ?? '')), [keeper, draft])
  useEffect(() => {
    if (props.focus > 0) box.current?.focus({ preventScroll: true })
  }, [props.focus])

  function write(next: string): void {
    setText(next)
    keeper.set(draft, next === '' ? null : next)
    if (next.trim() === '') props.stopped?.()
    else props.wrote?.()
  }

  function send(): void {
    if (isEmpty) return
    // What a database cannot hold is nothing a person has typed on purpose.
    props.send(text.replaceAll('\u0000', '').toWellFormed().trim())
    write('')
    box.current?.focus({ preventScroll: true })
  }

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <textarea
        ref={box}
        rows={1}
        dir="auto"
        maxLength={longest}
        aria-label={t('composer.label')}
        placeholder={props.placeholder}
        enterkeyhint="send"
        value={text}
        onInput={(event) => write(event.currentTarget.value)}
        onKeyDown={(event) => {
          // While letters are being composed, Enter belongs to the input method.
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
          event.preventDefault()
          send()
        }}
      />
      <button class="send" type="submit" aria-label={t('composer.send')} aria-disabled={isEmpty}>
        <Icon name="send" />
      </button>
    </form>
  )
}

/** Lets the box grow with what is written, up to a third of the height; the style sheet sets that limit. */
function grow(box: HTMLTextAreaElement | null): void {
  if (!box) return
  box.style.height = 'auto'
  box.style.height = `${box.scrollHeight}px`
}
