import { randomUUID } from 'node:crypto'
import { errors } from '@foyer/contract/errors.ts'
import { protocolVersion, socketPath } from '@foyer/contract/protocol.ts'
import type { Route } from '@foyer/contract/route.ts'
import { routes } from '@foyer/contract/routes.ts'
import { clientFrame } from '@foyer/contract/socket.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildCast, type Cast, canaries } from './testing/cast.ts'
import { type FrameOutcome, type FrameRow, frameRights } from './testing/frame-rights.ts'
import { type Line, listen } from './testing/line.ts'
import {
  type CallerName,
  callers,
  outcomeOf,
  type RouteRow,
  routeRights,
  type TargetName,
  targets,
} from './testing/rights.ts'
import { startWorld, type World } from './testing/world.ts'

let world: World
let cast: Cast
beforeAll(async () => {
  world = await startWorld()
  cast = await buildCast(world)
})
afterAll(() => world[Symbol.asyncDispose]())

type Answer = { status: number; code: string | null; text: string }

test('every route and every frame has a row', () => {
  expect(Object.keys(routeRights).sort()).toEqual(Object.keys(routes).sort())
  expect(Object.keys(frameRights).sort()).toEqual(
    clientFrame.options.map((option) => [...option.shape.type.values][0]).sort(),
  )
})

describe.each(Object.entries(routeRights))('%s', (name, row) => {
  const route = routes[name] as Route

  test.each([...callers])('called by %s', async (caller) => {
    const alike = new Map<string, Answer>()
    for (const target of row.target === 'none' ? (['own'] as const) : targets) {
      const conversation = await prepare(row, target)
      const before = conversation && (await seqOf(conversation.id))
      const answer = await call(route, row, {
        caller,
        target: conversation?.id ?? (await cast.nameOf(row.target, target)),
        assigneeId: conversation?.row.assignee_id ?? null,
      })
      if (row.endsSession) await cast.renew(caller)
      const expected = outcomeOf(row, caller, target)
      const done = expected === 'ok' || expected === 'nothing'
      expect(
        { target, status: answer.status, code: answer.code },
        `${caller} → ${target}: ${answer.text}`,
      ).toEqual({ target, status: done ? 200 : errors[expected].status, code: done ? null : expected })
      if (conversation && expected !== 'ok') expect(await seqOf(conversation.id)).toBe(before)
      expectOnlyOwn(caller, answer.text)
      if (row.unknown && expected === row.unknown) alike.set(target, answer)
    }
    // Whoever may not know of a thing cannot tell whether it is there.
    expect(new Set([...alike.values()].map(({ text }) => text)).size).toBeLessThanOrEqual(1)
  })
})

describe('ids in bodies', () => {
  test('assign to an operator of another organization, to one who is gone, to one who never was: all alike', async () => {
    const gone = await world.build.operator({ organizationId: cast.operators.assigned.organizationId })
    await world.db.owner('update operators set deactivated_at = now() where id = $1', [gone.id])
    const answers: Answer[] = []
    for (const operatorId of [cast.operators.stranger.id, gone.id, randomUUID()]) {
      const conversation = await cast.conversation('own')
      const before = await seqOf(conversation.id)
      answers.push(
        await request(
          'PUT',
          `/api/v1/conversations/${conversation.id}/assignee`,
          cast.headersOf('assigned'),
          {
            id: randomUUID(),
            operatorId,
            from: conversation.row.assignee_id,
          },
        ),
      )
      expect(await seqOf(conversation.id)).toBe(before)
    }
    expect(answers.map(({ code }) => code)).toEqual(Array(3).fill('operator.unknown'))
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  })

  test('an id that another organization used answers like an unused one', async () => {
    const elsewhere = await cast.conversation('elsewhere')
    const [entry] = await world.db.owner<{ id: string }>(
      'select id from entries where conversation_id = $1',
      [elsewhere.id],
    )
    const own = await cast.conversation('own')
    const answer = await request(
      'POST',
      `/api/v1/conversations/${own.id}/messages`,
      cast.headersOf('assigned'),
      {
        id: entry?.id,
        text: 'An answer',
      },
    )
    expect(answer.status).toBe(200)
    expect(answer.text).toContain('"replayed":false')
    expectOnlyOwn('assigned', answer.text)
  })

  test('a conversation cannot be begun under the id of one that exists, here or elsewhere', async () => {
    const { contact, otherContact } = cast.contacts
    const taken = await cast.conversation('own')
    const start = (id: string, token: string) =>
      request(
        'POST',
        '/api/v1/messenger/conversations',
        { authorization: `Contact ${token}` },
        {
          id,
          widgetKey: cast.widgets.own.key,
          message: { id: randomUUID(), text: 'Mine now' },
        },
      )
    expect((await start(taken.id, otherContact.token)).code).toBe('create.id_reused')
    expect((await start(taken.id, contact.token)).code).toBe('create.id_reused')
    const elsewhere = await cast.conversation('elsewhere')
    const begun = await start(elsewhere.id, otherContact.token)
    expect(begun.status).toBe(200)
    expectOnlyOwn('otherContact', begun.text)
  })
})

