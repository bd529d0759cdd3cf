import { randomUUID } from 'node:crypto'
import { type MessengerConfig, readMessengerConfig, startConversation } from '@foyer/contract/messenger.ts'
import { saveGroup, saveSkill } from '@foyer/contract/team.ts'
import { listWidgets, updateWidget } from '@foyer/contract/widgets.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../platform/db/database.ts'
import type { BuiltOperator } from '../../testing/build.ts'
import { codeOf, eventually, type OperatorClient, startWorld, type World } from '../../testing/world.ts'
import { accessWidget } from './access.ts'
import { createMessengerConfigs } from './reads.ts'

let world: World
let admin: BuiltOperator
let client: OperatorClient
let id: string

beforeAll(async () => {
  world = await startWorld()
  admin = await world.build.operator({ role: 'admin' })
  client = await world.operator(admin)
  id = (await world.build.widget({ organizationId: admin.organizationId })).id
})
afterAll(() => world[Symbol.asyncDispose]())

const plain = {
  name: 'Website',
  locale: 'fr' as const,
  color: '#112233',
  allowedSites: [] as string[],
  routing: 'everyone' as const,
  groupId: null,
  operatorId: null,
  skillIds: [] as string[],
  groupIds: [] as string[],
  mailMinutes: 30,
  waitingMinutes: null,
  silentMinutes: null,
  liveMinutes: 5,
  hours: null,
  texts: { welcome: {}, away: {}, waiting: {}, silent: {} },
  privacy: null,
}
const update = (change: object) =>
  client.api.call(updateWidget, { body: { ...plain, ...change, id } as never })

test('[X1, I16] a widget is changed as a whole, and what its routing does not need is dropped', async () => {
  const group = await client.api.call(saveGroup, { body: { id: randomUUID(), name: 'G', memberIds: [] } })
  const skill = await client.api.call(saveSkill, { body: { id: randomUUID(), name: 'S', memberIds: [] } })
  const grouped = await update({ routing: 'group', groupId: group.id, skillIds: [skill.id] })
  expect(grouped).toMatchObject({
    routing: 'group',
    groupId: group.id,
    skillIds: [],
    liveMinutes: 5,
    locale: 'fr',
  })
  const skilled = await update({ routing: 'skills', groupId: group.id, skillIds: [skill.id, skill.id] })
  expect(skilled).toMatchObject({ routing: 'skills', groupId: null, skillIds: [skill.id] })
  const named = await update({ routing: 'operator', operatorId: admin.id })
  expect(named).toMatchObject({ routing: 'operator', operatorId: admin.id, skillIds: [] })
  expect((await client.api.call(listWidgets)).items).toEqual([named])
})

test('every zone that is taken lets a first message through', async () => {
  const week = Array.from({ length: 7 }, () => [])
  const widget = (await client.api.call(listWidgets)).items[0]
  const zones = [
    ...Intl.supportedValuesOf('timeZone'),
    'US/Pacific-New',
    'EST',
    'CET',
    'UTC',
    'Etc/GMT+5',
    'europe/berlin',
  ]
  const some = zones.filter((_, index) => index % 40 === 0 || index > zones.length - 7)
  for (const zone of some) {
    const code = await codeOf(update({ hours: { zone, week, dates: [] } }))
    if (code !== 'done') {
      expect([zone, code]).toEqual(['US/Pacific-New', 'widget.hours_invalid'])
      continue
    }
    const contact = await world.build.contact({ organizationId: admin.organizationId })
    const body = { id: randomUUID(), widgetKey: widget?.key ?? '', message: { id: randomUUID(), text: 'x' } }
    expect(
      await codeOf(world.contact(contact, body.widgetKey).api.call(startConversation, { body })),
      zone,
    ).toBe('done')
  }
})

test('[X1] business hours, texts and terms are kept as they are given, and refused where they do not fit', async () => {
  const day = [
    { from: '09:00', to: '12:00' },
    { from: '13:00', to: '24:00' },
  ]
  const hours = { zone: 'Europe/Paris', week: Array.from({ length: 7 }, () => day), dates: [] }
  const texts = { welcome: { fr: 'Bonjour' }, away: {}, waiting: {}, silent: { fr: 'Vous êtes là ?' } }
  const privacy = { url: 'https://shop.example/terms', text: { fr: 'Nos conditions' } }
  const after = { waitingMinutes: 120, silentMinutes: 10_080 }
  expect(await update({ hours, texts, privacy, ...after })).toMatchObject({ hours, texts, privacy, ...after })
  for (const wrong of [
    { ...hours, zone: 'Mars/Olympus' },
    // Known to one of those who reckon by it, and not to the other, or in another way.
    { ...hours, zone: 'US/Pacific-New' },
    { ...hours, zone: '+02:00' },
    { ...hours, zone: 'posixrules' },
    { ...hours, week: hours.week.map(() => day.toReversed()) },
  ])
    expect(await codeOf(update({ hours: wrong }))).toBe('widget.hours_invalid')
  for (const url of ['javascript:alert(1)', 'http://shop.example', 'no address'])
    expect(await codeOf(update({ privacy: { url, text: {} } }))).toBe('request.invalid')
  for (const wrong of [{ waitingMinutes: 121 }, { waitingMinutes: 0 }, { silentMinutes: 10_081 }])
    expect(await codeOf(update(wrong))).toBe('request.invalid')
  expect((await client.api.call(listWidgets)).items[0]).toMatchObject({ hours, texts, privacy, ...after })
})

