import { randomUUID } from 'node:crypto'
import { routes } from '@foyer/contract/routes.ts'
import { expect, test } from 'vitest'
import { writeCursor } from './platform/db/keyset.ts'
import { startWorldForTest } from './testing/world.ts'

const id = randomUUID()
const forged = [
  [1.5, 0, id],
  [1e10, 0, id],
  [-9, 0, id],
  [2 ** 53, 0, id],
  [1, 1e308, 'x'],
  ['2020-02-30 00:00:00', id],
  ['2020-02-30 00:00:00+00', id],
  ['0000000001', id],
  ['12:00:00 1', id],
  ['2020-01-01 00:00:00+99', id],
  ['0000-01-01 00:00:00+00', id],
  ['infinity', id],
  [],
  [{}, id],
].map((place) => writeCursor(place as string[]))

test('every list answers a forged cursor as a request that is wrong, and writes no error', async () => {
  const world = await startWorldForTest()
  const owner = await world.build.operator({ role: 'owner' })
  const widget = await world.build.widget({ organizationId: owner.organizationId })
  const contact = await world.build.contact({ organizationId: owner.organizationId })
  await world.build.conversation({ contact, widget })
  const { cookie } = await world.logIn(owner)
  const proofs = { operator: { cookie }, contact: { authorization: `Contact ${contact.token}` }, anyone: {} }
  // The lists of the inbox have an order of their own.
  const lists = Object.values(routes).flatMap((route) => {
    if (!('cursor' in ((route.query as { shape?: object }).shape ?? {}))) return []
    const needsList = 'list' in ((route.query as { shape?: object }).shape ?? {})
    const queries = needsList
      ? ['list=mine&', 'list=unassigned&', 'list=all&', `list=group&group=${id}&`]
      : ['']
    return queries.map((query) => ({
      path: `${route.path.replace(':contactId', contact.id)}?${query}`,
      headers: proofs[route.caller],
    }))
  })
  expect(lists.length).toBeGreaterThan(6)
  for (const { path, headers } of lists) {
    expect((await fetch(world.url + path.slice(0, -1), { headers })).status, path).toBe(200)
    for (const cursor of [...forged, 'x', '%E0%A4']) {
      const answer = await fetch(`${world.url}${path}cursor=${cursor}`, { headers })
      const { error } = (await answer.json()) as { error?: { code: string } }
      expect([answer.status, error?.code], `${path} ${cursor}`).toEqual([400, 'request.invalid'])
    }
  }
  expect(world.lines.filter((line) => line.includes('"level":"error"'))).toEqual([])
})
