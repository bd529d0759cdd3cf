import { randomUUID } from 'node:crypto'
import { assignConversation, assignGroup } from '@foyer/contract/conversations.ts'
import * as contract from '@foyer/contract/roles.ts'
import type { Route } from '@foyer/contract/route.ts'
import { routes } from '@foyer/contract/routes.ts'
import { readSession } from '@foyer/contract/sessions.ts'
import { invite, setActive, setRole } from '@foyer/contract/team.ts'
import { updateWidget } from '@foyer/contract/widgets.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BuiltOperator, BuiltWidget } from '../../testing/build.ts'
import { plainWidget } from '../../testing/request-bodies.ts'
import { routeRights } from '../../testing/rights.ts'
import { eventually, type OperatorClient, startWorld, type World } from '../../testing/world.ts'

let world: World
let organizationId: string
let owner: BuiltOperator
let widget: BuiltWidget
let groupId: string
beforeAll(async () => {
  world = await startWorld()
  owner = await world.build.operator({ role: 'owner' })
  organizationId = owner.organizationId
  widget = await world.build.widget({ organizationId })
  groupId = await world.build.group({ organizationId })
})
afterAll(() => world[Symbol.asyncDispose]())

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (failure: { code: string }) => failure.code,
  )
const idOf = (kind: string) => world.build.roleId(organizationId, kind)
const own = (...rights: contract.Right[]) => world.build.role({ organizationId, rights })
const withRole = async (roleId: string) => {
  const operator = await world.build.operator({ organizationId, roleId })
  return { operator, client: await world.operator(operator) }
}
const save = (client: OperatorClient, body: { id: string; name?: string; rights: contract.Right[] }) =>
  codeOf(client.api.call(contract.saveRole, { body: { name: null, ...body } }))

/** What a route demands; those that are not here demand nothing of the role. */
const demanded: Readonly<Record<string, contract.Right>> = {
  createSample: 'samples.manage',
  removeSample: 'samples.manage',
  saveGroup: 'team.manage',
  removeGroup: 'team.manage',
  saveSkill: 'team.manage',
  removeSkill: 'team.manage',
  listInvitations: 'team.read',
  invite: 'team.manage',
  withdrawInvitation: 'team.manage',
  setActive: 'team.manage',
  setRole: 'team.manage',
  updateColleague: 'team.manage',
  logOutColleague: 'team.manage',
  listTeam: 'team.read',
  listRoles: 'team.read',
  saveRole: 'roles.manage',
  removeRole: 'roles.manage',
  updateWidget: 'widgets.manage',
  readFileSettings: 'widgets.manage',
  updateFileSettings: 'widgets.manage',
  listNotices: 'widgets.manage',
  makePasswordLink: 'team.manage',
  listMails: 'mail.read',
  readMail: 'mail.read',
  sendTestMail: 'mail.read',
  assignConversation: 'conversations.assign_others',
  assignGroup: 'conversations.assign_others',
  blockContact: 'contacts.block',
  unblockContact: 'contacts.block',
}
const builtIn: Readonly<Record<string, readonly contract.Right[]>> = {
  owner: contract.rights,
  manager: contract.rights,
  admin: contract.rights.filter((right) => right !== 'roles.manage'),
  analyst: ['team.read'],
  operator: ['conversations.take_over', 'conversations.assign_others', 'contacts.block'],
  'an own one that allows nothing': [],
}

describe.each(Object.entries(builtIn))('[X7] the role of %s', (kind, rights) => {
  test('is let through by every route as far as it allows, and refused by name', async () => {
    const isOwn = kind.startsWith('an own')
    const who = kind === 'owner' ? owner : (await withRole(isOwn ? await own() : await idOf(kind))).operator
    const { cookie } = await world.logIn(who)
    const spare = await world.build.operator({ organizationId })
    const operatorRoutes = Object.entries(routes).filter(
      ([name, { caller }]) => caller === 'operator' && name !== 'logOut' && name !== 'handOver',
    )
    for (const [name, route] of operatorRoutes) {
      const row = routeRights[name]
      if (!row) throw new Error(`${name} has no row`)
      const target =
        row.target === 'conversation' ? (await world.build.conversation({ widget })).id : randomUUID()
      const facts = {
        newId: randomUUID,
        target,
        widgetKey: widget.key,
        widgetId: widget.id,
        assigneeId: null,
      }
      const body = row.body?.({ ...facts, groupId, roleId: spare.roleId, spare })
      const answer = await send(route, { cookie, target, query: row.query, body })
      const needed = demanded[name]
      const may = needed === undefined || rights.includes(needed)
      expect(answer.error?.code === 'role.missing', `${name}: ${JSON.stringify(answer)}`).toBe(!may)
      if (!may) expect(answer.error?.details).toEqual({ right: needed })
    }
  })
})

