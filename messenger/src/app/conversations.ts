import { ApiFailure } from '@foyer/client/api.ts'
import { elapsed, serverNow } from '@foyer/client/clock.ts'
import { createLive, type Live } from '@foyer/client/live.ts'
import type { OutboxItem } from '@foyer/client/outbox.ts'
import type { PublicEntry } from '@foyer/contract/entries.ts'
import type { listMyConversations, PublicHead } from '@foyer/contract/messenger.ts'
import type { ServerFrame } from '@foyer/contract/protocol.ts'
import type { AnswerOf } from '@foyer/contract/route.ts'
import type { Locale } from '@foyer/contract/scalars.ts'
import type { Held } from '@foyer/contract/state.ts'
import { type Availability, availabilityOf } from './availability.ts'
import { readContactToken } from './contact-token.ts'
import type { Files } from './files-part.ts'
import { createHeads } from './heads.ts'
import { shownAs } from './kinds.ts'
import type { Pending } from './lines.ts'
import { followPage } from './page-life.ts'
import type { Panel } from './panel.ts'
import { createPost } from './post.ts'
import { createReading } from './reading.ts'
import { type Requests, socketAddress } from './requests.ts'
import type { Keeper } from './storage.ts'
import { createTypists } from './typing.ts'

/** A conversation the socket has not brought by then is read over HTTP. */
const impatienceMs = 1_200
/** Lists read within this time of each other say the same. */
const freshMs = 3_000

type Blocked = AnswerOf<typeof listMyConversations>['blocked']

/** A contact's conversations, as far as this browser knows them. */
export type Conversations = ReturnType<typeof createConversations>

/**
 * Holds the contact's conversations together: the list over HTTP, what happens over the socket, what is on its way in the
 * outbox. No socket is opened, and no secret made, before the contact has something to say.
 */
