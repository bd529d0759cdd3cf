import { randomBytes, randomUUID } from 'node:crypto'
import { type Api, ApiFailure, createApi } from '@foyer/client/api.ts'
import { createLive, type Live } from '@foyer/client/live.ts'
import { createOutbox, type Outbox, type OutboxItem, type OutboxStorage } from '@foyer/client/outbox.ts'
import type { Packet } from '@foyer/contract/changes.ts'
import * as conversations from '@foyer/contract/conversations.ts'
import type { Entry, PublicEntry } from '@foyer/contract/entries.ts'
import * as messenger from '@foyer/contract/messenger.ts'
import { socketPath } from '@foyer/contract/protocol.ts'
import { createSocketTicket } from '@foyer/contract/sessions.ts'
import type { Login } from '../stage/stage.ts'
import type { Recorder, View } from './history.ts'

export type AnyEntry = Entry | PublicEntry
export type AnyHead = conversations.Head | messenger.PublicHead

/** A person with the product's own client, every step of which goes into the history. */
export type Actor = {
  readonly name: string
  readonly view: View
  readonly api: Api
  readonly live: Live<AnyEntry, AnyHead>
  readonly outbox: Outbox
  /** Conversations this person follows. */
  readonly follows: ReadonlySet<string>
  follow(conv: string): void
  /** Has the right to a conversation from now on; whoever starts one follows it once it is there. */
  join(conv: string): void
  write(conv: string, text: string): string
  stop(): void
}

export type Operator = Actor & { readonly id: string; readonly cookie: string }
export type Contact = Actor & { readonly token: string; start(text: string): string }

type Person = { recorder: Recorder; name: string; base: string; storage?: OutboxStorage }

/** Logs an operator in and connects them. */
export async function createOperator(given: Person & { login: Login; cookie?: string }): Promise<Operator> {
  const cookie = given.cookie ?? (await logIn(given.base, given.login))
  const api = createApi({ base: given.base, headers: () => ({ cookie }) })
  const actor = createActor(given, 'operator', api, {
    hello: () => api.call(createSocketTicket),
    send: ({ conversationId, id, text }) =>
      api.call(conversations.sendMessage, { params: { conversationId }, body: { id, text } }),
  })
  return { ...actor, id: given.login.id, cookie }
}

export async function logIn(base: string, login: Login): Promise<string> {
  const answer = await fetch(`${base}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-foyer': '1' },
    body: JSON.stringify({ email: login.email, password: login.password }),
  })
  const cookie = answer.headers.getSetCookie().find((value) => value.startsWith('foyer='))
  if (!cookie) throw new Error(`${login.email} could not log in: ${answer.status} ${await answer.text()}`)
  return cookie.split(';', 1)[0] as string
}

/** Somebody on a website. A token that is given again is the same person. */
export function createContact(given: Person & { widgetKey: string; token?: string }): Contact {
  const token = given.token ?? randomBytes(32).toString('base64url')
  const { widgetKey } = given
  const api = createApi({ base: given.base, headers: () => ({ authorization: `Contact ${token}` }) })
  const actor = createActor(given, 'contact', api, {
    hello: async () => ({ contactToken: token, widgetKey }),
    send: ({ conversationId, id, text, start }) =>
      start
        ? api.call(messenger.startConversation, {
            body: { id: conversationId, ...start, message: { id, text } },
          })
        : api.call(messenger.writeMessage, { params: { conversationId }, body: { id, text } }),
  })
  return {
    ...actor,
    token,
    start(text) {
      const conversationId = randomUUID()
      actor.join(conversationId)
      const item = actor.outbox.add({ conversationId, text, start: { widgetKey, locale: 'en' } })
      invoke(given.recorder, actor.name, item)
      return conversationId
    },
  }
}

type Ways = {
  hello: Parameters<typeof createLive>[0]['hello']
  send: (item: OutboxItem) => Promise<{ packet: Packet<AnyEntry, AnyHead>; replayed: boolean }>
}

function createActor(given: Person, view: View, api: Api, ways: Ways): Actor {
  const { recorder, name } = given
  const follows = new Set<string>()
  /** How far each conversation was when last looked at. */
  const stands = new Map<string, number>()
  const live = createLive<AnyEntry, AnyHead>({
    url: `${given.base.replace('http', 'ws')}${socketPath}`,
    build: 'bench',
    hello: ways.hello,
  })

  function shown(packet: Packet<AnyEntry, AnyHead>): void {
    const { conversationId: conv, prev, n, snapshot, entries, head } = packet
    const before = stands.get(conv) ?? 0
    const after = live.conversation(conv)?.n ?? before
    stands.set(conv, after)
    const applied = after !== before
    recorder.record({
      op: 'shown',
      t: recorder.now(),
      to: name,
      view,
      conv,
      prev,
      n: applied ? after : n,
      snapshot,
      applied,
      marks: [head.deliveredToContact, head.readByContact, head.readByOperator],
      entries: entries.map(({ id, seq }) => ({ id, seq })),
    })
  }
  live.onFrame((frame) => {
    if (frame.type === 'packet') shown(frame.packet as Packet<AnyEntry, AnyHead>)
  })

  const outbox = createOutbox({
    storage: given.storage ?? null,
    storageKey: `foyer:${name}`,
    async send(item) {
      const said = { op: 'send', by: name, conv: item.conversationId, id: item.id } as const
      try {
        const { packet } = await ways.send(item)
        const n = packet.entries.find((entry) => entry.id === item.id)?.seq
        recorder.record({ ...said, phase: 'ok', t: recorder.now(), view, ...(n ? { n } : {}) })
        live.take(packet)
        shown(packet)
        if (item.start) live.watch(item.conversationId)
      } catch (failure) {
        const isRefused = failure instanceof ApiFailure && !failure.retryable
        const code = failure instanceof ApiFailure ? failure.code : String(failure)
        recorder.record({ ...said, phase: isRefused ? 'fail' : 'info', t: recorder.now(), code })
        throw failure
      }
    },
  })
  // As the Message Center and the messenger do: what waits is tried when the line is back.
  let status = live.status()
  live.subscribe(() => {
    if (live.status() === status) return
    status = live.status()
    if (status === 'live') outbox.wake()
  })
  outbox.subscribe(() => {
    // What was refused for good is what its author then takes back.
    for (const item of outbox.items()) if (item.state === 'failed') outbox.discard(item.id)
  })

  function join(conv: string): boolean {
    if (follows.has(conv)) return false
    follows.add(conv)
    recorder.record({ op: 'join', t: recorder.now(), who: name, view, conv })
    return true
  }

  return {
    name,
    view,
    api,
    live,
    outbox,
    follows,
    join: (conv) => void join(conv),
    follow(conv) {
      if (join(conv)) live.watch(conv)
    },
    write(conv, text) {
      const item = outbox.add({ conversationId: conv, text })
      invoke(recorder, name, item)
      return item.id
    },
    stop() {
      outbox.stop()
      live.stop()
    },
  }
}

function invoke(recorder: Recorder, by: string, item: OutboxItem): void {
  const { conversationId: conv, id, text } = item
  recorder.record({ op: 'send', phase: 'invoke', t: recorder.now(), by, conv, id, text })
}
