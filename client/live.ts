import type { Packet } from '@foyer/contract/changes.ts'
import type { ServerFrame } from '@foyer/contract/protocol.ts'
import type { ClientFrame } from '@foyer/contract/socket.ts'
import { apply, type Held, prepend } from '@foyer/contract/state.ts'
import { elapsed } from './clock.ts'
import { createLine, type LineOptions, type LineStatus, type StopReason } from './line.ts'

type Numbered = { id: string; seq: number; changedSeq: number }
export type Live<E extends Numbered, H> = {
  status(): LineStatus
  stopReason(): StopReason | null
  /** When the next attempt is due, of the steady clock (`elapsed`); null while one is under way or none is needed. */
  retryAt(): number | null
  retryNow(): void
  /** To be told when something else did not get through: a line that is dead is then noticed soon. */
  doubt(): void
  /** Calls back after any change of status or of a held conversation. */
  subscribe(listener: () => void): () => void
  conversation(id: string): Held<E, H> | undefined
  /** Follows a conversation until the returned function is called. */
  watch(id: string): () => void
  /** Takes a packet that came as the answer of a request. */
  take(packet: Packet<E, H>): void
  /** Puts an older page before what is held. */
  prepend(id: string, page: { entries: E[]; older: boolean }): void
  onFrame(listener: (frame: ServerFrame) => void): () => void
  /** Says which lists are followed and what is shown of them; asked for at each heartbeat. */
  setLists(digests: () => Omit<Extract<ClientFrame, { type: 'lists' }>, 'type'>): void
  /** Sends the lists' digests now, after what is followed has changed. */
  sendLists(): void
  typing(conversationId: string, on: boolean): void
  stop(): void
}

/** How many conversations stay held after they are no longer watched, so that going back is instant. */
const keptConversations = 40
/** A range asked for and not answered is asked for again after this. */
const askAgainMs = 2_000

/** Follows conversations over one line: gaps are found and filled, and after a cut everything is brought up to date. */
export function createLive<E extends Numbered, H>(options: LineOptions): Live<E, H> {
  let digests: Parameters<Live<E, H>['setLists']>[0] | null = null
  const held = new Map<string, Held<E, H>>()
  const watched = new Map<string, number>()
  const asked = new Map<string, number>()
  const listeners = new Set<() => void>()
  const frameListeners = new Set<(frame: ServerFrame) => void>()
  const line = createLine({ ...options, welcomed, frame: receive, changed, ping, tick: askAgain })

  function changed(): void {
    for (const listener of [...listeners]) listener()
  }

  function ask(id: string): void {
    asked.set(id, elapsed())
    const has = held.get(id)
    line.send({ type: 'watch', conversationId: id, ...(has ? { epoch: has.epoch, n: has.n } : {}) })
  }

  function welcomed(): void {
    for (const id of watched.keys()) ask(id)
    sendLists()
  }

  function receive(frame: ServerFrame): void {
    if (frame.type === 'packet') {
      asked.delete(frame.packet.conversationId)
      // The server sends an operator's socket operators' packets and a contact's socket contacts' ones.
      take(frame.packet as unknown as Packet<E, H>)
    }
    for (const listener of [...frameListeners]) listener(frame)
  }

  function take(packet: Packet<E, H>): void {
    const id = packet.conversationId
    const result = apply(held.get(id), packet)
    if (result.kind === 'applied') {
      held.delete(id)
      held.set(id, result.held)
      forget()
      changed()
    } else if ((result.kind === 'gap' || result.kind === 'stale') && watched.has(id)) {
      if (result.kind === 'stale') held.delete(id)
      if (elapsed() - (asked.get(id) ?? Number.NEGATIVE_INFINITY) > askAgainMs) ask(id)
    }
  }

  function forget(): void {
    for (const id of held.keys()) {
      if (held.size <= keptConversations) return
      if (!watched.has(id)) held.delete(id)
    }
  }

  function sendLists(): void {
    if (digests) line.send({ type: 'lists', ...digests() })
  }

  function askAgain(): void {
    for (const [id, at] of asked) if (elapsed() - at > askAgainMs && watched.has(id)) ask(id)
  }

  /** The server compares its lists with what we show, so that news that got lost is found. */
  function ping(): void {
    line.send({ type: 'ping' })
    sendLists()
  }

  return {
    status: line.status,
    stopReason: line.stopReason,
    retryAt: line.retryAt,
    retryNow: line.retryNow,
    doubt: line.doubt,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    conversation: (id) => held.get(id),
    watch(id) {
      watched.set(id, (watched.get(id) ?? 0) + 1)
      if (watched.get(id) === 1) ask(id)
      let ended = false
      return () => {
        if (ended) return
        ended = true
        const left = (watched.get(id) ?? 1) - 1
        if (left > 0) return void watched.set(id, left)
        watched.delete(id)
        asked.delete(id)
        line.send({ type: 'unwatch', conversationId: id })
      }
    },
    take,
    prepend(id, page) {
      const has = held.get(id)
      if (!has) return
      held.set(id, prepend(has, page))
      changed()
    },
    onFrame(listener) {
      frameListeners.add(listener)
      return () => frameListeners.delete(listener)
    },
    setLists(next) {
      digests = next
    },
    sendLists,
    typing: (conversationId, on) => line.send({ type: 'typing', conversationId, on }),
    stop: () => line.stop('closed'),
  }
}
