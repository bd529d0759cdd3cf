import { describe, expect, test } from 'vitest'
import { createAnnounce } from '../../platform/reactions.ts'
import { slices } from '../../slices.ts'
import { owner, startTestInstallation } from '../../testing/installation.ts'
import { setupToken } from './access.ts'
import { setUpUnattended } from './actions.ts'

const form = { organizationName: 'Lamp shop', ownerName: 'Olga', locale: 'fr', sampleData: true, ...owner }

describe('a new installation', () => {
  test('is set up with the link that was printed, and by that logs the owner in', async () => {
    await using at = await startTestInstallation()
    const browser = at.browser()
    expect((await browser.send('GET', '/api/v1/setup')).json).toEqual({ needed: true })
    const token = await at.app.setupToken()
    const answer = await browser.send('POST', '/api/v1/setup', { body: { ...form, token } })
    expect(answer.json).toMatchObject({
      name: 'Olga',
      email: owner.email,
      role: { kind: 'owner' },
      locale: 'fr',
      online: false,
      organizationName: 'Lamp shop',
    })
    expect((await browser.send('GET', '/api/v1/session')).json).toEqual(answer.json)
    const { items } = (await browser.send('GET', '/api/v1/widgets')).json
    expect(items).toMatchObject([
      { name: 'Lamp shop', locale: 'fr', allowedSites: [], key: expect.stringMatching(/^[A-Za-z0-9]{16}$/) },
    ])
    expect((await browser.send('GET', '/api/v1/setup')).json).toEqual({ needed: false })
    expect(await at.app.setupToken()).toBeNull()
  })

  test('refuses any other link, and a second set-up with the right one', async () => {
    await using at = await startTestInstallation()
    const browser = at.browser()
    const token = (await at.app.setupToken()) ?? ''
    for (const wrong of ['x', token.slice(1), `${token} `, 'A'.repeat(43)]) {
      const answer = await browser.send('POST', '/api/v1/setup', { body: { ...form, token: wrong } })
      expect([answer.status, answer.json.error.code]).toEqual([403, 'setup.token'])
    }
    await at.ownersBrowser()
    const again = await browser.send('POST', '/api/v1/setup', { body: { ...form, token } })
    expect([again.status, again.json.error.code]).toEqual([409, 'setup.done'])
  })

  test('is set up by exactly one of fifty at once', async () => {
    await using at = await startTestInstallation()
    const token = await at.app.setupToken()
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        at
          .browser()
          .send('POST', '/api/v1/setup', { body: { ...form, token, email: `owner${index}@example.com` } }),
      ),
    )
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
    expect(new Set(answers.filter((answer) => answer.status !== 200).map((answer) => answer.status))).toEqual(
      new Set([409]),
    )
    const counts = await at.db.owner(
      'select (select count(*)::int from organizations) as organizations, (select count(*)::int from operators) as operators, (select count(*)::int from widgets) as widgets',
    )
    expect(counts).toEqual([{ organizations: 1, operators: 1, widgets: 1 }])
  })

  test('writes the password nowhere but as its hash', async () => {
    await using at = await startTestInstallation()
    await at.ownersBrowser()
    const rows = await at.db.owner<{ password_hash: string }>('select password_hash from operators')
    expect(rows[0]?.password_hash).toMatch(/^\$argon2id\$/)
    const jobs = JSON.stringify(await at.db.owner('select kind, payload from jobs'))
    for (const word of ['argon2id', owner.password, owner.email]) expect(jobs).not.toContain(word)
    expect(at.server.lines.join()).not.toContain(owner.password)
  })

  test('can be set up from the environment, once over all processes', async () => {
    await using at = await startTestInstallation()
    const context = {
      database: at.app.database,
      announce: createAnnounce(slices.all.map(({ reactions }) => reactions)),
    }
    const founded = await Promise.all(Array.from({ length: 4 }, () => setUpUnattended(context, owner)))
    expect(founded.filter((one) => one !== null)).toHaveLength(1)
    const answer = await at.browser().send('POST', '/api/v1/session', { body: owner })
    expect(answer.json).toMatchObject({
      email: owner.email,
      role: { kind: 'owner' },
      organizationName: 'example.com',
    })
  })

  test('has a link of its own', () => {
    expect(setupToken(Buffer.from('one'))).not.toBe(setupToken(Buffer.from('two')))
  })
})
