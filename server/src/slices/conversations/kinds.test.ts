import { randomUUID } from 'node:crypto'
import { createText } from '@foyer/client/text.ts'
import { listConversations, readConversation } from '@foyer/contract/conversations.ts'
import { entryBody, publicEntryBody } from '@foyer/contract/entries/bodies.ts'
import type { AnyBody } from '@foyer/contract/entries/kind.ts'
import { type KnownBody, kinds, type SomeKind, type TextKey } from '@foyer/contract/entries/kinds.ts'
import { message } from '@foyer/contract/entries/message.ts'
import { note } from '@foyer/contract/entries/note.ts'
import { plainText } from '@foyer/contract/entries/plain-text.ts'
import type { Entry } from '@foyer/contract/entries.ts'
import { readMyConversation } from '@foyer/contract/messenger.ts'
import { addNote, changeNote } from '@foyer/contract/notes.ts'
import { locale as locales } from '@foyer/contract/scalars.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import deMessenger from '../../../../locales/de/messenger.json' with { type: 'json' }
import deWeb from '../../../../locales/de/web.json' with { type: 'json' }
import enMessenger from '../../../../locales/en/messenger.json' with { type: 'json' }
import enWeb from '../../../../locales/en/web.json' with { type: 'json' }
import frMessenger from '../../../../locales/fr/messenger.json' with { type: 'json' }
import frWeb from '../../../../locales/fr/web.json' with { type: 'json' }
import { layOut } from '../../../../messenger/src/app/lines.ts'
import { sha256 } from '../../platform/crypto.ts'
import type { BuiltConversation, BuiltOperator } from '../../testing/build.ts'
import { type EntrySample, entrySamples } from '../../testing/entry-samples.ts'
import { type MailStage, openMailStage } from '../../testing/mail-stage.ts'
import { expectSynced } from '../../testing/world.ts'
import type { Brought } from '../files/reads.ts'
import { type ConversationContext, createHeadMemory } from './access.ts'
import { noteInLog } from './actions.ts'
import { createNews } from './news.ts'
import { happening, record } from './record.ts'

/*
 * What holds of every kind of entry, whatever it says. A kind is in it with its sample; without one the suite fails.
 */

const web = { en: enWeb, fr: frWeb, de: deWeb }
const messenger = { en: enMessenger, fr: frMessenger, de: deMessenger }
const colleagueId = randomUUID()
const groupId = randomUUID()

let stage: MailStage
let operator: BuiltOperator
let context: ConversationContext
let samples: Readonly<Record<string, EntrySample>>

beforeAll(async () => {
  stage = await openMailStage()
  operator = stage.operator
  samples = entrySamples({ operatorId: operator.id, operatorName: operator.name, colleagueId, groupId })
  context = {
    database: stage.world.database,
    heads: createHeadMemory(10),
    publish: createNews(stage.world.app.bus).tell,
    freed: () => undefined,
  }
})
afterAll(() => stage[Symbol.asyncDispose]())

function sampleOf({ event }: SomeKind): EntrySample {
  const sample = samples[event]
  if (!sample) throw new Error(`server/src/testing/entry-samples.ts has no sample of ${event}.`)
  return sample
}

async function talk() {
  const contact = await stage.world.build.contact({ organizationId: operator.organizationId })
  const { widget } = stage
  const conversation = await stage.world.build.conversation({ contact, widget, assignee: operator })
  return { conversation, operator: stage.client, contact: stage.world.contact(contact, widget.key) }
}

/** Writes a sample where its kind is written, and gives its id. */
async function write(
  kind: Pick<SomeKind, 'of' | 'event'>,
  { by, text, body }: EntrySample,
  conversation: BuiltConversation,
): Promise<string> {
  const id = randomUUID()
  const target = { organizationId: operator.organizationId, conversationId: conversation.id }
  if (kind.of === 'message') {
    const { identityId } = conversation.contact
    const content = message.read(body)?.content
    const files = await brought(body, conversation)
    const draft = {
      ...happening(id, null),
      text,
      content,
      identityId,
      isProven: true,
      ...(files ? { files } : {}),
    }
    await record(context, target, { kind: 'contact_wrote' }, draft)
  } else if (kind.of === 'note') {
    const { api } = stage.client
    const params = { conversationId: conversation.id }
    const mentions = text === '' ? [] : [operator.id]
    await api.call(addNote, { params, body: { id, text: 'First' } })
    const { content } = note.read(body) ?? {}
    await api.call(changeNote, {
      params,
      body: content ? { id, content, mentions } : { id, text: null, mentions },
    })
  } else {
    // Samples are of kinds that are known, but for the one that is not.
    const event = { id, by: by === 'operator' ? operator.id : null, body: body as KnownBody, isTold: true }
    await noteInLog(context, target, event)
  }
  return id
}