export function createConversations(options: {
  requests: Requests
  keeper: Keeper
  panel: Panel
  widgetKey: string
  locale: () => Locale
  files: Files
}) {
  const { requests, keeper, panel, widgetKey, files } = options
  const listeners = new Set<() => void>()
  const heads = createHeads()
  const typists = createTypists(changed)
  const reading = createReading(requests.mark)
  /** When the last message was that we have said has arrived, by conversation. */
  const arrived = new Map<string, string>()
  let live: Live<PublicEntry, PublicHead> | null = null
  let epoch = ''
  let shown: string | null = null
  let unwatch: (() => void) | null = null
  let loading: 'no' | 'yes' | 'failed' = 'no'
  let loadedAt = Number.NEGATIVE_INFINITY
  /** What is being read may be older than the reason to read it. */
  let askedAgain = false
  const paging = new Set<string>()
  let next: string | null = null
  let badge: string | null | undefined
  let email: string | null | undefined
  let parted: string | null = null
  let blocked: Blocked = null
  /** The last entry by which a block was learned of. */
  let learned = ''
  let available: Availability | null = null

  const post = createPost({
    keeper,
    widgetKey,
    locale: options.locale,
    send,
    files: files.uploads.ofOutbox,
    unreached: () => live?.doubt(),
  })
  post.subscribe(changed)
  files.subscribe(changed)
  panel.subscribe(attend)
  followPage({
    online() {
      post.wake()
      files.uploads.now()?.wake()
      if (loading === 'failed') void load()
    },
    becameContact: () => void load(),
    left: hangUp,
    cameBack: () => void load(),
  })
  void load()

  function changed(): void {
    for (const listener of [...listeners]) listener()
  }

  async function load(): Promise<void> {
    if (!readContactToken(keeper)) {
      badge = null
      return changed()
    }
    if (loading === 'yes') {
      askedAgain = true
      return
    }
    loading = 'yes'
    changed()
    try {
      const page = await list(null)
      loadedAt = elapsed()
      loading = 'no'
      badge = page.badge
      email = page.email
      parted = page.parted
      setBlocked(page.blocked)
      next = page.next
      if (page.items.length > 0) connect()
    } catch (failure) {
      // A secret the server has never seen, or no longer knows: there is nothing to list.
      const isUnknown = failure instanceof ApiFailure && failure.status === 401
      loading = isUnknown ? 'no' : 'failed'
      if (isUnknown) badge = null
    }
    attend()
    if (!askedAgain) return
    askedAgain = false
    void load()
  }

  async function list(cursor: string | null) {
    const page = await requests.list(cursor)
    for (const head of page.items) heads.take(head)
    return page
  }

  function setBlocked(next: Blocked): void {
    blocked = next
    // Kept beside the secret, for when there is another one.
    if (next?.mark) keeper.set('mark', next.mark)
    changed()
  }

  function connect(): void {
    if (live) return
    live = createLive<PublicEntry, PublicHead>({
      url: socketAddress(),
      build: __BUILD__,
      hello: async () => ({ contactToken: readContactToken(keeper) ?? '', widgetKey }),
    })
    live.subscribe(takeLive)
    live.onFrame(takeFrame)
    follow()
  }

  function hangUp(): void {
    live?.stop()
    live = null
    unwatch = null
  }

  function takeLive(): void {
    if (live?.stopReason() === 'unauthorized') {
      // The address was proven elsewhere, and this secret opens nothing any more: what is left is said by the list.
      hangUp()
      heads.clear()
      void load()
    }
    if (live?.status() === 'offline') typists.clear()
    const held = shown && live?.conversation(shown)
    if (held) {
      heads.take(held.head)
      learnOfBlock(held.entries.at(-1))
    }
    attend()
  }

  /** The log says that it has begun or ended; what holds is in the list. */
  function learnOfBlock(last: PublicEntry | undefined): void {
    const blocks = last && shownAs(last).blocks
    if (!last || last.id === learned || blocks === undefined) return
    learned = last.id
    if (!blocks) keeper.set('mark', null)
    if (blocks !== (blocked !== null)) void load()
  }

  function takeFrame(frame: ServerFrame): void {
    if (frame.type === 'welcome') {
      if (epoch && epoch !== frame.epoch) heads.clear()
      if (elapsed() - loadedAt > freshMs || (epoch && epoch !== frame.epoch)) void load()
      epoch = frame.epoch
      post.wake()
      files.uploads.now()?.wake()
    } else if (frame.type === 'head') heads.take(frame.head as PublicHead)
    else if (frame.type === 'available') available = availabilityOf(frame)
    else if (frame.type === 'typing') {
      if (frame.by.kind === 'operator') typists.take(frame.conversationId, frame.by.name, frame.on)
    } else if (frame.type !== 'packet') return
    attend()
  }

  /** Follows the conversation shown, once the server knows it. */
  function follow(): void {
    if (!live || unwatch || !shown || !heads.get(shown)) return
    const id = shown
    unwatch = live.watch(id)
    setTimeout(() => {
      if (shown === id && live && !live.conversation(id)) void read(id)
    }, impatienceMs)
  }

  async function read(id: string): Promise<void> {
    try {
      live?.take(await requests.read(id))
    } catch {
      // The socket, which goes on trying, brings it.
    }
  }

  async function send(item: OutboxItem, signal: AbortSignal): Promise<void> {
    let answer: Awaited<ReturnType<typeof requests.send>>
    try {
      answer = await requests.send(item, keeper.get('mark'), signal)
    } catch (failure) {
      if (failure instanceof ApiFailure && failure.code === 'contact.blocked')
        setBlocked({ until: String(failure.details.until ?? '') || null, mark: null })
      throw failure
    }
    heads.take(answer.packet.head)
    // Other tabs have known the secret before the server did; now there is something to ask it for.
    if (item.start) keeper.set('begun', item.conversationId)
    connect()
    live?.take(answer.packet)
    follow()
    if (!badge) void load()
  }

  /** Says what has arrived and been read, tells the button, and draws anew. */
  function attend(): void {
    for (const head of heads.all()) {
      // Once per message: saying so moves the head's number on, too.
      if (head.unread === 0 || head.deliveredToContact >= head.n || arrived.get(head.id) === head.lastAt)
        continue
      arrived.set(head.id, head.lastAt)
      reading.note(head.id, { delivered: head.n })
    }
    const held = shown ? live?.conversation(shown) : undefined
    const last = held?.entries.findLast((entry) => entry.author.kind !== 'contact')
    if (held && last && panel.seen() && held.head.readByContact < last.seq) {
      reading.note(held.head.id, { delivered: last.seq, read: last.seq })
      heads.read(held.head.id, last.seq)
    }
    changed()
  }

  return {
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    heads: heads.all,
    head: heads.get,
    unread: heads.unread,
    held: (id: string): Held<PublicEntry, PublicHead> | undefined => live?.conversation(id),
    loading: () => loading,
    /** Whether a conversation is certainly not ours, or no longer. */
    isGone: (id: string) =>
      loading === 'no' &&
      badge !== undefined &&
      !heads.get(id) &&
      !post.items().some((item) => item.conversationId === id),
    load,
    hasMore: () => next !== null,
    async more() {
      next = (await list(next)).next
      changed()
    },
    /** The badge token; undefined while it is not known whether there is one. */
    badge: () => badge,
    /** The address the contact has left, null when none; undefined while that is not known. */
    email: () => email,
    async leaveEmail(address: string): Promise<void> {
      await requests.leaveEmail(address)
      email = address
      changed()
    },
    /** Where the conversation goes on that was begun here: by a mail to this address. */
    parted: () => parted,
    sendLink: requests.sendLink,
    /** Until when nothing that is written here is taken, null for good; undefined where it is. */
    blockedUntil(): string | null | undefined {
      if (!blocked) return undefined
      return blocked.until === null || Date.parse(blocked.until) > serverNow() ? blocked.until : undefined
    },
    available: () => available,
    /** Whether there is no way to the server right now, as far as we have noticed. */
    isCut: () => live?.status() === 'offline' || post.isUnreached(),
    stopReason: () => live?.stopReason() ?? null,
    typist: typists.of,
    typing: (id: string, on: boolean) => live?.typing(id, on),
    waiting: post.items,
    pending: (id: string): Pending[] => post.pending(id, live?.conversation(id)?.entries ?? []),
    /** Shows a conversation, which is then followed; null shows none. */
    show(id: string | null) {
      if (id === shown) return
      unwatch?.()
      unwatch = null
      shown = id
      follow()
      attend()
    },
    start: post.start,
    write: post.write,
    retry: post.retry,
    discard: post.discard,
    /** Changes something that was said in the conversation shown; whether it was done. */
    async change(what: 'reactions' | 'erasures', body: object): Promise<boolean> {
      try {
        if (shown) live?.take((await requests.change(shown, what, body)).packet)
        return true
      } catch {
        return false
      }
    },
    leaveOut: post.leaveOut,
    async older(id: string) {
      const first = live?.conversation(id)?.entries[0]
      if (!first || paging.has(id)) return
      paging.add(id)
      try {
        live?.prepend(id, await requests.entriesBefore(id, first.seq))
      } catch {
        // Scrolling on asks again.
      } finally {
        paging.delete(id)
      }
    },
  }
}
