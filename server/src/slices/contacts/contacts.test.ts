import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { randomToken } from '../../platform/crypto.ts'
import { createBuild } from '../../testing/build.ts'
import { type Browser, startTestInstallation, type TestInstallation } from '../../testing/installation.ts'
import { createContactAccess } from './access.ts'
import { createContact } from './actions.ts'

let at: TestInstallation
let browser: Browser
let organizationId: string
const secret = Buffer.from('another secret')
beforeAll(async () => {
  at = await startTestInstallation({ rules: { unread_address: { points: 50, seconds: 60 } } })
  browser = await at.ownersBrowser()
  organizationId = (await browser.send('GET', '/api/v1/session')).json.organizationId
})
afterAll(() => at[Symbol.asyncDispose]())

const access = () => createContactAccess({ database: at.app.database, secret })

async function contactOf(token: string) {
  const caller = await access().byToken(token)
  if (!caller) throw new Error('no token')
  return at.app.database.within(organizationId, (transaction) =>
    createContact(transaction, caller, { locale: 'fr', agreed: false }),
  )
}

describe('a contact', () => {
  test('is whoever has the token, from the moment they are made', async () => {
    const token = randomToken()
    const before = await access().byToken(token)
    expect(before?.known).toBeNull()
    const contact = await contactOf(token)
    expect((await access().byToken(token))?.known).toEqual(contact)
    expect(await before?.find()).toEqual(contact)
    expect((await access().byToken(randomToken()))?.known).toBeNull()
  })

  test('is made once of one token', async () => {
    const token = randomToken()
    const made = await Promise.allSettled(Array.from({ length: 10 }, () => contactOf(token)))
    expect(made.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
  })

  test('is stored without the token', async () => {
    const token = randomToken()
    await contactOf(token)
    const rows = await at.db.owner(
      'select encode(address_hash, $1), encode(badge_hash, $1) from identities',
      ['escape'],
    )
    expect(JSON.stringify(rows)).not.toContain(token)
  })

  test('is read by an operator', async () => {
    const { contactId } = await contactOf(randomToken())
    const answer = await browser.send('GET', `/api/v1/contacts/${contactId}`)
    expect(answer.json).toMatchObject({
      id: contactId,
      name: null,
      email: null,
      locale: 'fr',
      online: false,
      version: 1,
    })
    const unknown = await browser.send('GET', `/api/v1/contacts/${randomUUID()}`)
    expect([unknown.status, unknown.json.error.code]).toEqual([404, 'contact.unknown'])
  })

  test.each([
    '',
    'Contact',
    'Contact x',
    `Bearer ${'A'.repeat(43)}`,
    `Contact ${'A'.repeat(44)}`,
    `Contact ${'='.repeat(43)}`,
    `contact ${'A'.repeat(43)}`,
  ])('is nobody who says %j', async (authorization) => {
    const headers = authorization === '' ? {} : { authorization }
    const answer = await at.browser().send('GET', '/api/v1/messenger/conversations', { headers })
    expect([answer.status, answer.json.error.code]).toEqual([401, 'contact.required'])
  })
})

describe('a badge', () => {
  test('tells how much is unread and is no token', async () => {
    const token = randomToken()
    const caller = await access().byToken(token)
    const contact = await contactOf(token)
    const build = createBuild(at.app.database, async () => '')
    const { contactId: id, identityId } = contact
    await build.conversation({ contact: { id, identityId, organizationId, token, name: null } })
    await at.db.owner('update conversations set unread_contact = 3 where contact_id = $1', [id])
    const ask = (badge: string) =>
      at
        .browser()
        .send('GET', `/api/v1/messenger/unread/${badge}`, { headers: { origin: 'https://shop.example' } })
    expect((await ask(caller?.badge ?? '')).json).toEqual({ unread: 3 })
    for (const other of [token, randomToken()]) expect((await ask(other)).json).toEqual({ unread: 0 })
    expect((await access().byToken(caller?.badge ?? ''))?.known).toBeNull()
  })

  test('can be asked for only so often from one address', async () => {
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => at.browser().send('GET', `/api/v1/messenger/unread/${randomToken()}`)),
    )
    const refused = answers.filter((answer) => answer.status === 429)
    expect(refused.length).toBeGreaterThanOrEqual(10)
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(answers.find((answer) => answer.status === 200)?.headers.get('ratelimit-limit')).toBe('50')
  })
})
