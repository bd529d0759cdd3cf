import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestHttp, type TestHttp } from '../../testing/http.ts'

let root: string
let server: TestHttp
const page = { headers: { accept: 'text/html' } }

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'foyer-statics-'))
  const files: Record<string, string> = {
    'web/index.html': '<!doctype html><title>Center</title>',
    'web/assets/app-abc123.js': `console.log(${'1,'.repeat(2000)}1)`,
    'web/.env': 'canary',
    'secret.txt': 'canary',
    'messenger/frame.html': '<title>Frame</title>',
    'messenger/messenger.js': 'loader()',
    'messenger/link.html': '<title>Link</title>',
    'demo/index.html': '<script src="{{origin}}/messenger.js" data-widget="{{widgetKey}}"></script>',
    'demo/terms.html': '<title>Terms</title>',
  }
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(root, name, '..'), { recursive: true })
    await writeFile(join(root, name), text)
  }
  server = await startTestHttp([], {
    statics: [
      { prefix: '/', directory: join(root, 'web'), kind: 'app', fallback: 'index.html' },
      { prefix: '/messenger/', directory: join(root, 'messenger'), kind: 'messenger' },
      { prefix: '/messenger.js', directory: join(root, 'messenger'), kind: 'loader' },
      { prefix: '/m', directory: join(root, 'messenger'), kind: 'link' },
      { prefix: '/demo', directory: join(root, 'demo'), kind: 'demo' },
      { prefix: '/unbuilt', directory: join(root, 'unbuilt'), kind: 'app', fallback: 'index.html' },
    ],
    pages: {
      frameAncestors: async (key) =>
        key === 'any'
          ? []
          : key === 'some'
            ? ['https://shop.example', 'https://*.example.com', `x'; script-src *`]
            : null,
      demo: async () => ({ widgetKey: '"><script>', color: '#1f5a4c', origin: 'http://foyer.test' }),
    },
  })
})
afterAll(async () => {
  await server.http.close()
  await rm(root, { recursive: true })
})

describe('the page that a link in a mail opens', () => {
  test('is one address, in no frame, and says nobody where one was', async () => {
    const answer = await server.send('GET', '/m', page)
    expect(answer.text).toContain('Link')
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    expect(answer.headers.get('x-frame-options')).toBe('DENY')
    expect(answer.headers.get('content-security-policy')).toContain(`frame-ancestors 'none'`)
    expect((await server.send('GET', '/m/frame', page)).text).not.toContain('Frame')
  })
})

