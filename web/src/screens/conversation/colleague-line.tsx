import type { Head } from '@foyer/contract/conversations.ts'
import { PenLine } from 'lucide-react'
import { useOperatorName } from '../../session.ts'
import { useText } from '../../text.tsx'
import { useBeginnings } from './use-beginnings.ts'
import { useWriters } from './use-typing.ts'

/**
 * That a colleague is writing an answer, and how it begins: just above where one would write oneself, however far the log is
 * scrolled. It lies over the room that the log keeps for who writes, so that nothing moves.
 */
export function ColleagueLine({ head }: { head: Head }) {
  const t = useText()
  const nameOf = useOperatorName()
  const writers = useWriters(head.id).filter(({ kind }) => kind === 'operator')
  const beginnings = useBeginnings(head.id, writers)
  const [first] = writers
  const begins = first && beginnings.get(first.id)
  return (
    <div className="pointer-events-none relative z-10 h-0 shrink-0 px-4 wide:px-6">
      <div className="absolute inset-x-4 bottom-0 mx-auto flex max-w-[72ch] wide:inset-x-6">
        <p
          role="status"
          className="min-w-0 truncate rounded-md bg-surface/95 px-1 pb-1 text-small text-amber"
        >
          {first ? (
            <>
              <PenLine size={13} className="me-1.5 mb-0.5 inline" aria-hidden="true" />
              {t('log.answering', { name: first.name ?? nameOf(first.id) })}
            </>
          ) : null}
          {begins ? (
            // What is written changes with every word: nobody wants that spoken.
            <bdi aria-hidden="true" className="ms-1 text-soft">
              {t('log.begins', { text: begins })}
            </bdi>
          ) : null}
        </p>
      </div>
    </div>
  )
}
