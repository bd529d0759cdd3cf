import { cleanText, isSendable, isVisible } from '@foyer/contract/written.ts'
import { SendHorizontal } from 'lucide-react'
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  Suspense,
  useEffect,
  useLayoutEffect,
  useRef,
} from 'react'
import { soon } from '../../soon.ts'
import { useSync } from '../../sync.ts'
import { useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { useMedia } from '../../ui/media.ts'
import { useDraft } from '../../use-draft.ts'
import { AttachButton } from './files/attach-button.tsx'
import { DropZone } from './files/drop-zone.tsx'
import { filesIn } from './files/files-in.ts'
import { useAttachments } from './files/use-attachments.ts'
import { TextLeft } from './text-left.tsx'
import { useTypingSignal } from './use-typing.ts'

const AttachmentCards = soon(async () => (await import('./files/attachment-cards.tsx')).AttachmentCards)

type ComposerProps = {
  conversationId: string
  field: RefObject<HTMLTextAreaElement | null>
  /** What stands at the start of the line below the text. */
  tools: ReactNode
  autoFocus: boolean
}

/** Where an answer is written. What stands here outlives a reload; sending never waits for anything. */
export function Composer({ conversationId, field, tools, autoFocus }: ComposerProps) {
  const t = useText()
  const { outbox } = useSync()
  const [text, setText] = useDraft(conversationId, 'message')
  const signal = useTypingSignal(conversationId)
  const thumb = useMedia('(pointer: coarse)')
  const first = useRef(true)
  const kept = cleanText(text)
  const attachments = useAttachments(conversationId)
  const sendable = isSendable(kept) || (kept === '' && attachments.some)

  useLayoutEffect(() => {
    const element = field.current
    if (!element) return
    element.style.height = 'auto'
    if (text !== '') element.style.height = `${element.scrollHeight}px`
  }, [field, text])
  useEffect(() => {
    // On a phone the keyboard would cover what one came to read.
    if (first.current && autoFocus && !thumb) field.current?.focus({ preventScroll: true })
    first.current = false
  }, [field, thumb, autoFocus])

  function change(next: string) {
    setText(next)
    signal(isVisible(next))
  }
  function send() {
    if (!sendable) return
    outbox.add({ conversationId, text: kept, files: attachments.take() })
    change('')
    field.current?.focus()
  }
  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault()
      send()
    } else if (event.key === 'Escape') event.currentTarget.blur()
  }
  return (
    <div
      className="shrink-0 px-4 pb-4 wide:px-6"
      onPaste={(event) => {
        const files = filesIn(event.clipboardData)
        if (files.length === 0) return
        event.preventDefault()
        attachments.add(files)
      }}
    >
      <DropZone inside={field} add={attachments.add} />
      <div className="mx-auto flex max-w-[72ch] flex-col group/composer rounded-2xl border border-line bg-sunk transition-colors focus-within:border-accent focus-within:bg-raised focus-within:outline-2 focus-within:outline-offset-0 focus-within:outline-accent/25">
        {attachments.items.length > 0 ? (
          <Suspense>
            <AttachmentCards items={attachments.items} refocus={() => field.current?.focus()} />
          </Suspense>
        ) : null}
        <textarea
          ref={field}
          aria-label={t('composer.label')}
          placeholder={t('composer.placeholder')}
          value={text}
          rows={1}
          dir="auto"
          enterKeyHint="send"
          onChange={(event) => change(event.target.value)}
          onKeyDown={onKeyDown}
          onBlur={() => signal(false)}
          className="max-h-[33dvh] min-h-11 w-full resize-none bg-transparent px-4 pt-3 pb-1.5 text-body focus-visible:outline-none"
        />
        <div className="flex min-h-10 items-center justify-end gap-3 px-2 pb-2">
          {tools}
          <AttachButton add={attachments.add} />
          <span className="me-auto hidden truncate text-small text-faint opacity-0 transition-opacity group-focus-within/composer:opacity-100 wide:inline">
            {t('composer.hint')}
          </span>
          <TextLeft text={kept} />
          <Button look="primary" isDisabled={!sendable} onPress={send}>
            {t('composer.send')}
            <SendHorizontal size={14} className="rtl:-scale-x-100" aria-hidden="true" />
          </Button>
        </div>
      </div>
    </div>
  )
}
