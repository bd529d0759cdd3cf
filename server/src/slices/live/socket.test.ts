import { randomUUID } from 'node:crypto'
import { listConversations, sendMessage } from '@foyer/contract/conversations.ts'
import { setAvailability } from '@foyer/contract/operators.ts'
import { closeCodes, protocolVersion, type ServerFrame, socketPath } from '@foyer/contract/protocol.ts'
import { createSocketTicket, logOut } from '@foyer/contract/sessions.ts'
import { countsShown, digest } from '@foyer/contract/state.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import WebSocket from 'ws'
import type { BuiltConversation, BuiltOperator, BuiltWidget } from '../../testing/build.ts'
import { eventually, type OperatorClient, startWorld, type World } from '../../testing/world.ts'
import { livingSessions } from './reads.ts'

let world: World
let ann: BuiltOperator
let annClient: OperatorClient
let widget: BuiltWidget
let conversation: BuiltConversation

beforeAll(async () => {
  world = await startWorld()
  ann = await world.build.operator({ name: 'Ann' })
  annClient = await world.operator(ann)
  widget = await world.build.widget({ organizationId: ann.organizationId })
  const contact = await world.build.contact({ organizationId: ann.organizationId })
  conversation = await world.build.conversation({ contact, widget, assignee: ann })
})
afterAll(() => world[Symbol.asyncDispose]())

type Raw = { socket: WebSocket; frames: ServerFrame[]; closed: Promise<number>; say(frame: unknown): void }

/** A socket by hand, for saying what our client never would. */
async function raw(headers: Record<string, string> = {}): Promise<Raw> {
  const socket = new WebSocket(world.url.replace('http', 'ws') + socketPath, { headers })
  const frames: ServerFrame[] = []
  socket.on('message', (data) => frames.push(JSON.parse(String(data))))
  const closed = new Promise<number>((resolve) => socket.once('close', (code) => resolve(code)))
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('unexpected-response', (_request, response) => reject(new Error(String(response.statusCode))))
    socket.once('error', reject)
  })
  return {
    socket,
    frames,
    closed,
    say: (frame) => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
  }
}

const hello = { type: 'hello', protocol: protocolVersion, build: 'test' }
async function greeted(client = annClient): Promise<Raw> {
  const { ticket } = await client.api.call(createSocketTicket)
  const one = await raw()
  one.say({ ...hello, ticket })
  await eventually(
    () => one.frames,
    (frames) => frames.some(({ type }) => type === 'welcome'),
  )
  return one
}
async function greetedContact(): Promise<Raw> {
  const one = await raw()
  one.say({ ...hello, contactToken: conversation.contact.token, widgetKey: widget.key })
  await eventually(
    () => one.frames,
    (frames) => frames.some(({ type }) => type === 'welcome'),
  )
  return one
}

describe('T40 the handshake', () => {
  test('a page of another site is refused, with or without the cookie', async () => {
    const own = world.url
    for (const origin of [
      'https://evil.example',
      'null',
      own.replace('127.0.0.1', '127.0.0.2'),
      `${own}.evil.example`,
    ]) {
      await expect(raw({ origin, cookie: annClient.cookie })).rejects.toThrow('403')
      await expect(raw({ origin })).rejects.toThrow('403')
    }
    await expect(raw({ cookie: annClient.cookie })).rejects.toThrow('403')
    const allowed = await raw({ origin: own, cookie: annClient.cookie })
    allowed.socket.close()
  })

  test('the cookie alone opens nothing; a ticket is good once; a wrong one not at all', async () => {
    const withCookie = await raw({ origin: world.url, cookie: annClient.cookie })
    withCookie.say({ type: 'watch', conversationId: conversation.id })
    expect(await withCookie.closed).toBe(closeCodes.unauthorized)
    const { ticket } = await annClient.api.call(createSocketTicket)
    for (const [proof, code] of [
      [ticket, null],
      [ticket, closeCodes.unauthorized],
      ['x'.repeat(43), closeCodes.unauthorized],
    ] as const) {
      const one = await raw()
      one.say({ ...hello, ticket: proof })
      if (code === null)
        await eventually(
          () => one.frames,
          (frames) => frames.length > 0,
        )
      else expect(await one.closed).toBe(code)
      one.socket.close()
    }
  })

  test('who says nothing is closed within ten seconds', async () => {
    const silent = await raw()
    const before = performance.now()
    expect(await silent.closed).toBe(closeCodes.unauthorized)
    expect(performance.now() - before).toBeLessThan(11_000)
  }, 20_000)

  test('another protocol is told to reload', async () => {
    const one = await raw()
    one.say({ ...hello, protocol: 99, ticket: 'x' })
    expect(await one.closed).toBe(closeCodes.version)
  })
})

