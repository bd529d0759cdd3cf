import { routes as contractRoutes } from '@foyer/contract/routes.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestHttp, type TestHttp } from '../../testing/http.ts'
import { objectsIn, sampleOf } from '../../testing/samples.ts'
import type { AnyCall, BoundRoute } from './bind.ts'

/** Every route of the contract, with a handler that only notes that it was reached. */
const reached: AnyCall[] = []
const routes: BoundRoute[] = Object.values(contractRoutes).map((route) => ({
  route,
  anyOrigin: false,
  uses: null,
  wasDone: null,
  handle: async (call) => {
    reached.push(call)
    return {}
  },
}))
/** Those that take JSON. */
const bodied = Object.entries(contractRoutes).filter(
  ([, route]) => ['POST', 'PUT', 'PATCH'].includes(route.method) && !route.takes,
)
const changing = Object.entries(contractRoutes).filter(([, route]) => route.method !== 'GET')

let server: TestHttp
beforeAll(async () => {
  server = await startTestHttp(routes, {
    // Proven elsewhere; here everybody is let in to see what the edge alone stops.
    identify: { operator: async () => ({}) as never, contact: async () => ({}) as never },
    checkAnswers: false,
  })
})
afterAll(() => server.http.close())
beforeEach(() => {
  reached.length = 0
})

function pathOf(route: BoundRoute['route']): string {
  const params = sampleOf(route.params) as Record<string, string>
  const query = new URLSearchParams(sampleOf(route.query) as Record<string, string>).toString()
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  return query === '' ? path : `${path}?${query}`
}

/** The ways to all texts in a value. */
function textsIn(value: unknown, at: readonly string[] = []): string[][] {
  if (typeof value === 'string') return [[...at]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, [...at, key]))
}

const planted = {
  role: 'owner',
  organizationId: '7b0c7e0a-61a0-4d2e-9b2f-0f4a3f7d0001',
  tenant_id: 1,
  verified: true,
  seq: 99,
  created_at: '2020-01-01T00:00:00Z',
  assignee: 'me',
  is_admin: true,
}

describe.each(bodied)('%s', (_name, route) => {
  test('takes what the contract says', async () => {
    const answer = await server.send(route.method, pathOf(route), { body: sampleOf(route.body) })
    expect(answer.text).toBe('{}')
    expect(reached).toHaveLength(1)
  })

  test('refuses fields it does not name, at every depth', async () => {
    const good = sampleOf(route.body)
    for (const path of objectsIn(good)) {
      for (const [key, value] of Object.entries(planted)) {
        const body = structuredClone(good) as Record<string, unknown>
        const target = path.reduce((inner, step) => inner[step] as Record<string, unknown>, body)
        if (Object.hasOwn(target, key)) continue
        target[key] = value
        const answer = await server.send(route.method, pathOf(route), { body })
        expect([answer.status, answer.json.error.code], [...path, key].join('.')).toEqual([
          400,
          'request.invalid',
        ])
        expect(answer.json.error.details.paths).toEqual([['body', ...path, key].join('.')])
      }
    }
    expect(reached).toEqual([])
  })

  test('refuses keys that reach for a prototype', async () => {
    const good = JSON.stringify(sampleOf(route.body)).slice(1, -1)
    const comma = good === '' ? '' : ','
    for (const bad of [
      '"__proto__":{"role":"owner"}',
      '"\\u005f_proto__":{"role":"owner"}',
      '"constructor":{"prototype":{"role":"owner"}}',
    ]) {
      const answer = await server.send(route.method, pathOf(route), { body: `{${good}${comma}${bad}}` })
      expect(answer.status, bad).toBe(400)
    }
    expect(reached).toEqual([])
    expect(({} as Record<string, unknown>).role).toBeUndefined()
  })

  test('refuses half a sign and NUL in every text, wherever it stands', async () => {
    const good = sampleOf(route.body)
    for (const path of textsIn(good)) {
      for (const bad of ['\ud800', 'x\udc00y', '\u0000']) {
        const body = structuredClone(good) as Record<string, unknown>
        const target = path.slice(0, -1).reduce((inner, step) => inner[step] as Record<string, unknown>, body)
        target[path.at(-1) ?? ''] = bad
        const answer = await server.send(route.method, pathOf(route), { body })
        expect([answer.status, answer.json.error.code], path.join('.')).toEqual([400, 'request.invalid'])
      }
    }
    expect(reached).toEqual([])
  })

  test('refuses a body too large, too deep, of another type or another encoding', async () => {
    const path = pathOf(route)
    const deep = `${'['.repeat(4_000)}${']'.repeat(4_000)}`
    const sendRaw = (body: string, type = 'application/json') =>
      server.send(route.method, path, { body, headers: { 'content-type': type } })
    expect((await sendRaw(JSON.stringify({ text: 'x'.repeat(1024 * 1024) }))).json.error.code).toBe(
      'request.too_large',
    )
    expect((await sendRaw(`{"a":${deep}}`)).json.error.code).toBe('request.invalid')
    expect((await sendRaw('{"a":')).json.error.code).toBe('request.invalid')
    expect((await sendRaw('{"a":"\\u0000"}')).json.error.code).toBe('request.invalid')
    const good = JSON.stringify(sampleOf(route.body))
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'text/json',
    ]) {
      expect((await sendRaw(good, type)).json.error.code, type).toBe('request.unsupported_type')
    }
    expect(reached).toEqual([])
  })
})