describe.each(Object.entries(frameRights))('frame %s', (name, row) => {
  test.each([...callers])('sent by %s', async (caller) => {
    const named = row.target === 'none' ? (['own'] as const) : targets
    await Promise.all(
      named.map(async (target) => {
        const conversationId = await cast.nameOf('conversation', target)
        const expected = outcomeOf(row, caller, target)
        const outcome = await frameOutcome(name, row, { caller, target, conversationId, expected })
        expect(outcome, `${caller} → ${target}`).toBe(expected)
      }),
    )
  })
})

describe('the socket', () => {
  test('refuses a contact who comes through a widget of another organization', async () => {
    await using line = await open({
      contactToken: cast.contacts.foreignContact.token,
      widgetKey: cast.widgets.own.key,
    })
    expect(await line.closed).toBe(4401)
  })

  test('takes a ticket once', async () => {
    const ticket = await ticketOf('assigned')
    await using first = await open({ ticket })
    await first.until('welcome')
    await using second = await open({ ticket })
    expect(await second.closed).toBe(4401)
  })

  test.each(['*', '%', '_', '../', ['a'], null, '', '00000000'])(
    'refuses to follow %j',
    async (conversationId) => {
      await using line = await openFor('assigned')
      line.send({ type: 'watch', conversationId })
      expect(await line.closed).toBe(4400)
    },
  )

  test('is not taken in by another spelling of an id', async () => {
    const own = await cast.conversation('own')
    await using line = await openFor('otherContact')
    line.send({ type: 'watch', conversationId: own.id.toUpperCase() })
    expect(await line.until('error')).toMatchObject({ code: 'conversation.unknown' })
  })

  test.each([
    { type: 'message', conversationId: randomUUID(), text: 'by the socket' },
    { type: 'assign', conversationId: randomUUID() },
    { type: 'watch', conversationId: randomUUID(), role: 'admin' },
    { type: 'constructor' },
  ])('writes nothing: $type', async (frame) => {
    await using line = await openFor('contact')
    line.send(frame)
    expect(await line.closed).toBe(4400)
  })
})

async function prepare(row: RouteRow, target: TargetName) {
  const isThere = target === 'own' || target === 'foreign' || target === 'elsewhere'
  return row.target === 'conversation' && isThere ? cast.conversation(target, row.isEnded) : null
}

async function call(
  route: Route,
  row: RouteRow,
  { caller, target, assigneeId }: { caller: CallerName; target: string; assigneeId: string | null },
): Promise<Answer> {
  // A second name in a path is the number of a part.
  const path = route.path.replace(/:\w+/, encodeURIComponent(target)).replace(/:\w+/, '0')
  const body = row.body?.({
    newId: randomUUID,
    target,
    widgetKey: cast.widgets.own.key,
    assigneeId,
    widgetId: cast.widgets.own.id,
    spare: cast.others.spare,
    groupId: cast.groupId,
    roleId: cast.roleId,
  })
  return request(
    route.method,
    row.query ? `${path}?${row.query}` : path,
    cast.headersOf(caller),
    body,
    route.takes?.types[0],
  )
}

async function request(
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: unknown,
  type = 'application/json',
): Promise<Answer> {
  const isBytes = body instanceof Uint8Array
  const response = await fetch(world.url + path, {
    method,
    headers: {
      ...(method === 'GET' ? {} : { 'x-foyer': '1' }),
      ...(body === undefined ? {} : { 'content-type': type }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isBytes ? new Uint8Array(body) : JSON.stringify(body) }),
  })
  // The only thing in which two refusals differ.
  const text = (await response.text()).replace(/"requestId":"[^"]*"/, '"requestId":""')
  const isJson = response.headers.get('content-type')?.startsWith('application/json')
  const { error } = (isJson ? JSON.parse(text) : {}) as { error?: { code: string } }
  return { status: response.status, code: error?.code ?? null, text }
}

async function seqOf(conversationId: string): Promise<string | undefined> {
  const [row] = await world.db.owner<{ seq: string }>('select seq from conversations where id = $1', [
    conversationId,
  ])
  return row?.seq
}