test('[X1] an incomplete routing, and what is not there, is refused and changes nothing', async () => {
  const before = (await client.api.call(listWidgets)).items
  expect(await codeOf(update({ routing: 'group' }))).toBe('widget.routing_incomplete')
  expect(await codeOf(update({ routing: 'skills' }))).toBe('widget.routing_incomplete')
  expect(await codeOf(update({ routing: 'group', groupId: randomUUID() }))).toBe('group.unknown')
  expect(await codeOf(update({ routing: 'skills', skillIds: [randomUUID()] }))).toBe('skill.unknown')
  const stranger = await world.build.operator()
  expect(await codeOf(update({ routing: 'operator', operatorId: stranger.id }))).toBe('operator.unknown')
  const elsewhere = await world.build.widget()
  const theirs = client.api.call(updateWidget, { body: { ...plain, id: elsewhere.id } })
  expect(await codeOf(theirs)).toBe('widget.unknown')
  expect((await client.api.call(listWidgets)).items).toEqual(before)
})

test('[X1] sites are origins and nothing more', async () => {
  const { allowedSites } = await update({ allowedSites: ['https://shop.example/', 'https://*.shop.example'] })
  expect(allowedSites).toEqual(['https://shop.example', 'https://*.shop.example'])
  for (const site of [
    'shop.example',
    'https://shop.example/path',
    'javascript:alert(1)',
    'https://*',
    'https://a b',
  ])
    expect(await codeOf(update({ allowedSites: [site] })), site).toBe('widget.sites_invalid')
})

test('[I16, X2] the contact picks a group among those offered, and none that is not', async () => {
  const member = await world.build.operator({ organizationId: admin.organizationId })
  const save = (name: string, memberIds: string[]) =>
    client.api.call(saveGroup, { body: { id: randomUUID(), name, memberIds } })
  const [sales, returns, hidden] = [
    await save('Sales', []),
    await save('Returns', [member.id]),
    await save('H', []),
  ]
  const { key } = await update({ routing: 'choice', groupIds: [returns.id, sales.id] })
  const config = await client.api.call(readMessengerConfig, { params: { widgetKey: key } })
  expect(config.groups.map(({ name }) => name)).toEqual(['Returns', 'Sales'])
  const contact = world.contact(await world.build.contact({ organizationId: admin.organizationId }), key)
  const start = (groupId: string) => {
    const body = { id: randomUUID(), widgetKey: key, groupId, message: { id: randomUUID(), text: 'Hello' } }
    return contact.api.call(startConversation, { body })
  }
  expect(await codeOf(start(hidden.id))).toBe('group.unknown')
  const { packet } = await start(returns.id)
  const [row] = await world.db.owner<{ group_id: string }>(
    'select group_id from conversations where id = $1',
    [packet.conversationId],
  )
  expect(row?.group_id).toBe(returns.id)
})

test('[X1] what a messenger is shown is new in every process as soon as the widget or what it offers changes', async () => {
  const group = await client.api.call(saveGroup, { body: { id: randomUUID(), name: 'Help', memberIds: [] } })
  const { key } = await update({ routing: 'choice', groupIds: [group.id] })
  const other = await world.another()
  const shownAt = async (url: string) =>
    (await fetch(`${url}/api/v1/messenger/widgets/${key}`)).json() as Promise<MessengerConfig>
  for (const { url } of [world, other])
    expect(await shownAt(url)).toMatchObject({ color: '#112233', available: false })
  await update({ routing: 'choice', groupIds: [group.id], color: '#445566' })
  expect(await shownAt(world.url)).toMatchObject({ color: '#445566' })
  await eventually(
    () => shownAt(other.url),
    ({ color }) => color === '#445566',
    1_000,
  )
  await client.api.call(saveGroup, { body: { id: group.id, name: 'Advice', memberIds: [] } })
  for (const { url } of [world, other])
    await eventually(
      () => shownAt(url),
      ({ groups }) => groups[0]?.name === 'Advice',
      1_000,
    )
})

test('[X1] many who look at a widget cost the database one look, until its service opens or closes', async () => {
  const database = counting(world.database)
  const configs = createMessengerConfigs({ database })
  const widget = await world.build.widget()
  const day = [{ from: '09:00', to: '17:00' }]
  const hours = { zone: 'Europe/Paris', week: Array.from({ length: 7 }, () => day), dates: [] }
  await world.db.owner('update widgets set hours = $2 where id = $1', [widget.id, JSON.stringify(hours)])
  const proof = await accessWidget(world, widget.key, { origin: null, ownOrigin: world.url })
  const asked = await Promise.all(Array.from({ length: 40 }, () => configs.read(proof)))
  expect(new Set(asked.map((each) => JSON.stringify(each))).size).toBe(1)
  await configs.read(proof)
  expect(database.names.filter((name) => name === 'read_messenger_config')).toHaveLength(1)
  expect(database.names.filter((name) => name === 'availability')).toHaveLength(1)
})

/** A database that says which statements were run on it. */
function counting(database: Database): Database & { names: string[] } {
  const names: string[] = []
  return {
    ...database,
    names,
    read(organizationId, statement) {
      names.push(statement.name ?? '')
      return database.read(organizationId, statement)
    },
  }
}
