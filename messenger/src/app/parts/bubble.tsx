import { isFewEmoji } from '@foyer/client/few-emoji.ts'
import { useState } from 'preact/hooks'
import type { MessageLine } from '../lines.ts'
import { createLoaded } from '../loaded.ts'
import type { MessageKey } from '../messages.ts'
import { useScene } from '../scene.ts'
import { Face } from './face.tsx'
import { Icon } from './icons.tsx'
import { Said } from './said.tsx'

const failures: Record<string, MessageKey> = {
  'request.too_large': 'message.tooLarge',
  'widget.site': 'message.site',
  'contact.blocked': 'message.blocked',
}

/** Somebody is at it by key, or has something of it open. */
const isBusy = ':focus-visible, :has(:focus-visible, dialog[open])'

const useAround = createLoaded(async () => (await import('./around.tsx')).Around)

/**
 * One message. `showName`: whether it needs to be read who wrote it. `showState`: whether it is the one that carries what
 * became of our messages. `isReachable`: Tab leads to it, arrows go on from there.
 */
export function Bubble({
  line,
  showName,
  showState,
  isReachable,
}: {
  line: MessageLine
  showName: boolean
  showState: boolean
  isReachable: boolean
}) {
  const { t, moments, name, conversations, files } = useScene()
  const author = line.author === 'me' ? t('log.you') : (line.name ?? name)
  const isFailed = line.state === 'failed'
  const [isHere, setHere] = useState(false)
  const isSaid = line.marks !== null && !line.isDeleted
  const Around = useAround(
    isSaid && (isHere || line.marks?.reactions !== undefined || line.marks?.erasure !== undefined),
  )
  const hasFiles = line.files.length > 0
  const part = files.part()
  if (hasFiles) void files.uploads.open()
  return (
    // biome-ignore lint/a11y/useSemanticElements: no other element says that these belong together
    <div
      class={`message ${line.author}${line.first ? ' first' : ''}${line.state === 'sending' ? ' sending' : ''}`}
      role="group"
      aria-label={`${author}, ${moments.time(line.at)}`}
      tabIndex={isReachable ? 0 : -1}
      onPointerEnter={() => setHere(true)}
      onPointerLeave={({ currentTarget }) => setHere(currentTarget.matches(isBusy))}
      onFocusIn={() => setHere(true)}
      onFocusOut={({ currentTarget, relatedTarget }) =>
        setHere(currentTarget.contains(relatedTarget as Node) || currentTarget.matches(`:hover, ${isBusy}`))
      }
      onKeyDown={moveOn}
    >
      <span class={showName ? 'author' : 'unseen'}>{author}</span>
      {line.first && line.author !== 'me' && <Face name={author} picture={line.picture} />}
      {(line.text !== '' || line.isDeleted) && (
        <div
          class={`bubble${isFailed ? ' broken' : line.isDeleted ? ' deleted' : isFewEmoji(line.text) ? ' large' : ''}`}
          dir="auto"
        >
          {line.isDeleted ? t('message.deleted') : <Said text={line.text} content={line.content} />}
        </div>
      )}
      {hasFiles && part && <part.MessageFiles line={line} by={author} />}
      {Around && <Around line={line} isHere={isHere} />}
      {isFailed ? (
        <div class="meta bad" role="alert">
          <Icon name="failed" />
          <span>{t(failures[line.error ?? ''] ?? 'message.failed')}</span>
          <button type="button" class="plain" onClick={() => conversations.retry(line.key)}>
            {t('tryAgain')}
          </button>
          <button type="button" class="plain" onClick={() => conversations.discard(line.key)}>
            {t('message.discard')}
          </button>
        </div>
      ) : (
        (line.last || showState) && (
          <div class="meta">
            <time dateTime={new Date(line.at).toISOString()}>{moments.time(line.at)}</time>
            {line.state && <State state={line.state} showWord={showState} />}
          </div>
        )
      )}
    </div>
  )
}

/** By arrows from message to message; by Escape from what can be done with one back to it. */
function moveOn(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const { key, target, currentTarget } = event
  if (key === 'Escape' && target !== currentTarget) {
    event.stopPropagation()
    return currentTarget.focus()
  }
  const step = key === 'ArrowUp' ? -1 : key === 'ArrowDown' ? 1 : 0
  if (step === 0 || target !== currentTarget) return
  const all = [...(currentTarget.parentElement?.querySelectorAll<HTMLElement>('.message[tabindex]') ?? [])]
  const next = all[all.indexOf(currentTarget) + step]
  if (!next) return
  event.preventDefault()
  next.focus()
}

function State({ state, showWord }: { state: NonNullable<MessageLine['state']>; showWord: boolean }) {
  const { t } = useScene()
  const icon = state === 'sending' || state === 'waiting' ? 'clock' : state
  return (
    <span class={`state ${state}`}>
      <span key={state} class={showWord ? '' : 'unseen'}>
        {t(`message.${state}`)}
      </span>
      <Icon name={icon} />
    </span>
  )
}
