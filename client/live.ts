import type { Packet } from '@foyer/contract/changes.ts'
import {
  closeCodes,
  deadSeconds,
  heartbeatSeconds,
  protocolVersion,
  type ServerFrame,
} from '@foyer/contract/protocol.ts'
import type { ClientFrame } from '@foyer/contract/socket.ts'
import { apply, type Held, prepend } from '@foyer/contract/state.ts'
import { ApiFailure } from './api.ts'
import { backoff } from './backoff.ts'

type Numbered = { id: string; seq: number; changedSeq: number }
export type LiveStatus = 'connecting' | 'live' | 'offline' | 'stopped'
/** Why a connection stopped for good: the rights ended, or this build is too old. */
export type StopReason = 'unauthorized' | 'version' | 'closed'

export type LiveOptions = {
  /** Full address of the socket (ws: or wss:). */
  url: string
  build: string
  /** What proves who we are; asked anew for every connection. */
  hello: () => Promise<{ ticket: string } | { contactToken: string; widgetKey: string }>
}

export type Live<E extends Numbered, H> = {
  status(): LiveStatus
  stopReason(): StopReason | null
  /** When the next attempt is due, in milliseconds since 1970; null while connected or stopped. */
  retryAt(): number | null
  retryNow(): void
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

/**
 * Keeps one socket to the server: proves who we are, follows conversations, finds gaps and has them filled, notices a
 * dead line, and comes back by itself with full jitter.
 */
export function createLive<E extends Numbered, H>(options: LiveOptions): Live<E, H> {
  let status: LiveStatus = 'connecting'
  let reason: StopReason | null = null
  let socket: WebSocket | null = null
  let attempt = 0
  let retryAt: number | null = null
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  let heard = 0
  let hint: number | null = null
  let digests: Parameters<Live<E, H>['setLists']>[0] | null = null
  const held = new Map<string, Held<E, H>>()
  const watched = new Map<string, number>()
  const asked = new Map<string, number>()
  const listeners = new Set<() => void>()
  const frameListeners = new Set<(frame: ServerFrame) => void>()

  const heartbeat = setInterval(beat, 5_000)
  let lastBeat = 0
  const onOnline = () => retryNow()
  if (typeof window !== 'undefined') window.addEventListener('online', onOnline)
  void connect()

  function changed(): void {
    for (const listener of [...listeners]) listener()
  }

  function setStatus(next: LiveStatus): void {
    if (status === next) return
    status = next
    changed()
  }

  async function connect(): Promise<void> {
    clearTimeout(retryTimer)
    retryAt = null
    if (status === 'stopped') return
    let proof: Awaited<ReturnType<LiveOptions['hello']>>
    try {
      proof = await options.hello()
    } catch (failure) {
      if (failure instanceof ApiFailure && failure.status === 401) return stop('unauthorized')
      return later()
    }
    if (isStopped()) return
    const opened = new WebSocket(options.url)
    socket = opened
    heard = Date.now()
    opened.onopen = () => {
      heard = Date.now()
      opened.send(
        JSON.stringify({
          type: 'hello',
          protocol: protocolVersion,
          build: options.build,
          ...proof,
        } satisfies ClientFrame),
      )
    }
    opened.onmessage = (message) => {
      if (socket !== opened) return
      heard = Date.now()
      receive(JSON.parse(String(message.data)) as ServerFrame)
    }
    opened.onclose = (event) => {
      if (socket !== opened) return
      socket = null
      if (event.code === closeCodes.unauthorized || event.code === closeCodes.revoked)
        return stop('unauthorized')
      if (event.code === closeCodes.version) return stop('version')
      later()
    }
  }

  function isStopped(): boolean {
    return status === 'stopped'
  }

  function later(): void {
    if (isStopped()) return
    const wait = hint ?? backoff(attempt++)
    hint = null
    retryAt = Date.now() + wait
    clearTimeout(retryTimer)
    retryTimer = setTimeout(() => void connect(), wait)
    // The first attempt after a cut is quick; only a line that stays away is worth a word.
    if (status === 'offline') changed()
    else setStatus('offline')
  }

  function retryNow(): void {
    if (status === 'offline') void connect()
  }

  function send(frame: ClientFrame): void {
    if (status === 'live' && socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame))
  }

  function ask(id: string): void {
    asked.set(id, Date.now())
    const has = held.get(id)
    send({ type: 'watch', conversationId: id, ...(has ? { epoch: has.epoch, n: has.n } : {}) })
  }

  function receive(frame: ServerFrame): void {
    if (frame.type === 'welcome') {
      attempt = 0
      setStatus('live')
      for (const id of watched.keys()) ask(id)
      sendLists()
      lastBeat = Date.now()
    } else if (frame.type === 'packet') {
      asked.delete(frame.packet.conversationId)
      // The server sends an operator's socket operators' packets and a contact's socket contacts' ones.
      take(frame.packet as unknown as Packet<E, H>)
    } else if (frame.type === 'stopping') {
      hint = frame.retryAfterMs
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
      if (Date.now() - (asked.get(id) ?? 0) > askAgainMs) ask(id)
    }
  }

  function forget(): void {
    for (const id of held.keys()) {
      if (held.size <= keptConversations) return
      if (!watched.has(id)) held.delete(id)
    }
  }

  function sendLists(): void {
    if (digests) send({ type: 'lists', ...digests() })
  }

  function beat(): void {
    const now = Date.now()
    if (socket && now - heard > deadSeconds * 1000) {
      const dead = socket
      socket = null
      dead.close()
      later()
      return
    }
    for (const [id, at] of asked) if (now - at > askAgainMs && watched.has(id)) ask(id)
    if (now - lastBeat < heartbeatSeconds * 1000 - 2_500) return
    lastBeat = now
    send({ type: 'ping' })
    sendLists()
  }

  function stop(why: StopReason): void {
    reason = why
    clearInterval(heartbeat)
    clearTimeout(retryTimer)
    if (typeof window !== 'undefined') window.removeEventListener('online', onOnline)
    const open = socket
    socket = null
    open?.close(1000)
    retryAt = null
    setStatus('stopped')
  }

  return {
    status: () => status,
    stopReason: () => reason,
    retryAt: () => retryAt,
    retryNow,
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
        send({ type: 'unwatch', conversationId: id })
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
    typing: (conversationId, on) => send({ type: 'typing', conversationId, on }),
    stop: () => stop('closed'),
  }
}