/** Nobody receives a word of what they may not see, whatever they asked for. */
function expectOnlyOwn(caller: CallerName, text: string): void {
  const mayRead: Partial<Record<CallerName, readonly string[]>> = {
    assigned: [canaries.own, canaries.foreign],
    colleague: [canaries.own, canaries.foreign],
    admin: [canaries.own, canaries.foreign],
    contact: [canaries.own],
  }
  for (const canary of Object.values(canaries)) {
    if (!mayRead[caller]?.includes(canary)) expect(text, `${caller} received ${canary}`).not.toContain(canary)
  }
}

async function ticketOf(caller: CallerName): Promise<string> {
  const { text } = await request('POST', '/api/v1/socket-tickets', cast.headersOf(caller), {})
  return (JSON.parse(text) as { ticket?: string }).ticket ?? ''
}

async function open(proof: Record<string, string>): Promise<Line> {
  const line = await listen(world.url.replace('http', 'ws') + socketPath)
  line.send({ type: 'hello', protocol: protocolVersion, build: 'test', ...proof })
  return line
}

/** Connects as a caller would; whoever has no proof says so. */
async function openFor(caller: CallerName): Promise<Line> {
  if (caller === 'anyone') return listen(world.url.replace('http', 'ws') + socketPath)
  if (caller === 'contact' || caller === 'otherContact')
    return greeted(await open({ contactToken: cast.contacts[caller].token, widgetKey: cast.widgets.own.key }))
  if (caller === 'foreignContact')
    return greeted(
      await open({
        contactToken: cast.contacts.foreignContact.token,
        widgetKey: cast.widgets.strangers.key,
      }),
    )
  if (caller === 'ended') return open({ ticket: await ticketOfEnded() })
  return greeted(await open({ ticket: await ticketOf(caller) }))
}

/** A ticket made while the session lived, which ends before it is used. */
async function ticketOfEnded(): Promise<string> {
  const { cookie } = await world.logIn(cast.operators.assigned)
  const { text } = await request('POST', '/api/v1/socket-tickets', { cookie }, {})
  await request('DELETE', '/api/v1/session', { cookie })
  return (JSON.parse(text) as { ticket: string }).ticket
}

async function greeted(line: Line): Promise<Line> {
  await line.until('welcome')
  return line
}

async function frameOutcome(
  name: string,
  row: FrameRow,
  {
    caller,
    target,
    conversationId,
    expected,
  }: { caller: CallerName; target: TargetName; conversationId: string; expected: FrameOutcome },
): Promise<unknown> {
  await using line = await openFor(caller)
  if (name === 'hello') {
    if (caller === 'anyone') line.send({ type: 'hello', protocol: protocolVersion, build: 'test' })
    // Whoever is known has been welcomed while connecting.
    return caller === 'anyone' || caller === 'ended' ? await line.closed : 'welcome'
  }
  await using listener = name === 'typing' ? await listenerIn(target, conversationId) : null
  if (name === 'typing') {
    line.send({ type: 'watch', conversationId })
    if (caller !== 'anyone' && caller !== 'ended') await line.until('packet', 'error')
  }
  line.send(row.frame(conversationId))
  const heard = listener?.until('typing').then(
    () => 'heard',
    () => 'silent',
  )
  const answered = line.until('packet', 'error', 'stale', 'pong').then(
    (frame) => (frame.type === 'error' ? frame.code : frame.type),
    () => line.closed,
  )
  const outcome = await Promise.race([line.closed, answered, ...(heard ? [heard] : []), quiet(expected)])
  expectOnlyOwn(caller, line.received())
  return outcome
}

/** An operator who is no caller and follows the conversation, where there is one. */
async function listenerIn(target: TargetName, conversationId: string): Promise<Line | null> {
  if (target === 'erased' || target === 'invented') return null
  const who = target === 'elsewhere' ? cast.others.elsewhere : cast.others.spare
  const { cookie } = await world.logIn(who)
  const { text } = await request('POST', '/api/v1/socket-tickets', { cookie }, {})
  const line = await greeted(await open({ ticket: (JSON.parse(text) as { ticket: string }).ticket }))
  line.send({ type: 'watch', conversationId })
  await line.until('packet')
  return line
}

/** Silence is believed sooner where it is expected: a busy machine may take its time to answer. */
function quiet(expected: FrameOutcome): Promise<'silent'> {
  return new Promise((resolve) => setTimeout(() => resolve('silent'), expected === 'silent' ? 400 : 10_000))
}
