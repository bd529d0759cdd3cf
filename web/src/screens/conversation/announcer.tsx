import { createReactionNews } from '@foyer/client/reactions.ts'
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
  const [reactions] = useState(createReactionNews)
  const upTo = useRef(entries.at(-1)?.seq ?? 0)
  useEffect(() => {
    const fresh = entries.filter((entry) => entry.seq > upTo.current)
    upTo.current = Math.max(upTo.current, entries.at(-1)?.seq ?? 0)
    const theirs = fresh.filter((entry) => entry.kind === 'message' && entry.actor.kind === 'contact')
    const [one] = theirs
    const name = shortContactName(head, t)
    const news = reactions(entries.map(reactionsOfContact)).map(({ key, emoji }) => ({
      id: key,
      text: t('message.reacted', { name, emoji }),
    }))
    if (one)
      news.push({
        id: one.id,
        text:
          theirs.length === 1
            ? t('log.announce', { name, text: cutText(textOf(one), 300) })
            : t('log.announceMany', { name, count: theirs.length }),
      })
    if (news.length > 0) setSaid((before) => [...before, ...news].slice(-5))
  }, [entries, head, t, textOf, reactions])
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

function reactionsOfContact({ id, changedSeq, marks }: Entry) {
  const by = (marks?.reactions ?? []).filter((each) => each.by.some(({ kind }) => kind === 'contact'))
  return { id, changedSeq, by: by.map(({ emoji }) => ({ emoji, name: '' })) }
}
