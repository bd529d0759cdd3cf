import { randomUUID } from 'node:crypto'
import * as contract from '@foyer/contract/conversations.ts'
import * as messenger from '@foyer/contract/messenger.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { derivedId } from '../../platform/crypto.ts'
import { type Asker, at, createLiveStage, type LiveStage, type Team } from '../../testing/live-stage.ts'
import { eventually, expectSynced, type OperatorClient, startWorld, type World } from '../../testing/world.ts'
import { createHeadMemory } from './access.ts'
import { followUp } from './actions.ts'

let world: World
let stage: LiveStage
beforeAll(async () => {
  world = await startWorld()
  stage = createLiveStage(world)
})
afterAll(() => world[Symbol.asyncDispose]())

const closed = JSON.stringify({ zone: 'Europe/Berlin', week: [[], [], [], [], [], [], []], dates: [] })
const followUpTexts = {
  waiting: { en: 'Soon', fr: 'Un instant' },
  silent: { en: 'Are you there?', fr: 'Vous êtes là ?' },
}

/** A team whose widget says something after five minutes of waiting, and after three of silence. */
async function speaking(slots: number[] = [0], change: Record<string, unknown> = {}): Promise<Team> {
  const team = await stage.team(slots)
  const columns = {
    waiting_minutes: 5,
    silent_minutes: 3,
    follow_up_texts: JSON.stringify(followUpTexts),
    ...change,
  }
  const names = Object.keys(columns).map((name, index) => `${name} = $${index + 2}`)
  await world.db.owner(`update widgets set ${names.join(', ')} where id = $1`, [
    team.widget.id,
    ...Object.values(columns),
  ])
  return team
}

const pass = (minutes: number) => world.db.advance(minutes * 60_000)

async function waitOf(id: string) {
  const [row] = await world.db.owner<{ kind: string; since: number; due_at: Date | null; told: boolean }>(
    'select kind, since_seq::int as since, due_at, told from follow_ups where conversation_id = $1',
    [id],
  )
  return row
}

/** Waits until what was due has been said or dropped, and gives what was said by itself. */
async function saidBy(id: string): Promise<string[]> {
  await eventually(
    () => waitOf(id),
    (row) => !row?.due_at,
  )
  const rows = await world.db.owner<{ text: string }>(
    `select text from entries where conversation_id = $1 and actor_kind = 'automatic' order by seq`,
    [id],
  )
  return rows.map(({ text }) => text)
}

const client = (team: Team) => team.operators[0]?.client as OperatorClient

async function take(team: Team, id: string): Promise<void> {
  const operatorId = team.operators[0]?.built.id as string
  const body = { id: randomUUID(), operatorId, from: null }
  await client(team).api.call(contract.assignConversation, { ...at(id), body })
}

const answer = (team: Team, id: string, text = 'Yes?') =>
  client(team).api.call(contract.sendMessage, { ...at(id), body: { id: randomUUID(), text } })

async function read(asker: Asker): Promise<void> {
  const { n } = await asker.client.api.call(messenger.readMyConversation, at(asker.conversationId))
  await asker.client.api.call(messenger.markMyReading, { ...at(asker.conversationId), body: { read: n } })
}

async function leave(asker: Asker): Promise<void> {
  asker.client.live.stop()
  await eventually(
    () => world.db.owner('select from presence where subject_id = $1', [asker.contact.id]),
    (rows) => rows.length === 0,
    15_000,
  )
}

test('[X1, I14] who waits is told once, from their first message on, and nothing else moves', async () => {
  const team = await speaking()
  const asker = await team.write('First')
  await pass(3)
  await stage.say(asker, 'Second')
  const before = await stage.headOf(asker.conversationId)
  expect(await waitOf(asker.conversationId)).toMatchObject({ kind: 'waiting', since: 1 })
  await pass(2)
  expect(await saidBy(asker.conversationId)).toEqual(['Soon'])
  const after = await stage.headOf(asker.conversationId)
  const { seq, public_seq, last_at, public_last_at, ...same } = after as typeof after &
    Record<string, unknown>
  expect(before).toMatchObject(same)
  expect([seq, public_seq]).toEqual(['3', '3'])
  expect(last_at).toEqual(public_last_at)
  const [entry] = await world.db.owner(
    'select id, kind, actor_id, session from entries where conversation_id = $1 and seq = 3',
    [asker.conversationId],
  )
  const id = derivedId(`waiting/${asker.conversationId}/1`)
  expect(entry).toEqual({ id, kind: 'message', actor_id: null, session: 'later' })

  await stage.say(asker, 'Third')
  await pass(60)
  expect(await saidBy(asker.conversationId)).toEqual(['Soon'])
  await take(team, asker.conversationId)
  await answer(team, asker.conversationId)
  await stage.say(asker, 'Fourth')
  await pass(5)
  expect(await saidBy(asker.conversationId)).toEqual(['Soon', 'Soon'])
})