/** The files of a message's sample, finished and not sent. */
async function brought(body: AnyBody, { contact }: BuiltConversation): Promise<Brought | null> {
  const shown = message.read(body)?.files
  if (!shown) return null
  const tokenHash = sha256(contact.token)
  for (const file of shown) {
    // Written before, it was sent with another message.
    await stage.world.db.owner('delete from files where id = $1', [file.id])
    await stage.world.db.owner(
      `insert into files (organization_id, id, token_hash, name, bytes, part_bytes, received, shape)
       values ($1, $2, $3, $4, $5::bigint, 65536, '{0}', $6)`,
      [operator.organizationId, file.id, tokenHash, file.name, file.bytes, JSON.stringify(file)],
    )
  }
  return { operatorId: null, tokenHash, shown }
}

const readFresh = async ({ id }: BuiltConversation) =>
  stage.client.api.call(readConversation, { params: { conversationId: id } })

/** What it says in every language to whoever did it, to a colleague who knows everybody, and to one who knows nobody. */
function saidOf(entry: Pick<Entry, 'kind' | 'actor' | 'text' | 'body'>): string[] {
  return locales.options.flatMap((locale) => {
    const t = createText<TextKey>(locale, web[locale])
    const moment = (at: string) => at
    return [
      { meId: operator.id, nameOf: () => 'Ann' },
      { meId: randomUUID(), nameOf: () => 'Ben' },
      { meId: randomUUID(), nameOf: () => '' },
    ].map((reader) => plainText(entry, { t, moment, someone: 'Operator', ...reader }))
  })
}

const actorOf = ({ by }: EntrySample): Entry['actor'] =>
  by === 'operator' ? { kind: by, id: operator.id } : { kind: by, id: null }
const shownToContact = (kind: string, body: AnyBody | null, text = '') =>
  layOut(
    [
      {
        id: 'an-entry',
        seq: 1,
        changedSeq: 1,
        at: '2026-11-23T10:00:00Z',
        author: { kind: 'system', id: null, name: null, picture: null },
        kind,
        text,
        body,
      },
    ],
    [],
    1,
  ).filter((line) => line.kind !== 'day')

test('every kind has its sample, and every sample its kind', () => {
  expect(Object.keys(samples).sort()).toEqual(kinds.map(({ event }) => event).sort())
})

