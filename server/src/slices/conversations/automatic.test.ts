import { randomUUID } from 'node:crypto'
import { createApi } from '@foyer/client/api.ts'
import { readConversation } from '@foyer/contract/conversations.ts'
import * as messenger from '@foyer/contract/messenger.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { randomToken } from '../../platform/crypto.ts'
import { at, createLiveStage, type LiveStage } from '../../testing/live-stage.ts'
import { expectSynced, startWorld, type World } from '../../testing/world.ts'

let world: World
let stage: LiveStage
beforeAll(async () => {
  world = await startWorld()
  stage = createLiveStage(world)
})
afterAll(() => world[Symbol.asyncDispose]())

const closed = { zone: 'Europe/Berlin', week: [[], [], [], [], [], [], []], dates: [] }
const texts = { welcome: { en: 'Welcome' }, away: { en: 'We are away', fr: 'Nous sommes absents' } }

/** A team whose widget says something by itself, outside its business hours or without any. */
async function speaking(slots: number[], isClosed = false) {
  const team = await stage.team(slots)
  await world.db.owner('update widgets set hours = $2, texts = $3 where id = $1', [
    team.widget.id,
    isClosed ? JSON.stringify(closed) : null,
    JSON.stringify(texts),
  ])
  return team
}

const said = (id: string) =>
  world.db.owner<{ actor_kind: string; text: string; seq: number; public_seq: number }>(
    `select actor_kind, text, seq::int, public_seq::int from entries
      where conversation_id = $1 and kind = 'message' order by seq`,
    [id],
  )
const textsOf = async (id: string) => (await said(id)).map(({ text }) => text)

function newcomer(widgetKey: string, locale?: 'fr') {
  const token = randomToken()
  const body = {
    id: randomUUID(),
    widgetKey,
    message: { id: randomUUID(), text: 'Hello' },
    ...(locale ? { locale } : {}),
  }
  return { api: createApi({ base: world.url, headers: () => ({ authorization: `Contact ${token}` }) }), body }
}

test('[X1, I14] the away message comes once a day for a contact, moves nothing, and is no answer', async () => {
  const team = await speaking([2], true)
  const asker = await team.write('First')
  await stage.say(asker, 'Second')
  const other = await stage.writeAgain(team, asker)
  expect(await textsOf(asker.conversationId)).toEqual(['Welcome', 'First', 'We are away', 'Second'])
  expect(await textsOf(other.conversationId)).toEqual(['Welcome', 'Once more'])
  const [row] = await world.db.owner(
    `select state, answered, unread_contact::int, unread_operator::int, preview_text, waiting_since = created_at as waits
      from conversations where id = $1`,
    [asker.conversationId],
  )
  expect(row).toEqual({
    state: 'new',
    answered: false,
    unread_contact: 0,
    unread_operator: 2,
    preview_text: 'Second',
    waits: true,
  })
  await world.db.owner(
    `update contacts set away_told_at = away_told_at - interval '24 hours' where id = $1`,
    [asker.contact.id],
  )
  await stage.say(asker, 'Next day')
  expect((await textsOf(asker.conversationId)).slice(-2)).toEqual(['Next day', 'We are away'])
})

test('[X1] who writes in three conversations at once is told once', async () => {
  const team = await speaking([0], true)
  const contact = await world.build.contact({ organizationId: team.organizationId })
  const begun = await Promise.all(['a', 'b', 'c'].map((text) => stage.write(team, text, contact)))
  const all = await Promise.all(begun.map(({ conversationId }) => textsOf(conversationId)))
  expect(all.flat().filter((text) => text === 'We are away')).toHaveLength(1)
})

test('[X1] it comes where nobody is there, in the contact’s language; not where everybody is busy', async () => {
  const nobody = await speaking([])
  const { api, body } = newcomer(nobody.widget.key, 'fr')
  await api.call(messenger.startConversation, { body })
  expect(await textsOf(body.id)).toEqual(['Welcome', 'Hello', 'Nous sommes absents'])
  const busy = await speaking([0])
  const asker = await busy.write()
  expect(await textsOf(asker.conversationId)).toEqual(['Welcome', 'Is anybody there?'])
})

test('[X2] the welcome is the first entry, and both sides hold the same', async () => {
  const team = await speaking([1])
  const asker = await team.write()
  const packet = await asker.client.api.call(messenger.readMyConversation, at(asker.conversationId))
  expect(packet.entries.map(({ seq, author, kind }) => [seq, author.kind, kind])).toEqual([
    [1, 'system', 'message'],
    [2, 'contact', 'message'],
    [3, 'system', 'event'],
  ])
  expect(packet.head).toMatchObject({ n: 3, live: true, unread: 0, readByContact: 3 })
  const operator = team.operators[0]?.client as never as Parameters<typeof expectSynced>[0]['operator']
  const seen = await operator.api.call(readConversation, at(asker.conversationId))
  expect(seen.entries.map(({ actor }) => actor.kind)).toEqual(['automatic', 'contact', 'system'])
  const conversation = { id: asker.conversationId } as Parameters<typeof expectSynced>[0]['conversation']
  await expectSynced({ conversation, operator, contact: asker.client }, () => stage.say(asker))
})

test('[X2] both sides hold the away message that follows, and reading it changes no count', async () => {
  const team = await stage.team([0])
  const asker = await team.write()
  await world.db.owner('update widgets set hours = $2, texts = $3 where id = $1', [
    team.widget.id,
    JSON.stringify(closed),
    JSON.stringify(texts),
  ])
  const operator = team.operators[0]?.client as never as Parameters<typeof expectSynced>[0]['operator']
  const conversation = { id: asker.conversationId } as Parameters<typeof expectSynced>[0]['conversation']
  await expectSynced({ conversation, operator, contact: asker.client }, () => stage.say(asker))
  expect((await said(asker.conversationId)).at(-1)).toMatchObject({ actor_kind: 'automatic', seq: 3 })
  await asker.client.api.call(messenger.markMyReading, { ...at(asker.conversationId), body: { read: 2 } })
  const { head } = await asker.client.api.call(messenger.readMyConversation, at(asker.conversationId))
  expect(head.unread).toBe(0)
})

test('[X2] fifty first messages at once make one conversation, one welcome, one away message', async () => {
  const team = await speaking([0], true)
  const { api, body } = newcomer(team.widget.key)
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => api.call(messenger.startConversation, { body })),
  )
  expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1)
  expect(await said(body.id)).toEqual([
    { actor_kind: 'automatic', text: 'Welcome', seq: 1, public_seq: 1 },
    { actor_kind: 'contact', text: 'Hello', seq: 2, public_seq: 2 },
    { actor_kind: 'automatic', text: 'We are away', seq: 3, public_seq: 3 },
  ])
})