test('[X1] who was answered in time, whose conversation ended, or of whom nothing is owed, is told nothing', async () => {
  const team = await speaking([0], { silent_minutes: null })
  const [answered, ended, pending, again] = await Promise.all([1, 2, 3, 4].map(() => team.write()))
  if (!answered || !ended || !pending || !again) throw new Error('Not everybody wrote.')
  await take(team, answered.conversationId)
  await answer(team, answered.conversationId)
  for (const { conversationId } of [ended, again])
    await client(team).api.call(contract.endConversation, {
      ...at(conversationId),
      body: { id: randomUUID() },
    })
  const byHand = { id: randomUUID(), state: 'pending' as const }
  await client(team).api.call(contract.setState, { ...at(pending.conversationId), body: byHand })
  for (const { conversationId } of [answered, ended, pending])
    expect(await waitOf(conversationId)).toBeUndefined()
  // Who takes it up again waits anew.
  await pass(4)
  await stage.say(again)
  await pass(4)
  expect(await waitOf(again.conversationId)).toMatchObject({ kind: 'waiting', told: false })
  await pass(1)
  expect(await saidBy(again.conversationId)).toEqual(['Soon'])
  for (const { conversationId } of [answered, ended, pending])
    expect(await saidBy(conversationId)).toEqual([])
})

test('[X1] it is dropped outside the business hours, and after the away message', async () => {
  const team = await speaking([0], { texts: JSON.stringify({ away: { en: 'We are away' } }) })
  const late = await team.write()
  await world.db.owner('update widgets set hours = $2 where id = $1', [team.widget.id, closed])
  const away = await team.write()
  await pass(5)
  expect(await saidBy(late.conversationId)).toEqual([])
  expect(await waitOf(late.conversationId)).toMatchObject({ kind: 'waiting', due_at: null, told: false })
  await world.db.owner('update widgets set hours = null where id = $1', [team.widget.id])
  expect(await saidBy(away.conversationId)).toEqual(['We are away'])
  await stage.say(late)
  await pass(5)
  expect(await saidBy(late.conversationId)).toEqual([])
  // Told of it before they wrote, they may be told to be patient.
  const { conversationId } = await stage.writeAgain(team, away)
  await pass(5)
  expect(await saidBy(conversationId)).toEqual(['Soon'])
})

test('[X1, X2] both speak the contact’s language, else the widget’s, else they are left out', async () => {
  const team = await speaking([0])
  const only = await speaking([0], { follow_up_texts: JSON.stringify({ waiting: { fr: 'Un instant' } }) })
  const [french, german, dumb] = await Promise.all([team.write(), team.write(), only.write()])
  await world.db.owner(`update contacts set locale = 'fr' where id = $1`, [french.contact.id])
  await world.db.owner(`update contacts set locale = 'de' where id = $1`, [german.contact.id])
  await pass(5)
  expect(await saidBy(french.conversationId)).toEqual(['Un instant'])
  expect(await saidBy(german.conversationId)).toEqual(['Soon'])
  expect(await saidBy(dumb.conversationId)).toEqual([])
  await take(team, french.conversationId)
  await answer(team, french.conversationId)
  await pass(3)
  expect(await saidBy(french.conversationId)).toEqual(['Un instant', 'Vous êtes là ?'])
})

test('[X1, I12] who is silent is asked once after the last message, and the live deadline stands', async () => {
  const team = await speaking([1], { live_minutes: 30 })
  const asker = await team.write()
  await answer(team, asker.conversationId, 'Yes?')
  await pass(2)
  await answer(team, asker.conversationId, 'Hello?')
  const before = await stage.headOf(asker.conversationId)
  expect(before).toMatchObject({ state: 'pending', live_since: expect.any(Date) })
  await pass(2)
  const { seq } = before
  expect(await waitOf(asker.conversationId)).toMatchObject({
    kind: 'silent',
    since: Number(seq),
    told: false,
  })
  await pass(1)
  expect(await saidBy(asker.conversationId)).toEqual(['Are you there?'])
  const after = await stage.headOf(asker.conversationId)
  for (const name of [
    'state',
    'assignee_id',
    'live_since',
    'live_until',
    'ends_at',
    'waiting_since',
    'rank',
    'preview_text',
    'preview_author',
    'unread_contact',
    'unread_operator',
    'answered',
  ] as (keyof typeof after)[])
    expect([name, after[name]]).toEqual([name, before[name]])
  const [entry] = await world.db.owner(
    'select id, session from entries where conversation_id = $1 and seq = $2',
    [asker.conversationId, Number(seq) + 1],
  )
  expect(entry).toEqual({ id: derivedId(`silent/${asker.conversationId}/${seq}`), session: 'live' })
  await answer(team, asker.conversationId, 'Well then')
  await pass(10)
  expect(await saidBy(asker.conversationId)).toEqual(['Are you there?'])
  await stage.say(asker)
  await answer(team, asker.conversationId, 'There you are')
  await pass(3)
  expect(await saidBy(asker.conversationId)).toEqual(['Are you there?', 'Are you there?'])
  await pass(30)
  await eventually(
    () => stage.headOf(asker.conversationId),
    ({ live_since }) => live_since === null,
  )
})

