import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startTestHttp } from '../../testing/http.ts'

const description = {
  openapi: '3.1.0',
  info: { title: 'Foyer', version: '1' },
  paths: {
    '/api/v1/me': {
      patch: {
        summary: 'Change <b>me</b>',
        parameters: [{ name: 'x', in: 'query', required: true, schema: { type: 'string' } }],
        requestBody: {
          content: {
            'application/json': { schema: { type: 'object', title: '</pre><script>alert(1)</script>' } },
          },
        },
        responses: {
          200: { description: 'Done', content: { 'application/json': { schema: { type: 'object' } } } },
        },
      },
    },
  },
}

test('the description of the API is given as it is, and as a page that runs and loads nothing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'foyer-docs-'))
  const openapiFile = join(folder, 'openapi.json')
  await writeFile(openapiFile, JSON.stringify(description))
  await using server = await startTestHttp([], { openapiFile })
  expect((await server.send('GET', '/api/openapi.json')).json).toEqual(description)
  const page = await server.send('GET', '/api/docs')
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(page.headers.get('content-security-policy')).toContain(`default-src 'none'; style-src 'self'`)
  expect(page.text).toContain('/api/v1/me')
  expect(page.text).toContain('Change &#60;b&#62;me')
  expect(page.text).not.toMatch(/<script|style=|https?:/)
  expect((await server.send('GET', '/api/docs.css')).headers.get('content-type')).toBe(
    'text/css; charset=utf-8',
  )
  await rm(folder, { recursive: true })
})

test('where it was not generated, there is nothing', async () => {
  await using server = await startTestHttp([])
  expect((await server.send('GET', '/api/docs')).json.error.code).toBe('route.unknown')
})
