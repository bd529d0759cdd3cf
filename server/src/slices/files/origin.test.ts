import { type IncomingMessage, request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FileStage, startFileStage } from '../../testing/file-stage.ts'

const origin = 'https://files.example.com'
let stage: FileStage
beforeAll(async () => {
  stage = await startFileStage({ config: { filesOrigin: origin } })
})
afterAll(() => stage[Symbol.asyncDispose]())

/** Asks as if under another name, which `fetch` cannot. */
function ask(path: string, host: string): Promise<IncomingMessage> {
  const { hostname, port } = new URL(stage.world.url)
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, headers: { host } }, (answer) => {
      answer.resume()
      resolve(answer)
    })
      .on('error', reject)
      .end()
  })
}

test('[C7] where files have an origin of their own they are there alone, and nothing else is', async () => {
  const id = await stage.sent(stage.contact, Buffer.from('%PDF-1.4 of ours'), 'a.pdf')
  const address = (await stage.link(stage.operator, id)) ?? ''
  expect(address).toMatch(/^https:\/\/files\.example\.com\/api\/v1\/files\/at\//)
  const { host, pathname } = new URL(address)
  const there = await ask(pathname, host)
  expect(there.statusCode).toBe(200)
  expect(there.headers['content-type']).toBe('application/pdf')
  expect(there.headers['content-disposition']).toMatch(/^inline; /)
  expect(there.headers['cross-origin-resource-policy']).toBe('cross-origin')
  const own = new URL(stage.world.url).host
  expect((await ask(pathname, own)).statusCode).toBe(404)
  for (const path of ['/', '/api/v1/me', '/api/v1/conversations', '/messenger/app/'])
    expect((await ask(path, host)).statusCode, path).toBe(404)
})
