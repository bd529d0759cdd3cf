import { findLinks } from '@foyer/client/links.ts'
import type { MessageLine } from '../lines.ts'
import type { MessageKey } from '../messages.ts'
import { useScene } from '../scene.ts'
import { Face } from './face.tsx'
import { Icon } from './icons.tsx'

const failures: Record<string, MessageKey> = {
  'request.too_large': 'message.tooLarge',
  'widget.site': 'message.site',
  'contact.blocked': 'message.blocked',
}

/**
 * One message. `showName`: whether it needs to be read who wrote it. `showState`: whether it is the one that carries what
 * became of our messages.
 */
export function Bubble({
  line,
  showName,
  showState,
}: {
  line: MessageLine
  showName: boolean
  showState: boolean
}) {
  const { t, moments, name, conversations, files } = useScene()
  const author = line.author === 'me' ? t('log.you') : (line.name ?? name)
  const isFailed = line.state === 'failed'
  const hasFiles = line.files.length > 0
  const part = files.part()
  if (hasFiles) void files.uploads.open()
  return (
    <div
      class={`message ${line.author}${line.first ? ' first' : ''}${line.state === 'sending' ? ' sending' : ''}`}
    >
      <span class={showName ? 'author' : 'unseen'}>{author}</span>
      {line.first && line.author !== 'me' && <Face name={author} picture={line.picture} />}
      {line.text !== '' && (
        <div class={`bubble${isFailed ? ' broken' : ''}`} dir="auto">
          <Linked text={line.text} />
        </div>
      )}
      {hasFiles && part && <part.MessageFiles line={line} by={author} />}
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

/** The text as it was written, with its links; never anything but text. */
function Linked({ text }: { text: string }) {
  return (
    <>
      {findLinks(text).map((piece) =>
        piece.href ? (
          <a href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
            {piece.text}
            {piece.host && !piece.text.toLowerCase().includes(piece.host) && <span> ({piece.host})</span>}
          </a>
        ) : (
          piece.text
        ),
      )}
    </>
  )
}
