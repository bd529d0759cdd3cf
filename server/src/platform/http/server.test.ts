import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { readUnread } from '@foyer/contract/messenger.ts'
import { readSetup, setUp } from '@foyer/contract/organizations.ts'
import { logOut } from '@foyer/contract/sessions.ts'
import { describe, expect, test } from 'vitest'
import { startTestHttp } from '../../testing/http.ts'
import { Failure } from '../failure.ts'
import { bind } from './bind.ts'

const setup = '/api/v1/setup'
const badge = 'A'.repeat(43)

describe('answers', () => {
  test('carry the headers of a careful server, and do not say which one', async () => {
    await using server = await startTestHttp([bind(readSetup, async () => ({ needed: true }))], {
      publicUrl: 'https://chat.example.com',
    })
    for (const path of [setup, '/api/v1/nothing', '/livez', '/readyz', '/nothing']) {
      const { headers } = await server.send('GET', path)
      expect(Object.fromEntries(headers), path).toMatchObject({
        'strict-transport-security': 'max-age=31536000',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
        'x-frame-options': 'DENY',
      })
      expect(headers.get('permissions-policy')).toContain('camera=()')
      expect(headers.get('content-security-policy')).toContain(`default-src 'none'`)
      expect([headers.get('server'), headers.get('x-powered-by')]).toEqual([null, null])
    }
  })

  test('ask for no TLS where none is spoken', async () => {
    await using server = await startTestHttp([bind(readSetup, async () => ({ needed: true }))])
    expect((await server.send('GET', setup)).headers.get('strict-transport-security')).toBeNull()
  })

  test('to pages of other origins are given by the one route that says so', async () => {
    await using server = await startTestHttp([
      bind(readUnread, async () => ({ unread: 2 }), { anyOrigin: true }),
      bind(readSetup, async () => ({ needed: true })),
    ])
    const headers = { origin: 'https://shop.example', 'sec-fetch-site': 'cross-site' }
    const unread = await server.send('GET', `/api/v1/messenger/unread/${badge}`, { headers })
    expect(unread.json).toEqual({ unread: 2 })
    expect(unread.headers.get('access-control-allow-origin')).toBe('*')
    expect(unread.headers.get('access-control-allow-credentials')).toBeNull()
    const refused = await server.send('GET', setup, { headers })
    expect(refused.json.error.code).toBe('request.cross_site')
    expect(refused.headers.get('access-control-allow-origin')).toBeNull()
  })

  test('that say more than the contract do not leave a server that checks', async () => {
    const leaking = bind(readSetup, async () => ({ needed: true, secret: 'canary' }))
    await using server = await startTestHttp([leaking])
    const answer = await server.send('GET', setup)
    expect([answer.status, answer.json.error.code]).toEqual([500, 'server.fault'])
    expect(answer.text).not.toContain('canary')
  })

  test('tell faults of ours without what went wrong, and log them under the id they give', async () => {
    const failing = bind(readSetup, async () => {
      throw new Error('connect to db-7.internal failed')
    })
    await using server = await startTestHttp([failing])
    const answer = await server.send('GET', setup)
    expect(answer.status).toBe(500)
    expect(answer.text).not.toMatch(/internal|\.ts|at /)
    const line = server.lines.find((text) => text.includes(answer.json.error.requestId)) ?? ''
    expect(JSON.parse(line)).toMatchObject({
      level: 'error',
      route: setup,
      error: { message: 'connect to db-7.internal failed' },
    })
  })

  test('say when to come back', async () => {
    const away = bind(readSetup, async () => {
      throw new Failure('server.unavailable', {}, { retryAfter: 3 })
    })
    await using server = await startTestHttp([away])
    const answer = await server.send('GET', setup)
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '3'])
  })
})

