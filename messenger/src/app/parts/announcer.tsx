import { createReactionNews } from '@foyer/client/reactions.ts'
import type { PublicEntry } from '@foyer/contract/entries.ts'
import { sayVoice } from '@foyer/contract/voice.ts'
import { useEffect, useRef, useState } from 'preact/hooks'
import { useScene } from '../scene.ts'

/** More than this at once is told as a number. */
const most = 5
const goneMs = 10_000

/**
 * Reads out what others have written, once each; never what was there before, and a long absence in one sentence. The
 * log beside it is silent, because in it older pages, ticks and day lines come and go too.
 */
export function Announcer({ id, entries }: { id: string; entries: readonly PublicEntry[] | null }) {
  const { t, name } = useScene()
  const told = useRef<{ id: string; upTo: number } | null>(null)
  const reactions = useRef({ id: '', news: createReactionNews() })
  const [lines, setLines] = useState<{ key: string; text: string }[]>([])

  useEffect(() => {
    if (!entries) return
    const upTo = entries.at(-1)?.seq ?? 0
    const before = told.current
    told.current = { id, upTo: Math.max(upTo, before?.id === id ? before.upTo : 0) }
    if (reactions.current.id !== id) reactions.current = { id, news: createReactionNews() }
    const reacted = reactions.current.news(entries.map(reactionsIn))
    if (before?.id !== id) return
    const news = entries.filter(
      (entry) => entry.seq > before.upTo && entry.kind === 'message' && entry.author.kind !== 'contact',
    )
    const added =
      news.length > most
        ? [{ key: `${upTo}`, text: t('log.new', { count: news.length }) }]
        : news.map((entry) => ({
            key: entry.id,
            text: t('log.announce', {
              name: entry.author.name ?? name,
              text: sayVoice(entry.text, (clock) => t('voice.message', { clock })),
            }),
          }))
    added.push(...reacted.map(({ key, ...said }) => ({ key, text: t('message.reacted', said) })))
    if (added.length === 0) return
    setLines((now) => [...now, ...added])
    // Said lines are taken away, so that nobody walks into them twice.
    setTimeout(() => setLines((now) => now.filter((line) => !added.includes(line))), goneMs)
  }, [id, entries, name, t])

  return (
    <div class="unseen" aria-live="polite" aria-relevant="additions">
      {lines.map((line) => (
        <p key={line.key}>{line.text}</p>
      ))}
    </div>
  )
}

/** Of others. */
function reactionsIn({ id, changedSeq, marks }: PublicEntry) {
  const by = (marks?.reactions ?? []).flatMap(({ emoji, names }) => names.map((name) => ({ emoji, name })))
  return { id, changedSeq, by }
}
