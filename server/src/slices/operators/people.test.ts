import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Change } from '../../platform/changes.ts'
import { type Browser, startTestInstallation, type TestInstallation } from '../../testing/installation.ts'

let at: TestInstallation
let browser: Browser
let heard: Change[]
beforeAll(async () => {
  at = await startTestInstallation()
  browser = await at.ownersBrowser()
  at.app.changes.onAny((change) => heard.push(change))
})
afterAll(() => at[Symbol.asyncDispose]())
beforeEach(() => {
  heard = []
})

const me = async () => (await browser.send('GET', '/api/v1/session')).json
const kinds = () => heard.map(({ what }) => what).sort()
const listed = async () => (await browser.send('GET', '/api/v1/operators')).json.items

describe('what an operator changes about themselves', () => {
  test('is answered, kept, counted and told to others where they see it', async () => {
    const before = await me()
    const answer = await browser.send('PATCH', '/api/v1/me', {
      body: { name: ' Olga P. ', alias: 'Support', theme: 'dark' },
    })
    expect(answer.json).toEqual({
      ...before,
      name: 'Olga P.',
      alias: 'Support',
      theme: 'dark',
      version: before.version + 1,
    })
    expect(await me()).toEqual(answer.json)
    expect(kinds()).toEqual(['me', 'operators'])
    expect(heard[0]).toMatchObject({ to: { operatorId: before.id }, version: before.version + 1 })
  })

  test('is not told to others where they do not see it', async () => {
    await browser.send('PATCH', '/api/v1/me', { body: { shortcuts: false, locale: 'en' } })
    expect(kinds()).toEqual(['me'])
    expect(await me()).toMatchObject({ shortcuts: false, locale: 'en', alias: 'Support' })
  })

  test('can be nothing, and an alias can be taken away', async () => {
    const before = await me()
    expect((await browser.send('PATCH', '/api/v1/me', { body: {} })).json).toEqual(before)
    expect(heard).toEqual([])
    expect((await browser.send('PATCH', '/api/v1/me', { body: { alias: null } })).json.alias).toBeNull()
  })

  test('is not their role, nor who they are', async () => {
    const before = await me()
    for (const body of [
      { role: 'admin' },
      { id: randomUUID() },
      { email: 'x@example.com' },
      { version: 9 },
      { online: true },
    ]) {
      expect((await browser.send('PATCH', '/api/v1/me', { body })).status).toBe(400)
    }
    expect(await me()).toEqual(before)
  })
})

describe('an operator', () => {
  test('is available with the switch on and somebody there, as long as their process lives', async () => {
    expect((await me()).online).toBe(false)
    const on = (await browser.send('PUT', '/api/v1/me/availability', { body: { online: true } })).json
    expect(on.online).toBe(true)
    expect(kinds()).toEqual(['me', 'operators'])
    expect(await listed()).toMatchObject([{ available: false }])
    const processId = randomUUID()
    await at.db.owner(
      `insert into processes (id, roles, lease_until) values ($1, '', clock_now() + interval '45 seconds')`,
      [processId],
    )
    await at.db.owner(
      `insert into presence (connection_id, process_id, organization_id, subject_kind, subject_id) values ($1, $2, $3, 'operator', $4)`,
      [randomUUID(), processId, on.organizationId, on.id],
    )
    expect(await listed()).toMatchObject([{ available: true }])
    const { items } = (await browser.send('GET', '/api/v1/widgets')).json
    const config = () => at.browser().send('GET', `/api/v1/messenger/widgets/${items[0].key}`)
    expect((await config()).json).toEqual({
      name: 'Lamp shop',
      locale: 'de',
      color: '#3b5bdb',
      available: true,
      free: true,
      replySeconds: null,
      team: [{ name: 'Olga P.', picture: null }],
      groups: [],
      mails: true,
      files: ['picture', 'video', 'audio', 'document', 'archive', 'other'],
      service: null,
      texts: { welcome: {}, away: {} },
      privacy: null,
    })
    await at.db.owner('delete from processes where id = $1', [processId])
    expect(await listed()).toMatchObject([{ available: false }])
    // What messengers are told is kept for a second.
    await expect.poll(async () => (await config()).json.available, { timeout: 5_000 }).toBe(false)
  })

  test('who turns the switch to where it is changes nothing', async () => {
    const before = await me()
    expect((await browser.send('PUT', '/api/v1/me/availability', { body: { online: true } })).json).toEqual(
      before,
    )
    expect(heard).toEqual([])
  })

  test('does not see who left', async () => {
    const { organizationId } = await me()
    await at.db.owner(
      `insert into operators (organization_id, id, email, name, role, deactivated_at) values ($1, $2, 'gone@example.com', 'Gone', 'operator', clock_now())`,
      [organizationId, randomUUID()],
    )
    expect(await listed()).toHaveLength(1)
  })
})