describe.each(changing)('%s called from elsewhere', (_name, route) => {
  const ask = (headers: Record<string, string>) =>
    server.send(route.method, pathOf(route), {
      bare: true,
      body: JSON.stringify(sampleOf(route.body)),
      headers: { 'content-type': route.takes?.types[0] ?? 'application/json', ...headers },
    })

  test.each([
    ['another site', { 'x-foyer': '1', origin: 'https://evil.example' }],
    ['a site that begins alike', { 'x-foyer': '1', origin: 'http://127.0.0.1.evil.example' }],
    ['a sandboxed page', { 'x-foyer': '1', origin: 'null' }],
    ['another site, by the word of the browser', { 'x-foyer': '1', 'sec-fetch-site': 'cross-site' }],
    ['a sibling host', { 'x-foyer': '1', 'sec-fetch-site': 'same-site' }],
  ])('refuses %s', async (_from, headers) => {
    expect((await ask(headers)).json.error.code).toBe('request.cross_site')
    expect(reached).toEqual([])
  })

  test('demands the header that a form cannot set, wherever a cookie may prove the caller', async () => {
    const answer = await ask({})
    if (route.caller === 'contact') expect(answer.status).toBe(200)
    else expect(answer.json.error.code).toBe('request.cross_site')
  })

  test('does nothing on GET', async () => {
    if (Object.values(contractRoutes).some((other) => other.method === 'GET' && other.path === route.path))
      return
    expect((await server.send('GET', pathOf(route))).json.error.code).toBe('route.unknown')
    expect(reached).toEqual([])
  })
})

describe('addresses', () => {
  test('refuse a name that is given twice, and names nobody asked for', async () => {
    const ask = (query: string) => server.send('GET', `/api/v1/conversations?${query}`)
    expect((await ask('list=all&list=mine')).json.error.code).toBe('request.invalid')
    expect((await ask('list=all&__proto__=x')).json.error.code).toBe('request.invalid')
    expect((await ask('list=all&constructor[prototype][role]=x')).json.error.code).toBe('request.invalid')
    expect((await ask('list=all&search=%00')).json.error.code).toBe('request.invalid')
    expect((await ask('list=all')).status).toBe(200)
  })

  test('that mean nothing are told so in the same form', async () => {
    for (const path of [
      '/api/v1/nothing',
      '/api/',
      '/api/v1/me/x.css',
      '/api/v1/contacts/%zz',
      `/api/v1/contacts/${'x'.repeat(5000)}`,
    ]) {
      const answer = await server.send('GET', path)
      expect(answer.json.error.code, path).toBe('route.unknown')
      expect(answer.headers.get('cache-control')).toBe('no-store')
    }
  })

  test('never come back in an error, nor do values', async () => {
    const answer = await server.send('POST', '/api/v1/session?canary-in-address=1', {
      body: { email: 'canary@example.com', password: 1, extra: 'canary-value' },
    })
    expect(answer.status).toBe(400)
    expect(answer.text).not.toContain('canary@')
    expect(answer.text).not.toContain('canary-value')
    expect(server.lines.join()).not.toContain('canary')
  })
})
