import { ApiFailure } from '@foyer/client/api.ts'
import { elapsed } from '@foyer/client/clock.ts'
import type { Draft } from '@foyer/contract/drafts.ts'
import { isSameRichText } from '@foyer/contract/rich-text/clean.ts'
import type { Saying } from '@foyer/contract/rich-text/saying.ts'
import type { RichText } from '@foyer/contract/rich-text/tree.ts'

export type DraftKind = Draft['kind']

/** What stands here, and of which version of the server's it was made; `dirty`: the server does not have it yet. */
type Kept = Saying & { version: number; dirty: boolean }

const nothing: Kept = { text: '', version: 0, dirty: false }

export type Drafts = ReturnType<typeof createDrafts>

/** Told to the server when nobody has typed for this long, and again after trouble. */
const restMs = 1_000
const againMs = 10_000
/** What others changed is read at most this often. */
const pullMs = 2_000

/**
 * What was written and not sent, for as long as one person is logged in. Every keystroke is kept on this browser first, where
 * its other tabs follow it, and soon after on the server, where the person's other devices find it. Whoever writes over what
 * they have not seen gets both: no text is dropped but by the hand that wrote it.
 */
export function createDrafts(options: {
  meId: string
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'> | null
  list: () => Promise<readonly Draft[]>
  save: (
    draft: Pick<Draft, 'conversationId' | 'kind'> & Saying & { from: number },
  ) => Promise<{ draft: Draft | null; taken: boolean }>
}) {
  const { storage, meId } = options
  const held = new Map<string, Kept>()
  const listeners = new Set<() => void>()
  const timers = new Map<string, ReturnType<typeof setTimeout>>()
  const pushing = new Set<string>()
  /** When each was changed last, so that an answer from before says nothing of it. */
  const changedAt = new Map<string, number>()
  let newest = 0
  let pulling: ReturnType<typeof setTimeout> | undefined
  let stopped = false
  load()

  function load(): void {
    try {
      for (let index = 0; index < (storage?.length ?? 0); index++) take(storage?.key(index) ?? null)
    } catch {
      // Storage is blocked: drafts live in memory and on the server.
    }
  }

  /** Takes what another tab, or this one before its reload, has kept. */
  function take(name: string | null): void {
    const [, kind, id] = new RegExp(`^foyer:(draft|note):${meId}:(.+)$`).exec(name ?? '') ?? []
    if (!name || !kind || !id) return
    const key = keyOf(id, kind === 'note' ? 'note' : 'message')
    const kept = parse(storage?.getItem(name) ?? null)
    changedAt.set(key, elapsed())
    if (!kept) held.delete(key)
    else held.set(key, kept)
    newest = Math.max(newest, kept?.version ?? 0)
  }

  function put(key: string, kept: Kept): void {
    const isOver = kept.text === '' && (!kept.dirty || (kept.version === 0 && !pushing.has(key)))
    if (isOver) held.delete(key)
    else held.set(key, kept)
    changedAt.set(key, elapsed())
    newest = Math.max(newest, kept.version)
    try {
      if (isOver) storage?.removeItem(nameOf(key))
      else storage?.setItem(nameOf(key), JSON.stringify(kept))
    } catch {
      // Full or blocked.
    }
    for (const listener of [...listeners]) listener()
  }

  function nameOf(key: string): string {
    const { conversationId, kind } = partsOf(key)
    return `foyer:${kind === 'note' ? 'note' : 'draft'}:${meId}:${conversationId}`
  }

  function pushSoon(key: string, wait: number): void {
    clearTimeout(timers.get(key))
    if (!stopped)
      timers.set(
        key,
        setTimeout(() => void push(key), wait),
      )
  }

  async function push(key: string): Promise<void> {
    const kept = held.get(key)
    if (!kept?.dirty || pushing.has(key) || stopped) return
    clearTimeout(timers.get(key))
    pushing.add(key)
    let again: number | null = 0
    try {
      // NUL and halves of signs cannot be stored.
      const text = kept.text.replaceAll('\u0000', '').toWellFormed()
      const said = kept.content ? { text, content: kept.content } : { text }
      const { draft, taken } = await options.save({ ...partsOf(key), ...said, from: kept.version })
      pushing.delete(key)
      const now = held.get(key) ?? nothing
      const dirty = now.text !== kept.text || now.content !== kept.content
      if (taken) put(key, { ...now, version: draft?.version ?? 0, dirty })
      else if (draft) put(key, merged(now, draft))
    } catch (failure) {
      pushing.delete(key)
      // What the server will not have stays here; the next keystroke tries again.
      again = failure instanceof ApiFailure && failure.retryable ? againMs : null
    }
    if (again !== null && held.get(key)?.dirty) pushSoon(key, again)
  }

  async function pull(): Promise<void> {
    const askedAt = elapsed()
    let items: readonly Draft[]
    try {
      items = await options.list()
    } catch {
      // The next connection asks again.
      return
    }
    if (stopped) return
    const theirs = new Map(items.map((item) => [keyOf(item.conversationId, item.kind), item]))
    for (const key of new Set([...theirs.keys(), ...held.keys()])) {
      const ours = held.get(key)
      const item = theirs.get(key)
      // What has unsaved changes is settled when they are saved.
      if (ours?.dirty || pushing.has(key) || (changedAt.get(key) ?? 0) > askedAt) continue
      if (item && item.version !== ours?.version)
        put(key, { ...sayingIn(item), version: item.version, dirty: false })
      else if (!item && ours) put(key, nothing)
    }
  }

  return {
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    /** The same object for as long as nothing changes. */
    saying: (conversationId: string, kind: DraftKind): Saying =>
      held.get(keyOf(conversationId, kind)) ?? nothing,
    write(conversationId: string, kind: DraftKind, { text, content }: Saying): void {
      const key = keyOf(conversationId, kind)
      const said = content ? { text, content } : { text }
      put(key, { ...said, version: held.get(key)?.version ?? 0, dirty: true })
      // What was sent or cleared is gone everywhere at once.
      if (text === '') void push(key)
      else pushSoon(key, restMs)
    },
    /** Something was sent, with which the server lets go what it takes for its draft; what stands here is a new one. */
    renew(conversationId: string, kind: DraftKind): void {
      const key = keyOf(conversationId, kind)
      const kept = held.get(key)
      if (!kept || kept.text === '') return
      put(key, { ...kept, dirty: true })
      pushSoon(key, restMs)
    },
    /** Another tab has kept something under this name. */
    kept(name: string | null): void {
      take(name)
      for (const listener of [...listeners]) listener()
    },
    /** The server has a version of which this browser may know already. */
    changed(version: number): void {
      if (version <= newest) return
      clearTimeout(pulling)
      pulling = setTimeout(() => version > newest && void pull(), pullMs * (0.25 + Math.random() / 2))
    },
    /** A connection stands: what was missed is read, what is unsaved saved. */
    wake(): void {
      void pull()
      for (const [key, { dirty }] of held) if (dirty) void push(key)
    },
    stop(): void {
      stopped = true
      clearTimeout(pulling)
      for (const timer of timers.values()) clearTimeout(timer)
    },
  }
}

