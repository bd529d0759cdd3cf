import { randomUUID } from 'node:crypto'
import { setMyEmail } from '@foyer/contract/mail.ts'
import * as messenger from '@foyer/contract/messenger.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { randomToken } from '../../platform/crypto.ts'
import type { BuiltWidget } from '../../testing/build.ts'
import { type ContactClient, codeOf, startWorld, type World } from '../../testing/world.ts'

let world: World
let widget: BuiltWidget
let organizationId: string
const hour = { points: 3, seconds: 3600 }
beforeAll(async () => {
  world = await startWorld({
    limited: {
      contact_conversation: hour,
      contact_email: hour,
      address_message: { points: 40, seconds: 60 },
      organization_message: { points: 60, seconds: 60, each: true },
      widget_conversation: { points: 20, seconds: 60, each: true },
    },
  })
  widget = await world.build.widget()
  organizationId = widget.organizationId
})
afterAll(() => world[Symbol.asyncDispose]())

const somebody = async () => world.contact(await world.build.contact({ organizationId }), widget.key)
const begin = (of: ContactClient, id = randomUUID(), at = widget) =>
  of.api.call(messenger.startConversation, {
    body: { id, widgetKey: at.key, message: { id: derived(id), text: 'Hello' } },
  })
/** The message of a start: the same each time the start is sent. */
const derived = (id: string) => id.replace(/^.{8}/, '00000000')
const write = (of: ContactClient, conversationId: string, id = randomUUID()) =>
  of.api.call(messenger.writeMessage, { params: { conversationId }, body: { id, text: 'More' } })
const counted = () => world.db.owner('select key from rate_limits')

/** What the database says when its disk is full, of every new entry until it is taken back. */
async function fillDisk(): Promise<() => Promise<unknown>> {
  await world.db.owner(`create or replace function full_disk() returns trigger language plpgsql as
    $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$`)
  await world.db.owner('create trigger full_disk before insert on entries execute function full_disk()')
  return () => world.db.owner('drop trigger full_disk on entries')
}

describe('[K13] what contacts may write is limited by what they did', () => {
  test('a start that failed costs nothing, so that the first message goes out as soon as it can', async () => {
    const zoe = await somebody()
    const free = await fillDisk()
    const id = randomUUID()
    try {
      for (let n = 0; n < 8; n++) expect(await codeOf(begin(zoe, id))).toBe('server.unavailable')
      for (let n = 0; n < 8; n++) expect(await codeOf(begin(zoe))).toBe('server.unavailable')
    } finally {
      await free()
    }
    expect(await codeOf(begin(zoe, id))).toBe('done')
  })

  test('a start counts once, however often it is sent, and is answered even where nothing more may be begun', async () => {
    const zoe = await somebody()
    const first = randomUUID()
    const sent = await Promise.all(Array.from({ length: 10 }, () => begin(zoe, first)))
    expect(new Set(sent.map(({ packet }) => packet.conversationId))).toEqual(new Set([first]))
    for (let n = 1; n < hour.points; n++) expect(await codeOf(begin(zoe))).toBe('done')
    expect(await codeOf(begin(zoe))).toBe('request.too_many')
    expect((await begin(zoe, first)).replayed).toBe(true)
    // What somebody else has begun is no repetition of theirs.
    expect(await codeOf(begin(await somebody(), first))).not.toBe('done')
  })

  test('an address left again, or refused, costs nothing', async () => {
    const zoe = await somebody()
    await begin(zoe)
    const leave = (email: string) => zoe.api.call(setMyEmail, { body: { email } })
    for (let n = 0; n < 8; n++) expect(await codeOf(leave('zoe@example.com'))).toBe('done')
    for (let n = 0; n < 8; n++) expect(await codeOf(leave('no address'))).toBe('request.invalid')
    for (let n = 1; n < hour.points; n++) expect(await codeOf(leave(`zoe${n}@example.com`))).toBe('done')
    expect(await codeOf(leave('zoe4@example.com'))).toBe('request.too_many')
  })

  test('nothing is stored for whom nobody knows, nor for a widget that is none', async () => {
    const before = (await counted()).length
    const nowhere = { ...widget, key: 'nowhere' }
    for (let n = 0; n < 20; n++) {
      const stranger = world.contact(
        { id: '', organizationId, name: null, identityId: '', token: randomToken() },
        widget.key,
      )
      const leave = stranger.api.call(setMyEmail, { body: { email: 'a@example.com' } })
      expect(await codeOf(leave)).toBe('contact.unknown')
      expect(await codeOf(begin(stranger, randomUUID(), nowhere))).toBe('widget.unknown')
      expect(await codeOf(write(stranger, randomUUID()))).toBe('conversation.unknown')
    }
    expect((await counted()).length).toBe(before)
  })

  test('who makes up many contacts is counted by where they are; what is stored is answered all the same', async () => {
    await world.db.advance(60_000)
    const talks: { of: ContactClient; id: string }[] = []
    for (let n = 0; n < 8; n++) {
      const of = await somebody()
      talks.push({ of, id: (await begin(of)).packet.conversationId })
    }
    const outcomes: string[] = []
    const stored = randomUUID()
    const [one] = talks
    if (!one) throw new Error('nobody')
    await write(one.of, one.id, stored)
    for (let n = 0; n < 10; n++) for (const { of, id } of talks) outcomes.push(await codeOf(write(of, id)))
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(40 - 8 - 1)
    expect(outcomes.at(-1)).toBe('request.too_many')
    expect((await write(one.of, one.id, stored)).replayed).toBe(true)
  })
})
