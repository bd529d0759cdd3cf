import { randomUUID } from 'node:crypto'
import { listNotices, type Notice } from '@foyer/contract/installation.ts'
import * as messenger from '@foyer/contract/messenger.ts'
import { expect, test } from 'vitest'
import { codeOf, eventually, startWorldForTest } from '../../testing/world.ts'

test('a proxy that nobody declared is told to whoever may change settings, and to nobody else', async () => {
  const world = await startWorldForTest()
  const admin = await world.build.operator({ role: 'admin' })
  const colleague = await world.build.operator({ organizationId: admin.organizationId })
  const [mine, theirs] = [await world.operator(admin), await world.operator(colleague)]
  expect(await mine.api.call(listNotices)).toEqual({ items: [] })
  await fetch(`${world.url}/livez`, { headers: { 'x-forwarded-for': '198.51.100.4' } })
  expect((await mine.api.call(listNotices)).items).toMatchObject([{ kind: 'proxy_undeclared' }])
  expect(await codeOf(theirs.api.call(listNotices))).toBe('role.missing')
  expect(world.lines.filter((line) => line.includes('TRUST_PROXY'))).toHaveLength(1)
})

test('a database that takes no writes is said in the log, by /readyz and in Settings, until it takes them', async () => {
  const world = await startWorldForTest()
  const admin = await world.operator(await world.build.operator({ role: 'admin' }))
  const widget = await world.build.widget()
  const contact = world.contact(
    await world.build.contact({ organizationId: widget.organizationId }),
    widget.key,
  )
  const start = () => {
    const body = { id: randomUUID(), widgetKey: widget.key, message: { id: randomUUID(), text: 'Hello' } }
    return codeOf(contact.api.call(messenger.startConversation, { body }))
  }
  const readiness = async () => {
    const answer = await fetch(`${world.url}/readyz`)
    return { ...((await answer.json()) as { reason?: string }), status: answer.status }
  }
  const kinds = async () => (await admin.api.call(listNotices)).items.map(({ kind }: Notice) => kind)
  const name = new URL(world.db.ownerUrl).pathname.slice(1)
  const sendAway = () =>
    world.db.owner(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and usename <> current_user`)

  expect(await readiness()).toMatchObject({ status: 200 })
  await world.db.owner(`alter database ${name} set default_transaction_read_only = on`)
  await sendAway()
  await eventually(start, (code) => code === 'server.unavailable')
  await eventually(readiness, ({ status, reason }) => status === 503 && reason === 'database_read_only')
  expect(await kinds()).toEqual(['database_read_only'])
  expect(
    world.lines.filter((line) => line.includes('"level":"error"') && line.includes('only reads')),
  ).toHaveLength(1)

  // The owner's connection is older than the setting.
  await world.db.owner(`alter database ${name} reset default_transaction_read_only`)
  await sendAway()
  await eventually(readiness, ({ status }) => status === 200, 15_000)
  expect(await kinds()).toEqual([])
  expect(await start()).toBe('done')
}, 40_000)
