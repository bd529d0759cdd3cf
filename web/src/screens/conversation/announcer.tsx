import type { Head } from '@foyer/contract/conversations.ts'
import type { Entry } from '@foyer/contract/entries.ts'
import { cutText } from '@foyer/contract/graphemes.ts'
import { useEffect, useRef, useState } from 'react'
import { useText } from '../../text.tsx'
import { shortContactName } from '../conversations/words.ts'
import { usePlainText } from './kinds/use-plain-text.ts'

type Announcement = { id: string; text: string }

/**
 * Speaks what the contact writes, once each. What was there on opening, older pages and one's own messages are no news;
 * several messages that come at once, as after a cut, are one sentence.
 */
export function Announcer({ entries, head }: { entries: readonly Entry[]; head: Head }) {
  const t = useText()
  const textOf = usePlainText()
  const [said, setSaid] = useState<readonly Announcement[]>([])
  const upTo = useRef(entries.at(-1)?.seq ?? 0)
  useEffect(() => {
    const fresh = entries.filter((entry) => entry.seq > upTo.current)
    upTo.current = Math.max(upTo.current, entries.at(-1)?.seq ?? 0)
    const theirs = fresh.filter((entry) => entry.kind === 'message' && entry.actor.kind === 'contact')
    const [one] = theirs
    if (!one) return
    const name = shortContactName(head, t)
    const text =
      theirs.length === 1
        ? t('log.announce', { name, text: cutText(textOf(one), 300) })
        : t('log.announceMany', { name, count: theirs.length })
    setSaid((before) => [...before.slice(-4), { id: one.id, text }])
  }, [entries, head, t, textOf])
  return (
    <div
      role="status"
      aria-live="polite"
      aria-atomic="false"
      aria-relevant="additions"
      aria-label={t('log.news')}
      className="sr-only"
    >
      {said.map(({ id, text }) => (
        <p key={id}>{text}</p>
      ))}
    </div>
  )
}
