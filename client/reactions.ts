/** The reactions that are offered first. */
export const quickReactions = ['👍', '❤️', '😂', '😮', '😢', '🙏'] as const

type Reacted = { id: string; changedSeq: number; by: readonly { emoji: string; name: string }[] }

/** Answers, each time it is given the log, the reactions of others that have come since; of the first log, none. */
export function createReactionNews(): (
  log: readonly Reacted[],
) => { key: string; emoji: string; name: string }[] {
  let upTo: number | null = null
  const known = new Set<string>()
  return (log) => {
    const isFirst = upTo === null
    const before = upTo ?? 0
    const fresh: { key: string; emoji: string; name: string }[] = []
    for (const { id, changedSeq, by } of log) {
      upTo = Math.max(upTo ?? 0, changedSeq)
      for (const { emoji, name } of by) {
        const key = `${id} ${emoji} ${name}`
        // What comes with an older page is no news.
        if (!known.has(key) && !isFirst && changedSeq > before)
          fresh.push({ key: `${key} ${changedSeq}`, emoji, name })
        known.add(key)
      }
    }
    return fresh
  }
}