describe('T41 frames that break the protocol', () => {
  const deep = `${'['.repeat(4_000)}${']'.repeat(4_000)}`
  const many = JSON.stringify(Object.fromEntries(Array.from({ length: 800 }, (_, index) => [`k${index}`, 0])))
  for (const [name, frame, code] of [
    ['no JSON', 'hello?', closeCodes.badFrame],
    ['an unknown type', { type: 'subscribe', to: '*' }, closeCodes.badFrame],
    ['unknown keys', { type: 'ping', admin: true }, closeCodes.badFrame],
    ['depth', deep, closeCodes.badFrame],
    ['many keys', many, closeCodes.badFrame],
    ['more than 8 KiB', JSON.stringify({ type: 'ping', x: 'x'.repeat(8_192) }), 1009],
    ['a list where an id belongs', { type: 'watch', conversationId: [randomUUID()] }, closeCodes.badFrame],
    ['a pattern where an id belongs', { type: 'watch', conversationId: '%' }, closeCodes.badFrame],
    ['a path where an id belongs', { type: 'watch', conversationId: '../x' }, closeCodes.badFrame],
    ['a number below zero', { type: 'watch', conversationId: randomUUID(), n: -1 }, closeCodes.badFrame],
    ['a number beyond all', { type: 'watch', conversationId: randomUUID(), n: 2 ** 63 }, closeCodes.badFrame],
    ['a second hello', { ...hello, ticket: 'x' }, closeCodes.badFrame],
  ] as const) {
    test(`${name} ends the socket with its code`, async () => {
      const one = await greeted()
      one.say(frame)
      expect(await one.closed).toBe(code)
    })
  }

  test('binary and floods end it too', async () => {
    const binary = await greeted()
    binary.socket.send(Buffer.from('{}'), { binary: true })
    expect(await binary.closed).toBe(closeCodes.badFrame)
    const flood = await greeted()
    for (let n = 0; n < 400; n++) flood.say({ type: 'ping' })
    expect(await flood.closed).toBe(closeCodes.flood)
  })
})

describe('T25, T26, T43 what may be followed', () => {
  test('a foreign, an erased and an invented conversation answer alike, and nothing of them comes', async () => {
    const foreign = await world.build.conversation()
    const one = await greeted()
    const other = await greetedContact()
    const elsewhere = await world.build.conversation({ widget })
    for (const id of [foreign.id, randomUUID()]) {
      one.say({ type: 'watch', conversationId: id })
      await eventually(
        () => one.frames,
        (frames) => frames.some((frame) => frame.type === 'error' && frame.conversationId === id),
      )
    }
    for (const id of [foreign.id, elsewhere.id, randomUUID()]) {
      other.say({ type: 'watch', conversationId: id, n: 0 })
      await eventually(
        () => other.frames,
        (frames) => frames.some((frame) => frame.type === 'error' && frame.conversationId === id),
      )
    }
    const codes = [...one.frames, ...other.frames].flatMap((frame) =>
      frame.type === 'error' ? [frame.code] : [],
    )
    expect(new Set(codes)).toEqual(new Set(['conversation.unknown']))
    one.socket.close()
    other.socket.close()
  })

  test('a contact follows no lists', async () => {
    const contact = await greetedContact()
    contact.say({ type: 'lists', digests: { all: null } })
    expect(await contact.closed).toBe(closeCodes.badFrame)
  })

  test('a number of another life, or ahead of the log, is answered by a snapshot', async () => {
    const one = await greeted()
    for (const has of [{ epoch: randomUUID(), n: 1 }, { n: 1 }]) {
      one.frames.length = 0
      one.say({ type: 'watch', conversationId: conversation.id, ...has })
      const frames = await eventually(
        () => one.frames,
        (list) => list.some(({ type }) => type === 'packet'),
      )
      expect(frames.find(({ type }) => type === 'packet')).toMatchObject({ packet: { snapshot: true } })
    }
    one.socket.close()
  })

  test('what is internal never reaches a contact', async () => {
    const contact = await greetedContact()
    contact.say({ type: 'watch', conversationId: conversation.id })
    const frames = await eventually(
      () => contact.frames,
      (list) => list.some(({ type }) => type === 'packet'),
    )
    const text = JSON.stringify(frames)
    for (const key of ['assigneeId', 'publicSeq', 'rank', 'waitingSince', 'unassigned', ann.email]) {
      expect(text).not.toContain(key)
    }
    contact.socket.close()
  })
})

