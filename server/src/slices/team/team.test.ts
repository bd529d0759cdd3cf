import { randomUUID } from 'node:crypto'
import { setAvailability } from '@foyer/contract/operators.ts'
import { readSession } from '@foyer/contract/sessions.ts'
import * as team from '@foyer/contract/team.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BuiltOperator } from '../../testing/build.ts'
import { codeOf, eventually, type OperatorClient, startWorld, type World } from '../../testing/world.ts'

let world: World
let owner: BuiltOperator
let client: OperatorClient
let operatorRole: string

beforeAll(async () => {
  world = await startWorld()
  owner = await world.build.operator({ role: 'owner' })
  client = await world.operator(owner)
  operatorRole = await world.build.roleId(owner.organizationId, 'operator')
})
afterAll(() => world[Symbol.asyncDispose]())

const accept = (token: string, email = `${randomUUID()}@example.com`) =>
  fetch(world.url + team.acceptInvitation.path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-foyer': '1' },
    body: JSON.stringify({ token, name: 'Newcomer', email, password: 'long enough', locale: 'de' }),
  })
const invite = () => client.api.call(team.invite, { body: { id: randomUUID(), roleId: operatorRole } })

test('[X7] an invitation lets one colleague in, who is logged in by it, and only one of twenty at once', async () => {
  const { token, invitation } = await invite()
  expect((await client.api.call(team.readInvitation, { body: { token } })).organizationName).toMatch(
    /Organization/,
  )
  const answers = await Promise.all(Array.from({ length: 20 }, () => accept(token)))
  const statuses = answers.map(({ status }) => status)
  expect(statuses.filter((status) => status === 200)).toHaveLength(1)
  expect(new Set(statuses)).toEqual(new Set([200, 404]))
  const winner = answers.find(({ status }) => status === 200)
  expect(winner?.headers.getSetCookie().some((cookie) => cookie.startsWith('foyer='))).toBe(true)
  const { items } = await client.api.call(team.listTeam)
  expect(items.filter(({ name }) => name === 'Newcomer')).toMatchObject([
    { role: { kind: 'operator' }, active: true },
  ])
  expect((await client.api.call(team.listInvitations)).items.map(({ id }) => id)).not.toContain(invitation.id)
})

test('[X7] withdrawn, expired, used and invented invitations are answered alike', async () => {
  const used = await invite()
  await accept(used.token)
  const withdrawn = await invite()
  await client.api.call(team.withdrawInvitation, { params: { invitationId: withdrawn.invitation.id } })
  const expired = await invite()
  await world.db.owner(`update invitations set expires_at = clock_now() where id = $1`, [
    expired.invitation.id,
  ])
  const answers = await Promise.all(
    [used.token, withdrawn.token, expired.token, 'invented'].map(async (token) => {
      const { error } = (await (await accept(token)).json()) as { error: { code: string; message: string } }
      return [error.code, error.message]
    }),
  )
  expect(new Set(answers.map(String)).size).toBe(1)
  expect(answers[0]?.[0]).toBe('invitation.invalid')
})

test('[X7] an address that is taken leaves the invitation usable', async () => {
  const { token } = await invite()
  const taken = (await (await accept(token, owner.email)).json()) as { error: { code: string } }
  expect(taken.error.code).toBe('operator.email_taken')
  expect((await accept(token)).status).toBe(200)
})

test('[X7] a colleague who no longer works here is logged out within two seconds, offline, and cannot log in', async () => {
  const colleague = await world.build.operator({ organizationId: owner.organizationId })
  const theirs = await world.operator(colleague)
  await eventually(
    () => theirs.live.status(),
    (status) => status === 'live',
  )
  await theirs.api.call(setAvailability, { body: { online: true } })
  const params = { operatorId: colleague.id }
  const began = performance.now()
  await client.api.call(team.setActive, { params, body: { active: false } })
  await eventually(
    () => theirs.live.status(),
    (status) => status === 'stopped',
    2_000,
  )
  expect(performance.now() - began).toBeLessThan(2_000)
  expect(await codeOf(theirs.api.call(team.listGroups))).toBe('session.required')
  const [slots] = await world.db.owner<{ online: boolean }>(
    'select online from operator_slots where operator_id = $1',
    [colleague.id],
  )
  expect(slots?.online).toBe(false)
  await expect(world.logIn(colleague)).rejects.toThrow()
  await client.api.call(team.setActive, { params, body: { active: true } })
  expect((await world.logIn(colleague)).cookie).toContain('foyer=')
})

test('[X7] neither the owner nor oneself is shut out, and who is no admin changes nothing', async () => {
  const admin = await world.build.operator({ organizationId: owner.organizationId, role: 'admin' })
  const theirs = await world.operator(admin)
  const shut = (id: string) =>
    codeOf(theirs.api.call(team.setActive, { params: { operatorId: id }, body: { active: false } }))
  expect(await shut(owner.id)).toBe('operator.protected')
  expect(await shut(admin.id)).toBe('operator.protected')
})