describe('cookies', () => {
  const logging = bind(logOut, async ({ reply, request }) => {
    reply.setCookie('foyer', request.cookie('foyer') ?? 'none', { maxAgeSeconds: 60 })
    return {}
  })
  const identify = { operator: async () => ({}) as never, contact: async () => ({}) as never }

  test('are for this host, this connection and no script', async () => {
    await using server = await startTestHttp([logging], { identify, secureCookies: true })
    const headers = { cookie: '__Host-foyer=mine; foyer=planted' }
    const answer = await server.send('DELETE', '/api/v1/session', { headers })
    expect(answer.headers.get('set-cookie')).toBe(
      '__Host-foyer=mine; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Lax',
    )
  })

  test('go without the prefix where there is no TLS', async () => {
    await using server = await startTestHttp([logging], { identify })
    const answer = await server.send('DELETE', '/api/v1/session', { headers: { cookie: 'foyer=mine' } })
    expect(answer.headers.get('set-cookie')).toBe('foyer=mine; Max-Age=60; Path=/; HttpOnly; SameSite=Lax')
  })
})

describe('what proxies say', () => {
  const telling = bind(setUp, async ({ request }) => {
    throw new Failure('setup.token', { ip: request.ip, origin: request.ownOrigin })
  })
  const body = {
    token: 't',
    organizationName: 'o',
    ownerName: 'o',
    email: 'o@example.com',
    password: 'long enough',
    locale: 'en',
    sampleData: false,
  }
  const said = {
    'x-forwarded-for': '6.6.6.6, 203.0.113.9',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'chat.example.com',
    'cf-connecting-ip': '6.6.6.6',
    'x-real-ip': '6.6.6.6',
    forwarded: 'for=6.6.6.6',
    'x-forwarded-method': 'GET',
  }

  test('is ignored where none stands before us', async () => {
    await using server = await startTestHttp([telling])
    const answer = await server.send('POST', setup, { body, headers: said })
    expect(answer.json.error.details).toEqual({ ip: '127.0.0.1', origin: server.origin })
  })

  test('is taken from the nearest, as far as there are ours', async () => {
    await using server = await startTestHttp([telling], { trustProxy: 1 })
    const headers = { ...said, origin: 'https://chat.example.com' }
    const answer = await server.send('POST', setup, { body, headers })
    expect(answer.json.error.details).toEqual({ ip: '203.0.113.9', origin: 'https://chat.example.com' })
  })
})

describe('stopping', () => {
  test('is not ready at once, answers what is under way, then closes', async () => {
    let arrived: () => void = () => undefined
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve
    })
    const slow = bind(readSetup, async () => {
      arrived()
      await sleep(150)
      return { needed: true }
    })
    await using server = await startTestHttp([slow])
    const port = Number(new URL(server.origin).port)
    const idle = connect(port, '127.0.0.1')
    const kept = new Promise<string>((resolve) => {
      httpRequest(`${server.origin}/readyz`, { headers: { connection: 'keep-alive' } }, (response) => {
        response.resume().on('close', () => resolve('closed'))
      }).end()
    })
    await kept
    const underWay = server.send('GET', setup)
    await arrival
    const done = server.http.drain()
    await expect(server.send('GET', '/readyz')).rejects.toThrow('ECONNREFUSED')
    expect(await underWay).toMatchObject({ status: 200, json: { needed: true } })
    expect((await underWay).headers.get('connection')).toBe('close')
    await done
    idle.destroy()
  })
})

describe('health', () => {
  test('says that the process lives, and whether it can work', async () => {
    let ready = false
    await using server = await startTestHttp([], {
      isReady: async () => (ready ? { ready } : { ready, reason: 'database' }),
    })
    expect((await server.send('GET', '/livez')).json).toMatchObject({ status: 'live' })
    const unready = await server.send('GET', '/readyz')
    expect([unready.status, unready.json]).toEqual([503, { status: 'unready', reason: 'database' }])
    ready = true
    expect((await server.send('GET', '/readyz')).status).toBe(200)
  })
})