describe('typing', () => {
  test('a contact sees the operator who is to answer, by the name they know, and nobody who looks on', async () => {
    const bob = await world.operator(await world.build.operator({ organizationId: ann.organizationId }))
    const [contact, own, onlooker] = [await greetedContact(), await greeted(), await greeted(bob)]
    for (const one of [contact, own, onlooker]) {
      one.say({ type: 'watch', conversationId: conversation.id })
      await eventually(
        () => one.frames,
        (frames) => frames.some(({ type }) => type === 'packet'),
      )
    }
    onlooker.say({ type: 'typing', conversationId: conversation.id, on: true })
    own.say({ type: 'typing', conversationId: conversation.id, on: true })
    const typing = (frames: ServerFrame[]) =>
      frames.flatMap((frame) => (frame.type === 'typing' ? [frame.by] : []))
    await eventually(
      () => typing(contact.frames),
      (told) => told.length > 0,
    )
    expect(typing(contact.frames)).toEqual([{ kind: 'operator', id: ann.id, name: 'Ann' }])
    contact.say({ type: 'typing', conversationId: conversation.id, on: true })
    await eventually(
      () => typing(onlooker.frames),
      (told) => told.some(({ kind }) => kind === 'contact'),
    )
    for (const one of [contact, own, onlooker]) one.socket.close()
  })
})

describe('T27 rights that end', () => {
  test('logging out closes the sockets of that session within two seconds, while messages flow', async () => {
    const bob = await world.build.operator({ organizationId: ann.organizationId })
    const client = await world.operator(bob)
    const open = await greeted(client)
    open.say({ type: 'watch', conversationId: conversation.id })
    let flowing = true
    const flow = (async () => {
      while (flowing) {
        await annClient.api.call(sendMessage, {
          params: { conversationId: conversation.id },
          body: { id: randomUUID(), text: 'flowing' },
        })
      }
    })()
    await eventually(
      () => open.frames,
      (frames) => frames.length > 10,
    )
    const before = performance.now()
    await client.api.call(logOut)
    expect(await open.closed).toBe(closeCodes.revoked)
    expect(performance.now() - before).toBeLessThan(2_000)
    flowing = false
    await flow
    await eventually(
      () => client.live.status(),
      (status) => status === 'stopped',
    )
    expect(client.live.stopReason()).toBe('unauthorized')
  })
})

describe('lists and availability', () => {
  test('[I1, I3] a head reaches those who follow the list it stands in or leaves; a wrong digest is told', async () => {
    const one = await greeted()
    const page = await annClient.api.call(listConversations, { query: { list: 'mine' } })
    const counts = countsShown('mine', page.counts)
    one.say({ type: 'lists', digests: { mine: digest(page.items, counts), unassigned: 'wrong' } })
    await eventually(
      () => one.frames,
      (frames) => frames.some((frame) => frame.type === 'stale' && frame.list === 'unassigned'),
    )
    expect(one.frames.some((frame) => frame.type === 'stale' && frame.list === 'mine')).toBe(false)
    await annClient.api.call(sendMessage, {
      params: { conversationId: conversation.id },
      body: { id: randomUUID(), text: 'to the list' },
    })
    await eventually(
      () => one.frames,
      (frames) => frames.some((frame) => frame.type === 'head' && frame.head.preview?.text === 'to the list'),
    )
    one.socket.close()
  })

  test('[N12, S2] contacts are told honestly whether anybody is there', async () => {
    const contact = await greetedContact()
    const told = () =>
      contact.frames.flatMap((frame) => (frame.type === 'available' ? [frame.available] : []))
    const open = await greeted()
    await annClient.api.call(setAvailability, { body: { online: true } })
    await eventually(told, (list) => list.at(-1) === true)
    await annClient.api.call(setAvailability, { body: { online: false } })
    await eventually(told, (list) => list.at(-1) === false)
    open.socket.close()
    contact.socket.close()
  })
})

test('[X7] who waits with an open socket does not count as idle', async () => {
  const [session] = await world.db.owner<{ id: string }>(
    `update sessions set last_seen_at = clock_now() - interval '11 hours' where operator_id = $1 returning id`,
    [ann.id],
  )
  const living = await livingSessions(world.database, ann.organizationId, [String(session?.id), randomUUID()])
  expect(living).toEqual(new Set([session?.id]))
  const [after] = await world.db.owner<{ fresh: boolean }>(
    `select last_seen_at > clock_now() - interval '1 minute' as fresh from sessions where id = $1`,
    [session?.id],
  )
  expect(after?.fresh).toBe(true)
})
