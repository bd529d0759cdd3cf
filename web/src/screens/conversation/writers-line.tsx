import type { Head } from '@foyer/contract/conversations.ts'
import { useOperatorName } from '../../session.ts'
import { useText } from '../../text.tsx'
import { shortContactName } from '../conversations/words.ts'
import { useWriters } from './use-typing.ts'

/** "Anna is writing", with room kept for it so that nothing jumps. */
export function WritersLine({ head }: { head: Head }) {
  const t = useText()
  const nameOf = useOperatorName()
  const writers = useWriters(head.id)
  const first = writers[0]
  const name = !first
    ? ''
    : first.kind === 'contact'
      ? (first.name ?? shortContactName(head, t))
      : (first.name ?? nameOf(first.id))
  return (
    <div role="status" className="flex h-7 shrink-0 items-end gap-2 text-small text-faint">
      {first ? (
        <>
          <span className="flex gap-0.5 pb-1.5" aria-hidden="true">
            <span className="typing-dot size-1.25 rounded-full bg-faint" />
            <span className="typing-dot size-1.25 rounded-full bg-faint [animation-delay:0.2s]" />
            <span className="typing-dot size-1.25 rounded-full bg-faint [animation-delay:0.4s]" />
          </span>
          {first.kind === 'contact' ? t('log.typing', { name }) : t('log.answering', { name })}
        </>
      ) : null}
    </div>
  )
}