test('[X7, S3] a colleague’s name, slots, groups and skills are changed for them, and at once put to use', async () => {
  const { organizationId } = owner
  const colleague = await world.build.operator({ organizationId, role: 'operator' })
  const theirs = await world.operator(colleague)
  const [old, group] = [
    await world.build.group({ organizationId, members: [colleague] }),
    await world.build.group({ organizationId }),
  ]
  const skill = { id: randomUUID(), name: 'French returns', memberIds: [] }
  await client.api.call(team.saveSkill, { body: skill })
  const params = { operatorId: colleague.id }
  const body = {
    name: 'New Name',
    alias: 'Nick',
    slots: 7,
    languages: ['fr' as const],
    groupIds: [group],
    skillIds: [skill.id],
  }
  await client.api.call(team.updateColleague, { params, body })
  const listed = (await client.api.call(team.listTeam)).items.find(({ id }) => id === colleague.id)
  expect(listed).toMatchObject({ name: 'New Name', alias: 'Nick', slots: { most: 7 }, languages: ['fr'] })
  const groups = (await client.api.call(team.listGroups)).items
  const has = (id: string) => groups.find((each) => each.id === id)?.memberIds.includes(colleague.id)
  expect([has(old), has(group)]).toEqual([false, true])
  expect((await client.api.call(team.listSkills)).items).toMatchObject([{ memberIds: [colleague.id] }])
  await client.api.call(team.updateColleague, { params, body: { alias: null } })
  expect(await theirs.api.call(readSession)).toMatchObject({ name: 'New Name', alias: null, slots: 7 })

  const change = (given: object) => codeOf(client.api.call(team.updateColleague, { params, body: given }))
  const stranger = await world.build.operator()
  const foreign = await world.build.group({ organizationId: stranger.organizationId })
  expect(await change({ name: 'Half', groupIds: [foreign] })).toBe('group.unknown')
  expect(await change({ name: 'Half', skillIds: [randomUUID()] })).toBe('skill.unknown')
  expect((await theirs.api.call(readSession)).name).toBe('New Name')
  const admin = await world.operator(await world.build.operator({ organizationId, role: 'admin' }))
  const ofOwner = { params: { operatorId: owner.id }, body: { name: 'Not the owner' } }
  expect(await codeOf(admin.api.call(team.updateColleague, ofOwner))).toBe('operator.protected')
})

test('[X7, I16] groups: members are set as a whole, names are once, and one that a widget uses stays', async () => {
  const colleague = await world.build.operator({ organizationId: owner.organizationId })
  const stranger = await world.build.operator()
  const group = { id: randomUUID(), name: 'Sales', memberIds: [colleague.id, owner.id] }
  const saved = await client.api.call(team.saveGroup, { body: group })
  expect(saved.memberIds).toEqual([...group.memberIds].sort())
  const fewer = await client.api.call(team.saveGroup, { body: { ...group, memberIds: [owner.id] } })
  expect(fewer).toMatchObject({ memberIds: [owner.id], version: 2 })
  const save = (change: object) => codeOf(client.api.call(team.saveGroup, { body: { ...group, ...change } }))
  expect(await save({ id: randomUUID(), name: 'SALES' })).toBe('group.name_taken')
  expect(await save({ memberIds: [stranger.id] })).toBe('operator.unknown')
  const widget = await world.build.widget({ organizationId: owner.organizationId })
  await world.db.owner(`update widgets set routing = 'group', group_id = $2 where id = $1`, [
    widget.id,
    group.id,
  ])
  const remove = () => codeOf(client.api.call(team.removeGroup, { params: { groupId: group.id } }))
  expect(await remove()).toBe('group.in_use')
  await world.db.owner(`update widgets set routing = 'everyone', group_id = null where id = $1`, [widget.id])
  expect(await remove()).toBe('done')
  expect(await remove()).toBe('group.unknown')
  expect((await client.api.call(team.listGroups)).items.map(({ id }) => id)).not.toContain(group.id)
})

test('[X7] a role taken away while connected lets nothing more through after two seconds, nor does one given wait longer', async () => {
  const colleague = await world.build.operator({ organizationId: owner.organizationId, role: 'admin' })
  const theirs = await world.operator(colleague)
  const params = { operatorId: colleague.id }
  expect(await codeOf(theirs.api.call(team.listTeam))).toBe('done')
  for (const [role, outcome] of [
    ['operator', 'role.missing'],
    ['admin', 'done'],
  ] as const) {
    const roleId = await world.build.roleId(owner.organizationId, role)
    await client.api.call(team.setRole, { params, body: { roleId } })
    const began = performance.now()
    await eventually(
      () => codeOf(theirs.api.call(team.listTeam)),
      (code) => code === outcome,
      2_000,
    )
    expect(performance.now() - began).toBeLessThan(2_000)
  }
})