function keyOf(conversationId: string, kind: DraftKind): string {
  return `${kind}:${conversationId}`
}

function partsOf(key: string): { conversationId: string; kind: DraftKind } {
  const at = key.indexOf(':')
  return { conversationId: key.slice(at + 1), kind: key.startsWith('note:') ? 'note' : 'message' }
}

/** What was kept, also by builds that kept the text alone. */
function parse(json: string | null): Kept | null {
  if (json === null) return null
  try {
    const kept = JSON.parse(json) as unknown
    if (typeof kept === 'string') return { text: kept, version: 0, dirty: true }
    const { text, content, version, dirty } = kept as Partial<Kept>
    if (typeof text !== 'string' || typeof version !== 'number') return null
    const said = Array.isArray(content) ? { text, content } : { text }
    return { ...said, version, dirty: dirty !== false }
  } catch {
    return null
  }
}

function sayingIn({ text, content }: Pick<Draft, 'text' | 'content'>): Saying {
  return content ? { text, content } : { text }
}

/** Two texts begun on two devices: where one goes on from the other it holds both, else they stand below each other. */
export function merged(ours: Saying, draft: Pick<Draft, 'text' | 'content' | 'version'>): Kept {
  const { version } = draft
  const theirs = sayingIn(draft)
  if (ours.text === theirs.text) {
    const dirty = !isSameRichText(ours.content, theirs.content)
    return { ...(ours.text === '' ? theirs : said(ours)), version, dirty }
  }
  if (ours.text !== '' && ours.text.startsWith(theirs.text)) return { ...said(ours), version, dirty: true }
  if (theirs.text.startsWith(ours.text)) return { ...theirs, version, dirty: false }
  const text = `${theirs.text}\n${ours.text}`
  const both = ours.content || theirs.content ? { content: [...treeOf(theirs), ...treeOf(ours)] } : {}
  return { text, ...both, version, dirty: true }
}

function said({ text, content }: Saying): Saying {
  return content ? { text, content } : { text }
}

function treeOf({ text, content }: Saying): RichText {
  return content ?? [{ type: 'paragraph', runs: [{ text }] }]
}