test('[X1] who has neither read nor is there is left to the mail; who has read is asked even when gone', async () => {
  const team = await speaking([1])
  const [absent, reader, open] = [await team.write(), await team.write(), await team.write()]
  for (const { conversationId } of [reader, open]) await take(team, conversationId)
  await Promise.all([leave(absent), leave(reader)])
  for (const { conversationId } of [absent, reader, open]) await answer(team, conversationId)
  await read(reader)
  await client(team).api.call(contract.setState, {
    ...at(open.conversationId),
    body: { id: randomUUID(), state: 'open' },
  })
  expect(await waitOf(open.conversationId)).toBeUndefined()
  await pass(3)
  expect(await saidBy(absent.conversationId)).toEqual([])
  expect(await saidBy(reader.conversationId)).toEqual(['Are you there?'])
  // What was dropped was not said: the next message has its own time.
  await answer(team, absent.conversationId)
  await read(absent)
  await pass(3)
  expect(await saidBy(absent.conversationId)).toEqual(['Are you there?'])
  const { head } = await absent.client.api.call(messenger.readMyConversation, at(absent.conversationId))
  expect(head.unread).toBe(0)
})

test('[X1] two processes, and a dozen attempts at once, say it once', async () => {
  const team = await speaking()
  await world.another()
  const askers = await Promise.all(Array.from({ length: 12 }, () => team.write()))
  await pass(5)
  const context = {
    database: world.database,
    heads: createHeadMemory(10),
    publish: () => undefined,
    freed: () => undefined,
  }
  await Promise.all(
    askers.flatMap(({ conversationId }) =>
      Array.from({ length: 12 }, () =>
        followUp(context, { organizationId: team.organizationId, conversationId, kind: 'waiting', since: 1 }),
      ),
    ),
  )
  for (const { conversationId } of askers) expect(await saidBy(conversationId)).toEqual(['Soon'])
  expect(world.lines.filter((line) => line.includes('could not be done'))).toEqual([])
})

test('[X1] what an operator’s message overtakes at the last moment is not said', async () => {
  const team = await speaking()
  const askers = await Promise.all(Array.from({ length: 8 }, () => team.write()))
  for (const { conversationId } of askers) await take(team, conversationId)
  await pass(5)
  await Promise.all(askers.map(({ conversationId }) => answer(team, conversationId)))
  for (const { conversationId } of askers) {
    const rows = await world.db.owner<{ actor_kind: string }>(
      `select actor_kind from entries where conversation_id = $1 and actor_kind in ('operator', 'automatic') and kind = 'message'
        order by seq`,
      [conversationId],
    )
    // Said before it or not at all.
    expect(rows.at(-1)?.actor_kind).toBe('operator')
  }
})

test('[X1] nothing is kept where a widget says nothing, for sample contacts, nor of other organizations', async () => {
  const silent = await speaking([0], { waiting_minutes: null, silent_minutes: null })
  const [plain, speaker] = [await silent.write(), await speaking([0])]
  const sample = await world.build.contact({ organizationId: speaker.organizationId })
  await world.db.owner('update contacts set sample = true where id = $1', [sample.id])
  const behind = await stage.write(speaker, 'From the samples', sample)
  const asker = await speaker.write()
  for (const { conversationId } of [plain, behind]) expect(await waitOf(conversationId)).toBeUndefined()
  await pass(5)
  expect(await saidBy(asker.conversationId)).toEqual(['Soon'])
  const seen = await world.database.read(silent.organizationId, { text: 'select from follow_ups' })
  expect(seen).toEqual([])
  await world.db.owner('update widgets set waiting_minutes = null, silent_minutes = null where id = $1', [
    speaker.widget.id,
  ])
  await take(speaker, asker.conversationId)
  await answer(speaker, asker.conversationId)
  expect(await waitOf(asker.conversationId), 'what was kept goes with the next message').toBeUndefined()
})

test('[X2] a wait that begins under a welcome counts from the contact’s message; both sides hold the same', async () => {
  const team = await speaking([0], { texts: JSON.stringify({ welcome: { en: 'Welcome' } }) })
  const asker = await team.write()
  expect(await waitOf(asker.conversationId)).toMatchObject({ since: 2 })
  const conversation = { id: asker.conversationId } as Parameters<typeof expectSynced>[0]['conversation']
  await expectSynced({ conversation, operator: client(team), contact: asker.client }, async () => {
    await pass(5)
    expect(await saidBy(asker.conversationId)).toEqual(['Welcome', 'Soon'])
  })
  const { entries } = await asker.client.api.call(messenger.readMyConversation, at(asker.conversationId))
  expect(entries.at(-1)).toMatchObject({ kind: 'message', author: { kind: 'system' }, text: 'Soon' })
})
