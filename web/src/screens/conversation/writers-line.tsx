import type { Head } from '@foyer/contract/conversations.ts'
import { useText } from '../../text.tsx'
import { shortContactName } from '../conversations/words.ts'
import { useWriters } from './use-typing.ts'

/** That the contact is writing, with room kept for it so that nothing jumps; of colleagues `ColleagueLine` tells. */
export function WritersLine({ head }: { head: Head }) {
  const t = useText()
  const first = useWriters(head.id).find(({ kind }) => kind === 'contact')
  return (
    <div role="status" className="flex h-7 shrink-0 items-end gap-2 text-small text-faint">
      {first ? (
        <>
          <span className="flex gap-0.5 pb-1.5" aria-hidden="true">
            <span className="typing-dot size-1.25 rounded-full bg-faint" />
            <span className="typing-dot size-1.25 rounded-full bg-faint [animation-delay:0.2s]" />
            <span className="typing-dot size-1.25 rounded-full bg-faint [animation-delay:0.4s]" />
          </span>
          {t('log.typing', { name: first.name ?? shortContactName(head, t) })}
        </>
      ) : null}
    </div>
  )
}
