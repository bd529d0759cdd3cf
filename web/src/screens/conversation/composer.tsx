import { loadPatiently } from '@foyer/client/load.ts'
import type { Recorded } from '@foyer/client/recorder.ts'
import { abilityOf } from '@foyer/contract/channels.ts'
import type { Head } from '@foyer/contract/conversations.ts'
import { dropUnfilled, type PlaceholderField, unfilledIn } from '@foyer/contract/placeholders.ts'
import { isSayable, keptOf, type Saying } from '@foyer/contract/rich-text/saying.ts'
import { isVisible } from '@foyer/contract/written.ts'
import { SendHorizontal } from 'lucide-react'
import {
  lazy,
  type ReactNode,
  type RefObject,
  Suspense,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react'
import { EmojiButton } from '../../emoji-button.tsx'
import { useMe } from '../../session.ts'
import { soon } from '../../soon.ts'
import { useSync } from '../../sync.ts'
import { useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { useMedia } from '../../ui/media.ts'
import { WholeOrNothing } from '../../ui/whole-or-nothing.tsx'
import { useDraft } from '../../use-draft.ts'
import { AttachButton } from './files/attach-button.tsx'
import { DropZone } from './files/drop-zone.tsx'
import { filesIn } from './files/files-in.ts'
import { useAttachments } from './files/use-attachments.ts'
import { MacroButton } from './macros/macro-button.tsx'
import { OfferedMacros } from './macros/offered-macros.tsx'
import { UnfilledLine } from './macros/unfilled.tsx'
import { useMacros } from './macros/use-macros.ts'
import { RarerTools } from './rarer-tools.tsx'
import { ShortNameList } from './short-name-list.tsx'
import { TextLeft } from './text-left.tsx'
import { offerOf } from './use-offers.ts'
import { useShortNames } from './use-short-names.ts'
import { useTypingSignal } from './use-typing.ts'
import { RecordButton } from './voice/record-button.tsx'
import { useRecorder } from './voice/use-recorder.ts'
import { whereThereIsRoom } from './where-there-is-room.ts'
import { FormattingButton } from './writing/formatting-button.tsx'
import type { WritingHandle } from './writing/handle.ts'
import { WritingField } from './writing/writing-field.tsx'

const VoiceBar = lazy(async () => ({
  default: (await loadPatiently(() => import('./voice/voice-bar.tsx'))).VoiceBar,
}))
const UnfilledDialog = soon(async () => (await import('./macros/unfilled-dialog.tsx')).UnfilledDialog)
const AttachmentCards = soon(async () => (await import('./files/attachment-cards.tsx')).AttachmentCards)

type ComposerProps = {
  head: Head
  field: RefObject<WritingHandle | null>
  /** What stands at the start of the line below the text. */
  tools: ReactNode
  autoFocus: boolean
}

/** Where an answer is written. What stands here outlives a reload; sending never waits for anything. */
export function Composer({ head, field, tools, autoFocus }: ComposerProps) {
  const t = useText()
  const { id: conversationId, channel } = head
  const { outbox, files } = useSync()
  const { undoSeconds } = useMe()
  const [saying, setSaying] = useDraft(conversationId, 'message')
  const signal = useTypingSignal(conversationId)
  const thumb = useMedia('(pointer: coarse)')
  const first = useRef(true)
  const frame = useRef<HTMLDivElement>(null)
  const shortNames = useShortNames(field, saying.text)
  const attachments = useAttachments(conversationId)
  /** What the field says by now, for what is done before this is drawn again. */
  const newest = useRef(saying)
  newest.current = saying
  const macros = useMacros(field, { head, text: saying.text, send: () => send() })
  const [asksAbout, setAsksAbout] = useState<readonly PlaceholderField[]>([])
  const { recorder, recording, begin } = useRecorder(conversationId)
  const isSpeaking = recording.step !== 'none'
  const kept = keptOf(saying)
  const isSendable = (said: Saying) => isSayable(said) || (said.text === '' && attachments.some)
  const sendable = isSendable(kept)
  const unfilled = unfilledIn(kept).filter((each) => !macros.isLiteral(each))

  useEffect(() => {
    // On a phone the keyboard would cover what one came to read.
    if (first.current && autoFocus && !thumb) field.current?.focus()
    first.current = false
  }, [field, thumb, autoFocus])

  const change = useCallback(
    (next: Saying) => {
      newest.current = next
      setSaying(next)
      signal(isVisible(next.text))
    },
    [setSaying, signal],
  )
  function send({ isAsked = true } = {}) {
    const said = keptOf(newest.current)
    const open = unfilledIn(said).filter((each) => !macros.isLiteral(each))
    const sent = open.length > 0 ? keptOf(dropUnfilled(said, open)) : said
    if (!isSendable(said)) return
    if (open.length > 0 && isAsked) return setAsksAbout(open)
    setAsksAbout([])
    const macroIds = macros.takeUsed()
    if (isSendable(sent))
      outbox.add({
        conversationId,
        ...sent,
        files: attachments.take(),
        ...(macroIds.length > 0 ? { macroIds } : {}),
        holdMs: undoSeconds * 1000,
      })
    change({ text: '' })
    field.current?.focus()
  }
  async function sendVoice({ file, ms, peaks }: Recorded) {
    const uploads = await files.uploads.open()
    const added = uploads.add(conversationId, [file], { ms, peaks: [...peaks] })
    const shown = uploads.take(added.map(({ id }) => id))
    outbox.add({ conversationId, text: '', files: shown, holdMs: undoSeconds * 1000 })
  }
  function onKey(event: KeyboardEvent): boolean {
    if (shortNames.takes(event) || macros.takes(event)) return true
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey) send()
    else if (event.key === 'Escape' && event.target instanceof HTMLElement) event.target.blur()
    else return false
    return true
  }
  return (
    <div
      ref={frame}
      data-composer
      className="shrink-0 px-4 pb-4 wide:px-6"
      onPasteCapture={(event) => {
        const files = filesIn(event.clipboardData)
        if (files.length === 0) return
        event.preventDefault()
        event.stopPropagation()
        attachments.add(files)
      }}
    >
      <DropZone inside={frame} add={attachments.add} />
      <div className="@container/writing relative mx-auto flex max-w-[72ch] flex-col group/composer rounded-2xl border border-line bg-sunk transition-colors focus-within:border-accent focus-within:bg-raised focus-within:outline-2 focus-within:outline-offset-0 focus-within:outline-accent/25">
        {recorder && isSpeaking ? (
          <Suspense>
            <VoiceBar
              recorder={recorder}
              recording={recording}
              send={sendVoice}
              closed={() => field.current?.focus()}
            />
          </Suspense>
        ) : null}
        {/* What is written stays while one speaks. */}
        <div className={isSpeaking ? 'hidden' : 'contents'}>
          {attachments.items.length > 0 ? (
            <Suspense>
              <AttachmentCards items={attachments.items} refocus={() => field.current?.focus()} />
            </Suspense>
          ) : null}
          <ShortNameList shortNames={shortNames} />
          <OfferedMacros macros={macros} />
          <WritingField
            handle={field}
            label={t('composer.label')}
            offer={offerOf(shortNames, macros.offers)}
            placeholder={t('composer.placeholder')}
            saying={saying}
            rows={1}
            onChange={change}
            onKey={onKey}
            onMoved={() => {
              shortNames.moved()
              macros.moved()
            }}
            onBlur={() => {
              signal(false)
              shortNames.close()
              macros.close()
            }}
            className="max-h-[33dvh] min-h-11 w-full overflow-y-auto px-4 pt-3 pb-1.5 text-body"
          />
          {unfilled.length > 0 ? <UnfilledLine fields={unfilled} /> : null}
          <div className="flex min-h-10 flex-wrap items-center justify-end px-2 pb-2 @min-[20rem]/writing:gap-1 @min-[28rem]/writing:gap-3 @min-[36rem]/writing:flex-nowrap wide:pointer-fine:@min-[28rem]/writing:flex-nowrap">
            {tools}
            <AttachButton add={attachments.add} />
            {abilityOf(channel).voice ? <RecordButton begin={begin} /> : null}
            <RarerTools>
              <MacroButton open={macros.open} />
              <FormattingButton />
              <EmojiButton
                onPick={(emoji) => field.current?.insert(emoji)}
                onClosed={() => field.current?.focus()}
              />
            </RarerTools>
            <WholeOrNothing className="hidden text-small text-faint opacity-0 transition-opacity group-focus-within/composer:opacity-100 wide:flex">
              {t('composer.hint')}
            </WholeOrNothing>
            <TextLeft saying={kept} />
            <Button look="primary" isDisabled={!sendable} onPress={() => send()}>
              <span className={whereThereIsRoom}>{t('composer.send')}</span>
              <SendHorizontal size={14} className="rtl:-scale-x-100" aria-hidden="true" />
            </Button>
          </div>
        </div>
      </div>
      {asksAbout.length > 0 ? (
        <Suspense>
          <UnfilledDialog
            fields={asksAbout}
            close={() => setAsksAbout([])}
            send={() => send({ isAsked: false })}
          />
        </Suspense>
      ) : null}
    </div>
  )
}
