import { backoff } from './backoff.ts'
import { serverNow } from './clock.ts'

/** `shown`: to be seen or played here · `saved`: to be saved · `thumbnail`: a small picture. */
export type LinkVariant = 'shown' | 'saved' | 'thumbnail'

/** Where a file can be read right now; `gone`: nowhere, for whoever looks. */
export type FileLink = { state: 'asking' } | { state: 'ready'; url: string } | { state: 'gone' }

export type FileLinks = {
  /** What is known; asks when nothing is, or when what is known holds no longer. The same value until it changes. */
  get(id: string, variant: LinkVariant): FileLink
  /** An address that holds from now on for minutes; null when there is none. */
  fresh(id: string, variant: LinkVariant): Promise<string | null>
  /** What stood at the address could not be read: it is asked for once more, then the file is gone. */
  failed(id: string, variant: LinkVariant): void
  /** A connection stands again, or somebody else looks: what was gone may be there. */
  renew(): void
  subscribe(listener: () => void): () => void
}

type Asked = { items: readonly { id: string; url: string }[]; until: string }

/** Whoever draws a page of messages asks for all their files at once. */
const gatherMs = 15
const mostAtOnce = 100
/** An address is not handed out so shortly before its end. */
const marginMs = 60_000

const asking: FileLink = { state: 'asking' }
const gone: FileLink = { state: 'gone' }

/**
 * Holds the addresses of files, which are bound to who looks and hold for some minutes. They are asked for in batches, by what
 * is on the screen.
 */
export function createFileLinks(options: {
  ask: (ids: readonly string[], variant: LinkVariant) => Promise<Asked>
}): FileLinks {
  const links = new Map<string, { link: FileLink; until: number; failures: number }>()
  /** Small pictures need no smaller ones: they are their own thumbnails. */
  const own = new Set<string>()
  const wanted = new Map<LinkVariant, Set<string>>()
  const listeners = new Set<() => void>()
  let isGathering = false
  let attempt = 0

  function changed(): void {
    for (const listener of [...listeners]) listener()
  }

  function want(id: string, variant: LinkVariant): void {
    const ids = wanted.get(variant) ?? new Set()
    wanted.set(variant, ids.add(id))
    if (isGathering) return
    isGathering = true
    setTimeout(() => void ask(), gatherMs)
  }

  async function ask(): Promise<void> {
    const batches = [...wanted].flatMap(([variant, ids]) => slices([...ids]).map((few) => ({ variant, few })))
    wanted.clear()
    isGathering = false
    const answers = await Promise.allSettled(
      batches.map(async ({ variant, few }) => take(few, variant, await options.ask(few, variant))),
    )
    const missed = batches.filter((_, index) => answers[index]?.status === 'rejected')
    changed()
    if (missed.length === 0) {
      attempt = 0
      return
    }
    // No line, or too many at once: what is still wanted is asked for again.
    await new Promise((done) => setTimeout(done, backoff(attempt++)))
    for (const { variant, few } of missed) for (const id of few) want(id, variant)
  }

  function take(ids: readonly string[], variant: LinkVariant, { items, until }: Asked): void {
    const urls = new Map(items.map(({ id, url }) => [id, url]))
    for (const id of ids) {
      const url = urls.get(id)
      if (!url && variant === 'thumbnail') {
        own.add(id)
        get(id, 'shown')
        continue
      }
      const failures = links.get(keyOf(id, variant))?.failures ?? 0
      const link: FileLink = url ? { state: 'ready', url } : gone
      links.set(keyOf(id, variant), { link, until: Date.parse(until), failures })
    }
  }

  function get(id: string, asked: LinkVariant): FileLink {
    const variant = variantOf(id, asked)
    const key = keyOf(id, variant)
    const known = links.get(key)
    if (!known) {
      links.set(key, { link: asking, until: Number.POSITIVE_INFINITY, failures: 0 })
      want(id, variant)
    }
    return known?.link ?? asking
  }

  function variantOf(id: string, asked: LinkVariant): LinkVariant {
    return asked === 'thumbnail' && own.has(id) ? 'shown' : asked
  }

  return {
    get,
    async fresh(id, variant) {
      const known = links.get(keyOf(id, variant))
      if (known?.link.state === 'ready' && known.until - marginMs > serverNow()) return known.link.url
      const answer = await options.ask([id], variant)
      take([id], variant, answer)
      changed()
      return answer.items[0]?.url ?? null
    },
    failed(id, asked) {
      const variant = variantOf(id, asked)
      const key = keyOf(id, variant)
      const known = links.get(key)
      if (known?.link.state !== 'ready') return
      const isLate = known.until < serverNow()
      const failures = isLate ? 0 : known.failures + 1
      links.set(key, { link: failures > 1 ? gone : asking, until: known.until, failures })
      if (failures <= 1) want(id, variant)
      changed()
    },
    renew() {
      for (const [key, { link }] of links) if (link.state === 'gone') links.delete(key)
      changed()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function keyOf(id: string, variant: LinkVariant): string {
  return `${variant}:${id}`
}

function slices(ids: readonly string[]): string[][] {
  const few: string[][] = []
  for (let at = 0; at < ids.length; at += mostAtOnce) few.push(ids.slice(at, at + mostAtOnce))
  return few
}
