import { listConversations, readConversation } from '@foyer/contract/conversations.ts'
import { createSample, readSample, removeSample } from '@foyer/contract/organizations.ts'
import type { ServerFrame } from '@foyer/contract/protocol.ts'
import { listTeam } from '@foyer/contract/team.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import type { BuiltOperator, BuiltWidget } from '../../testing/build.ts'
import { eventually, type OperatorClient, startWorldForTest, type World } from '../../testing/world.ts'
import { sampleContacts } from './content.ts'

let world: World
let owner: BuiltOperator
let widget: BuiltWidget
let client: OperatorClient
beforeEach(async () => {
  world = await startWorldForTest()
  owner = await world.build.operator({ role: 'owner', name: 'Olga' })
  widget = await world.build.widget({ organizationId: owner.organizationId })
  client = await world.operator(owner)
})

const status = () => client.api.call(readSample)
const until = (state: string) => eventually(status, (now) => now.state === state, 20_000)

/** Every row of every table with an organization, but the organization's own version. */
async function everything(): Promise<Record<string, unknown[]>> {
  const tables = [
    'organizations',
    'operators',
    'widgets',
    'contacts',
    'identities',
    'conversations',
    'entries',
    'jobs',
  ]
  const rows = await Promise.all(
    tables.map((table) =>
      world.db.owner<{ row: object }>(
        `select to_jsonb(t) - 'version' as row from ${table} t where to_jsonb(t)->>'sample' is distinct from 'true' order by 1`,
      ),
    ),
  )
  return Object.fromEntries(tables.map((table, index) => [table, rows[index] ?? []]))
}

describe('sample data', () => {
  test('is created in steps that operators hear of, and is read like anything else', async () => {
    const frames: ServerFrame[] = []
    client.live.onFrame((frame) => frames.push(frame))
    client.live.setLists(() => ({ digests: { mine: null } }))
    await eventually(
      () => client.live.status(),
      (now) => now === 'live',
    )
    expect(await status()).toEqual({ state: 'absent', progress: 0 })
    expect(await client.api.call(createSample)).toEqual({ state: 'creating', progress: 0 })
    expect(await until('present')).toEqual({ state: 'present', progress: 1 })
    const told = await eventually(
      () => frames.filter((frame) => frame.type === 'changed' && frame.what === 'sample'),
      (all) => all.length > sampleContacts.length / 5,
    )
    const versions = told.map((frame) => (frame.type === 'changed' ? frame.version : 0))
    expect(versions).toEqual([...versions].sort((a, b) => a - b))

    const all = await client.api.call(listConversations, { query: { list: 'all', limit: 100 } })
    expect(all.items).toHaveLength(sampleContacts.flatMap(({ scripts }) => scripts).length)
    for (const { id } of all.items) {
      const packet = await client.api.call(readConversation, { params: { conversationId: id } })
      expect(packet.entries.at(-1)?.seq).toBeLessThanOrEqual(packet.n)
    }
    const team = (await client.api.call(listTeam)).items
    expect(team.filter(({ sample }) => !sample).map(({ name }) => name)).toEqual(['Olga'])
    expect(team.filter(({ sample }) => sample).length, 'made-up colleagues, marked as such').toBeGreaterThan(
      1,
    )

    const found = await client.api.call(listConversations, { query: { list: 'all', search: 'Kessel' } })
    expect(found.items.length).toBeGreaterThan(0)
    expect(await world.db.owner('select from jobs')).toEqual([])
  })

  test('is created and removed one at a time', async () => {
    const answers = await Promise.allSettled(Array.from({ length: 5 }, () => client.api.call(createSample)))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await expect(client.api.call(removeSample)).rejects.toMatchObject({ code: 'sample.working', status: 409 })
    await until('present')
    expect(await client.api.call(createSample)).toEqual({ state: 'present', progress: 1 })
    expect(await client.api.call(removeSample)).toEqual({ state: 'removing', progress: 0 })
    await expect(client.api.call(createSample)).rejects.toMatchObject({ code: 'sample.working' })
    await until('absent')
    expect(await client.api.call(removeSample)).toEqual({ state: 'absent', progress: 0 })
    const [{ count } = { count: -1 }] = await world.db.owner<{ count: number }>(
      'select (select count(*)::int from contacts) + (select count(*)::int from operators where sample) as count',
    )
    expect(count).toBe(0)
  })

  test('is for owners and admins', async () => {
    const colleague = await world.build.operator({ organizationId: owner.organizationId })
    const { api } = await world.operator(colleague)
    expect(await api.call(readSample)).toEqual({ state: 'absent', progress: 0 })
    for (const route of [createSample, removeSample])
      await expect(api.call(route)).rejects.toMatchObject({ code: 'role.missing', status: 403 })
  })

  test('lets nobody log in as one of its operators', async () => {
    await client.api.call(createSample)
    await until('present')
    const rows = await world.db.owner<{ email: string; password_hash: string | null }>(
      'select email, password_hash from operators where sample',
    )
    expect(rows).toHaveLength(4)
    for (const { email, password_hash } of rows) {
      expect(password_hash).toBeNull()
      await expect(world.logIn({ ...owner, email, password: '' })).rejects.toThrow()
    }
  })

  test('goes and takes nothing else with it', async () => {
    const { organizationId } = owner
    const stranger = await world.build.conversation({ text: 'A canary of another organization' })
    const contact = await world.build.contact({ organizationId, name: 'A canary' })
    const mine = await world.build.conversation({ contact, widget, assignee: owner })
    await world.build.happen(mine, { kind: 'operator_wrote', by: owner.id }, 'Hello canary')
    await world.build.conversation({ contact, widget })
    const before = await everything()

    await client.api.call(createSample)
    await until('present')
    const [tom] = await world.db.owner<{ id: string; name: string }>(
      `select id, name from operators where sample and email like 'tom@%'`,
    )
    if (!tom) throw new Error('Tom is missing.')
    const given = await world.build.conversation({ contact, widget, text: 'For Tom' })
    const toTom = { kind: 'assigned', by: owner.id, from: null, to: tom.id, toName: tom.name } as const
    await world.build.happen(given, toTom)
    const ended = await world.build.conversation({ contact, widget, text: 'For Tom, and over' })
    await world.build.happen(ended, toTom)
    await world.build.happen(ended, { kind: 'ended', by: tom.id })
    const extra = [given.id, ended.id]

    await client.api.call(removeSample)
    await until('absent')
    const packets = await Promise.all(
      extra.map((conversationId) => client.api.call(readConversation, { params: { conversationId } })),
    )
    expect(packets.map(({ head }) => head.assigneeId)).toEqual([null, null])
    expect(packets[0]?.n).toBe(given.row.seq + 1)
    expect(packets[1]?.n).toBe(ended.row.seq + 1)
    expect(packets[1]?.head.state).toBe('ended')

    await world.db.owner('delete from conversations where id = any ($1)', [extra])
    expect(await everything()).toEqual(before)
    expect(JSON.stringify(before)).toContain(stranger.id)
  })
})