describe.each(kinds.map((kind) => [kind.event, kind] as const))('%s', (_, kind) => {
  test('its shape takes what it makes, keeps what a newer version adds, and refuses what is not it', () => {
    const { body } = sampleOf(kind)
    const fields = [...Object.keys(kind.fields), ...Object.keys(kind.internal)]
    expect(Object.keys(body).sort()).toEqual(['event', 'v', ...fields].sort())
    expect(entryBody.parse(body)).toEqual(body)
    expect(entryBody.parse({ ...body, added: 'later' })).toEqual({ ...body, added: 'later' })
    for (const field of fields)
      expect(entryBody.safeParse({ ...body, [field]: { of: 'it' } }).success).toBe(false)
    const newer = { ...body, v: kind.v + 1 }
    expect(entryBody.parse(newer)).toEqual(newer)
  })

  test('it is stored, told as a fresh read has it, previewed and found if it is a message, and erased', async () => {
    const sample = sampleOf(kind)
    const followed = await talk()
    const { conversation, contact } = followed
    const before = await readFresh(conversation)
    let id = ''
    await expectSynced(followed, async () => {
      id = await write(kind, sample, conversation)
    })
    const { entries, head } = await readFresh(conversation)
    const entry = entries.find((each) => each.id === id)
    expect(entry).toMatchObject({ kind: kind.of, text: sample.text, body: sample.body })

    const mine = await contact.api.call(readMyConversation, { params: { conversationId: conversation.id } })
    const told = mine.entries.find((each) => each.id === id)
    expect(told !== undefined).toBe(kind.audience === 'both')
    if (told?.body) expect(publicEntryBody.parse(told.body)).toEqual(told.body)
    for (const field of Object.keys(kind.internal)) expect(told?.body ?? {}).not.toHaveProperty(field)

    const isMessage = kind.of === 'message'
    expect(head.preview?.text).toBe(isMessage ? sample.text : before.head.preview?.text)
    if (isMessage) {
      const query = { list: 'all', search: sample.text, limit: 10 } as const
      const { items } = await stage.client.api.call(listConversations, { query })
      expect(items.map((item) => item.id)).toContain(conversation.id)
    }

    await stage.world.database.read(operator.organizationId, {
      text: 'select erase_contact($1, $2)',
      values: [operator.organizationId, conversation.contact.id],
    })
    expect(await stage.world.db.owner('select from entries where id = $1', [id])).toEqual([])
  })

  test('it has texts in every language, for operators and for contacts who are told of it', () => {
    const sample = sampleOf(kind)
    const { text, body } = sample
    const said = saidOf({ kind: kind.of, actor: actorOf(sample), text, body })
    for (const sentence of said) expect(sentence).toMatch(/^(?!\w+\.\w+$)[^{}]+$/)
    const unknown = locales.options.map((locale) => web[locale]['event.unknown'])
    expect(said.filter((sentence) => unknown.includes(sentence))).toEqual([])
    if (kind.audience === 'operators' || kind.of === 'message') return
    for (const line of shownToContact(kind.of, body)) {
      if (line.kind !== 'event') continue
      expect(line.event).toBe(kind.event)
      for (const locale of locales.options) expect(messenger[locale]).toHaveProperty([`event.${line.event}`])
    }
  })

  test('of a newer version it is a neutral line to both sides', () => {
    const sample = sampleOf(kind)
    const body = { ...sample.body, v: kind.v + 1 }
    for (const sentence of saidOf({ kind: kind.of, actor: actorOf(sample), text: '', body }))
      expect(locales.options.map((locale) => web[locale]['event.unknown'])).toContain(sentence)
    expect(shownToContact(kind.of, body)).toMatchObject([{ kind: 'event', event: 'unknown' }])
  })
})

test('[T4] messages alone are mailed', async () => {
  const { conversation } = await stage.conversation(`${randomUUID()}@contact.example`)
  for (const kind of kinds.filter(({ of }) => of !== 'message'))
    await write(kind, sampleOf(kind), conversation)
  await stage.answer(conversation, 'An axolotl')
  await stage.pass(11)
  const [mail] = await stage.mailbox.arrived(1)
  expect(mail?.text).toContain('> An axolotl')
  for (const said of ['quokka', 'Ocelots', 'okapi', 'silence']) expect(mail?.text).not.toContain(said)
})

test('what only a newer version knows is kept as it is, shows to operators as a neutral line, and reaches no contact', async () => {
  const followed = await talk()
  const body = { v: 1, event: 'teleported', where: 'Mars' }
  let id = ''
  await expectSynced(followed, async () => {
    id = await write(
      { of: 'event', event: 'unblocked' },
      { by: 'system', text: '', body },
      followed.conversation,
    )
  })
  const entry = (await readFresh(followed.conversation)).entries.find((each) => each.id === id)
  expect(entry).toMatchObject({ body, publicSeq: null })
  expect(saidOf(entry as Entry)).toContain(enWeb['event.unknown'])
  expect(shownToContact('event', body)).toMatchObject([{ kind: 'event', event: 'unknown' }])
  // What is said is read all the same, whatever stands beside it.
  expect(saidOf({ ...(entry as Entry), kind: 'message', text: 'A heron' })).toContain('A heron')
  expect(shownToContact('message', null, 'A heron')).toMatchObject([{ kind: 'message', text: 'A heron' }])
})