async function send(
  route: Route,
  given: { cookie: string; target: string; query: string | undefined; body: unknown },
): Promise<{ error?: { code: string; details?: unknown } }> {
  const path = route.path.replace(/:\w+/, given.target)
  const response = await fetch(`${world.url}${path}${given.query ? `?${given.query}` : ''}`, {
    method: route.method,
    headers: {
      cookie: given.cookie,
      ...(route.method === 'GET' ? {} : { 'x-foyer': '1' }),
      ...(given.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
  })
  return (await response.json()) as { error?: { code: string; details?: unknown } }
}

test('[X7, I15] taking what nobody has and giving it back is everybody’s; the rest is for the role', async () => {
  const { operator, client } = await withRole(await own())
  const assign = (conversationId: string, operatorId: string | null, from: string | null) =>
    codeOf(
      client.api.call(assignConversation, {
        params: { conversationId },
        body: { id: randomUUID(), operatorId, from },
      }),
    )
  const free = (await world.build.conversation({ widget })).id
  expect(await assign(free, operator.id, null)).toBe('done')
  expect(await assign(free, owner.id, operator.id)).toBe('role.missing')
  expect(await assign(free, null, operator.id)).toBe('done')
  const taken = (await world.build.conversation({ widget, assignee: owner })).id
  expect(await assign(taken, operator.id, owner.id)).toBe('role.missing')
  // Saying it was nobody's, or one's own, does not help.
  expect(await assign(taken, operator.id, null)).toBe('conversation.assigned_meanwhile')
  expect(await assign(taken, null, operator.id)).toBe('conversation.assigned_meanwhile')
  expect(await assign(taken, null, owner.id)).toBe('role.missing')
  const toGroup = client.api.call(assignGroup, {
    params: { conversationId: free },
    body: { id: randomUUID(), groupId },
  })
  expect(await codeOf(toGroup)).toBe('role.missing')
})

test('[X7] nobody gives what they do not have, changes who has more, or their own role', async () => {
  const mine = await own('team.read', 'team.manage', 'roles.manage')
  const { operator, client } = await withRole(mine)
  const less = await own('team.read')
  const more = await own('widgets.manage')
  const colleague = await world.build.operator({ organizationId, roleId: less })
  const mightier = await world.build.operator({ organizationId, roleId: more })
  const give = (operatorId: string, roleId: string) =>
    codeOf(client.api.call(setRole, { params: { operatorId }, body: { roleId } }))
  const inviteAs = (roleId: string) => codeOf(client.api.call(invite, { body: { id: randomUUID(), roleId } }))
  const remove = (roleId: string, replacementId: string) =>
    codeOf(client.api.call(contract.removeRole, { params: { roleId }, query: { replacementId } }))

  expect(await save(client, { id: randomUUID(), name: 'All', rights: ['widgets.manage'] })).toBe(
    'role.beyond',
  )
  expect(await save(client, { id: less, rights: ['team.read', 'samples.manage'] })).toBe('role.beyond')
  expect(await save(client, { id: more, rights: [] })).toBe('role.beyond')
  expect(await save(client, { id: mine, rights: [] })).toBe('role.protected')
  expect(await save(client, { id: await idOf('owner'), rights: [] })).toBe('role.protected')
  expect(await save(client, { id: randomUUID(), rights: [] })).toBe('role.unknown')
  expect(await give(colleague.id, more)).toBe('role.beyond')
  expect(await give(colleague.id, await idOf('owner'))).toBe('role.beyond')
  expect(await give(mightier.id, less)).toBe('operator.protected')
  expect(await give(operator.id, less)).toBe('operator.protected')
  expect(await give(owner.id, less)).toBe('operator.protected')
  expect(
    await codeOf(
      client.api.call(setActive, { params: { operatorId: mightier.id }, body: { active: false } }),
    ),
  ).toBe('operator.protected')
  expect(await inviteAs(more)).toBe('role.beyond')
  expect(await inviteAs(await idOf('owner'))).toBe('role.beyond')
  expect(await inviteAs(randomUUID())).toBe('role.unknown')
  expect(await remove(less, more)).toBe('role.beyond')
  expect(await remove(more, less)).toBe('role.beyond')
  expect(await remove(mine, less)).toBe('role.protected')
  const stranger = await world.build.operator()
  expect(await give(stranger.id, less)).toBe('operator.unknown')
  expect(await give(colleague.id, stranger.roleId)).toBe('role.unknown')

  expect(await save(client, { id: less, name: 'Reads', rights: ['team.manage'] })).toBe('done')
  expect(await save(client, { id: randomUUID(), name: 'READS', rights: [] })).toBe('role.name_taken')
  expect(await inviteAs(less)).toBe('done')
  const other = await own()
  expect(await remove(less, other)).toBe('done')
  const [row] = await world.db.owner<{ role_id: string }>('select role_id from operators where id = $1', [
    colleague.id,
  ])
  expect(row?.role_id).toBe(other)
  expect(await remove(await idOf('analyst'), other)).toBe('role.protected')
})

test('[X7] a right taken from a role holds within two seconds for who is connected, while events flow', async () => {
  const roleId = await own('widgets.manage')
  const { client } = await withRole(roleId)
  const boss = await world.operator(owner)
  const told: number[] = []
  client.live.onFrame((frame) => {
    if (frame.type === 'changed' && frame.what === 'me') told.push(performance.now())
  })
  const built = await world.build.conversation({ widget, assignee: owner })
  const end = client.live.watch(built.id)
  await eventually(() => client.live.conversation(built.id), Boolean)
  const change = () =>
    codeOf(
      client.api.call(updateWidget, {
        body: { ...plainWidget, id: widget.id, allowedSites: [], skillIds: [], groupIds: [] },
      }),
    )
  expect(await change()).toBe('done')

  let flowing = true
  const events = (async () => {
    for (let count = 0; flowing; count++) {
      const to = count % 2 === 0 ? null : owner.id
      const body = { id: randomUUID(), operatorId: to, from: to === null ? owner.id : null }
      await boss.api.call(assignConversation, { params: { conversationId: built.id }, body })
    }
  })()
  const began = performance.now()
  expect(await save(boss, { id: roleId, name: 'Nothing', rights: [] })).toBe('done')
  const committed = performance.now()
  await eventually(change, (code) => code === 'role.missing', 2_000)
  expect(performance.now() - committed).toBeLessThan(2_000)
  for (let count = 0; count < 20; count++) expect(await change()).toBe('role.missing')
  await eventually(
    () => told.length,
    (count) => count > 0,
    2_000,
  )
  expect((told[0] ?? Number.POSITIVE_INFINITY) - began).toBeLessThan(2_000)
  await eventually(
    async () => (await client.api.call(readSession)).rights,
    (rights) => rights.length === 0,
    2_000,
  )
  // Given back it holds as soon.
  expect(await save(boss, { id: roleId, name: 'Widgets', rights: ['widgets.manage'] })).toBe('done')
  await eventually(change, (code) => code === 'done', 2_000)
  flowing = false
  await events
  end()
})

test('[X7] of fifty who are handed an organization at once one is its owner, and the former one is a manager', async () => {
  const first = await world.build.operator({ role: 'owner' })
  const here = { organizationId: first.organizationId }
  const heirs: BuiltOperator[] = []
  for (let count = 0; count < 50; count++) heirs.push(await world.build.operator(here))
  const client = await world.operator(first)
  const hand = (operatorId: string) => codeOf(client.api.call(contract.handOver, { body: { operatorId } }))
  expect(await hand(first.id)).toBe('operator.unknown')
  expect(await hand(owner.id)).toBe('operator.unknown')
  const outcomes = await Promise.all(heirs.map(({ id }) => hand(id)))
  expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1)
  expect(new Set(outcomes)).toEqual(new Set(['done', 'role.missing']))
  const owners = () =>
    world.db.owner<{ id: string }>(
      `select o.id from operators o join roles r on r.organization_id = o.organization_id and r.id = o.role_id
       where o.organization_id = $1 and r.kind = 'owner'`,
      [first.organizationId],
    )
  const [heir, ...more] = await owners()
  expect(more).toEqual([])
  expect(heir?.id).toBe(heirs[outcomes.indexOf('done')]?.id)
  const me = await eventually(
    () => client.api.call(readSession),
    ({ role }) => role.kind === 'manager',
  )
  expect(me.rights).toEqual(contract.rights)
  // Nor can another way of writing make a second one.
  const second = world.db.owner(
    `update operators set role_id = (select id from roles where organization_id = $1 and kind = 'owner') where id = $2`,
    [first.organizationId, first.id],
  )
  await expect(second).rejects.toThrow('operators_owner')
})

test('[X7] what the build before writes and reads goes on working', async () => {
  const id = randomUUID()
  await world.db.owner(
    `insert into operators (organization_id, id, email, name, role) values ($1, $2, $3, 'Of before', 'admin')`,
    [organizationId, id, `${id}@example.com`],
  )
  const read = async () => {
    const [row] = await world.db.owner<{ role: string; kind: string | null }>(
      `select o.role, r.kind from operators o join roles r on r.organization_id = o.organization_id and r.id = o.role_id
       where o.id = $1`,
      [id],
    )
    return row
  }
  expect(await read()).toEqual({ role: 'admin', kind: 'admin' })
  await world.db.owner(`update operators set role = 'operator' where id = $1`, [id])
  expect(await read()).toEqual({ role: 'operator', kind: 'operator' })
  await world.db.owner('update operators set role_id = $2 where id = $1', [id, await idOf('manager')])
  expect(await read()).toEqual({ role: 'admin', kind: 'manager' })
})