describe('the Message Center', () => {
  test('is one page under every address of its own', async () => {
    for (const path of ['/', '/inbox/mine?x=1', '/setup']) {
      const answer = await server.send('GET', path, page)
      expect(answer.text, path).toContain('Center')
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(answer.headers.get('cache-control')).toBe('no-cache')
    }
  })

  test('runs no script but its own files, and in no frame', async () => {
    const policy = (await server.send('GET', '/', page)).headers.get('content-security-policy') ?? ''
    const host = new URL(server.origin).host
    expect(policy).toContain(`default-src 'self';`)
    expect(policy).toContain(`connect-src 'self' ws://${host} wss://${host};`)
    for (const part of [`object-src 'none'`, `base-uri 'none'`, `frame-ancestors 'none'`])
      expect(policy).toContain(part)
    expect(policy).not.toContain('unsafe')
  })

  test.each(['x; script-src *', 'x:1; script-src *', 'x wss://evil.example', `x'`, 'x,y', '[::1', 'x:port'])(
    'says nothing of a host that is none (%j) in its policy',
    async (host) => {
      const headers = { ...page.headers, host }
      for (const path of ['/', '/demo/']) {
        const policy =
          (await server.send('GET', path, { headers })).headers.get('content-security-policy') ?? ''
        expect(policy).not.toContain('script-src')
        expect(policy).not.toContain('evil')
        expect(policy).not.toContain('ws://')
        expect(policy.split(';').map((part) => part.trim().split(' ', 1)[0])).toEqual(
          (await server.send('GET', path, page)).headers
            .get('content-security-policy')
            ?.split(';')
            .map((part) => part.trim().split(' ', 1)[0]),
        )
      }
    },
  )

  test.each(['shop.example', 'shop_1:3000', '127.0.0.1:80', '[::1]:4000'])(
    'names the host %s',
    async (host) => {
      const answer = await server.send('GET', '/', { headers: { ...page.headers, host } })
      expect(answer.headers.get('content-security-policy')).toContain(`'self' ws://${host} wss://${host};`)
    },
  )

  test('believes no origin that a proxy made up', async () => {
    const [demo] = [{ prefix: '/demo', directory: join(root, 'demo'), kind: 'demo' as const }]
    await using behind = await startTestHttp([], {
      trustProxy: 1,
      statics: [demo],
      pages: {
        frameAncestors: async () => null,
        demo: async ({ ownOrigin }) => ({ widgetKey: '', color: '#1f5a4c', origin: ownOrigin }),
      },
    })
    for (const headers of [
      { 'x-forwarded-proto': 'https; script-src *', 'x-forwarded-host': 'shop.example' },
      { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'x; script-src *' },
    ]) {
      const answer = await behind.send('GET', '/demo/', { headers: { ...page.headers, ...headers } })
      expect(answer.headers.get('content-security-policy')).not.toContain('script-src')
    }
  })

  test('keeps files whose name has a hash, packed once', async () => {
    const plain = await server.send('GET', '/assets/app-abc123.js')
    expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    const packed = await server.send('GET', '/assets/app-abc123.js', {
      headers: { 'accept-encoding': 'gzip, br' },
    })
    expect(packed.headers.get('content-encoding')).toBe('br')
    expect(Number(packed.headers.get('content-length'))).toBeLessThan(300)
    const etag = plain.headers.get('etag') ?? ''
    expect(
      (await server.send('GET', '/assets/app-abc123.js', { headers: { 'if-none-match': etag } })).status,
    ).toBe(304)
    expect((await server.send('HEAD', '/assets/app-abc123.js')).text).toBe('')
  })

  test.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/%2e%2e%5csecret.txt',
    '/.env',
    '/%00',
    '/assets/missing.js',
    '/api/v1/me/x.css',
    '/api/anything',
    '//etc/passwd',
  ])('gives nothing at %s', async (path) => {
    const answer = await server.send('GET', path)
    expect(answer.status).toBe(404)
    expect(answer.text).not.toContain('canary')
  })

  test('says how to mend what is not built', async () => {
    const answer = await server.send('GET', '/unbuilt', page)
    expect([answer.status, answer.text]).toEqual([404, expect.stringContaining('npm run build')])
  })

  test('takes no writing', async () => {
    expect((await server.send('POST', '/inbox', { body: {}, ...page })).json.error.code).toBe('route.unknown')
  })
})

describe('the messenger', () => {
  test('may be framed where its widget allows, and nowhere else', async () => {
    const ancestors = async (query: string) => {
      const answer = await server.send('GET', `/messenger/frame${query}`, page)
      expect(answer.text).toContain('Frame')
      return /frame-ancestors (.*)$/.exec(answer.headers.get('content-security-policy') ?? '')?.[1]
    }
    expect(await ancestors('?widget=any')).toBe('*')
    expect(await ancestors('?widget=some')).toBe('https://shop.example https://*.example.com')
    expect(await ancestors('?widget=unknown')).toBe(`'none'`)
    expect(await ancestors('')).toBe(`'none'`)
  })

  test('loads in pages that isolate themselves', async () => {
    const frame = await server.send('GET', '/messenger/frame?widget=any', page)
    expect(frame.headers.get('cross-origin-embedder-policy')).toBe('require-corp')
    expect(frame.headers.get('x-frame-options')).toBeNull()
    const loader = await server.send('GET', '/messenger.js')
    expect(loader.text).toBe('loader()')
    for (const { headers } of [frame, loader])
      expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin')
  })
})

describe('the demo', () => {
  test('is a folder, so that its pages name their files from where they are', async () => {
    const answer = await server.send('GET', '/demo', page)
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/demo/'])
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  })

  test('carries the widget, its values escaped', async () => {
    expect((await server.send('GET', '/demo', page)).headers.get('location')).toBe('/demo/')
    const answer = await server.send('GET', '/demo/', page)
    expect(answer.text).toBe(
      '<script src="http://foyer.test/messenger.js" data-widget="&#34;&#62;&#60;script&#62;"></script>',
    )
    expect(answer.headers.get('content-security-policy')).toContain(`default-src 'self' http://foyer.test;`)
    expect((await server.send('GET', '/demo/terms', page)).text).toContain('Terms')
  })
})
