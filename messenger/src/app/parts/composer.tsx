import { cleanText, isSendable, isVisible, longestText } from '@foyer/contract/written.ts'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Said } from '../post.ts'
import { useScene } from '../scene.ts'
import { useAttached } from './attach.tsx'
import { EmojiButton } from './emoji-button.tsx'
import { Icon } from './icons.tsx'
import { useRecorder } from './record.tsx'

/** From here on it is said how much is left. */
const countBelow = 500

/** Where the contact writes. What is half written is kept under the name of the draft, across pages and reloads. */
export function Composer(props: {
  draft: string
  placeholder: string
  /** Changes when the box is to take the focus. */
  focus: number
  send: (said: Said) => void
  wrote?: () => void
  stopped?: () => void
}) {
  const { t, keeper } = useScene()
  const box = useRef<HTMLTextAreaElement>(null)
  const draft = `draft:${props.draft}`
  const [text, setText] = useState(() => keeper.get(draft) ?? '')
  const kept = cleanText(text)
  const left = longestText - kept.length
  const attached = useAttached(props.draft)
  const voice = useRecorder(props.draft, props.send)
  const isReady = isSendable(kept) || (kept === '' && attached.some)

  useLayoutEffect(() => grow(box.current), [text])
  // What another tab writes or sends is written or sent here, too, also between the first look and this one.
  useEffect(() => {
    const read = () => setText(keeper.get(draft) ?? '')
    const leave = keeper.follow(draft, read)
    read()
    return leave
  }, [keeper, draft])
  useEffect(() => {
    if (props.focus > 0) box.current?.focus({ preventScroll: true })
  }, [props.focus])

  function write(next: string): void {
    setText(next)
    keeper.set(draft, next === '' ? null : next)
    if (!isVisible(next)) props.stopped?.()
    else props.wrote?.()
  }

  function insert(piece: string): void {
    const { value = '', selectionStart = 0, selectionEnd = 0 } = box.current ?? {}
    const after = selectionStart + piece.length
    write(value.slice(0, selectionStart) + piece + value.slice(selectionEnd))
    requestAnimationFrame(() => box.current?.setSelectionRange(after, after))
  }

  function send(): void {
    if (!isReady) return
    props.send({ text: kept, files: attached.take() })
    write('')
    box.current?.focus({ preventScroll: true })
  }

  return (
    <form
      class={voice.bar ? 'composer speaks' : 'composer'}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
      onPaste={attached.paste}
    >
      {voice.bar}
      {attached.shown}
      <textarea
        ref={box}
        rows={1}
        dir="auto"
        aria-label={t('composer.label')}
        aria-invalid={left < 0}
        aria-describedby={left < countBelow ? 'left' : undefined}
        placeholder={props.placeholder}
        enterkeyhint="send"
        value={text}
        onInput={(event) => write(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey) return
          event.preventDefault()
          send()
        }}
      />
      {attached.tool}
      {voice.tool}
      <EmojiButton pick={insert} box={box} />
      <button class="send" type="submit" aria-label={t('composer.send')} aria-disabled={!isReady}>
        <Icon name="send" />
      </button>
      {left < countBelow && (
        <p id="left" class={left < 0 ? 'left bad' : 'left'} role="status">
          {left < 0 ? t('composer.tooLong', { count: -left }) : t('composer.left', { count: left })}
        </p>
      )}
    </form>
  )
}

/** Lets the box grow with what is written, up to a third of the height; the style sheet sets that limit. */
function grow(box: HTMLTextAreaElement | null): void {
  if (!box) return
  box.style.height = 'auto'
  box.style.height = `${box.scrollHeight}px`
}
