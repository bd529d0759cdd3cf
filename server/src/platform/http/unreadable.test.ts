import { connect } from 'node:net'
import { logIn } from '@foyer/contract/sessions.ts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestHttp, type TestHttp } from '../../testing/http.ts'
import { Failure } from '../failure.ts'
import { clientAddress } from './address.ts'
import { bind } from './bind.ts'

let server: TestHttp
let reached = 0
beforeAll(async () => {
  const handle = bind(logIn, async () => {
    reached++
    throw new Failure('session.credentials')
  })
  server = await startTestHttp([handle])
})
afterAll(() => server.http.close())
beforeEach(() => {
  reached = 0
})

/** Sends bytes as they are and answers all that comes back. */
function sendRaw(text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(server.origin).port), '127.0.0.1')
    let heard = ''
    socket.on('data', (part) => {
      heard += part
    })
    socket.on('error', () => undefined)
    socket.once('close', () => resolve(heard))
    socket.write(text)
  })
}

const start = 'POST /api/v1/session HTTP/1.1\r\nhost: x\r\nx-foyer: 1\r\ncontent-type: application/json\r\n'

test.each([
  ['two ways to end', 'content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'],
  ['two lengths', 'content-length: 2\r\ncontent-length: 4\r\n\r\n{}{}'],
  ['a way to end that we do not know', 'transfer-encoding: chunked, x\r\n\r\n0\r\n\r\n'],
  ['pieces that lie', 'transfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n'],
  ['a folded header', 'transfer-encoding:\r\n chunked\r\ncontent-length: 2\r\n\r\n{}'],
  ['a space before the colon', 'content-length : 2\r\n\r\n{}'],
  ['a head without end', `${'x-many: 1234567890\r\n'.repeat(2000)}\r\n`],
])('a request with %s reaches nobody', async (_what, rest) => {
  const heard = await sendRaw(start + rest)
  expect(heard).toMatch(/^HTTP\/1\.1 4\d\d /)
  expect(heard).toContain('x-content-type-options: nosniff')
  expect(heard.match(/HTTP\/1\.1/g)).toHaveLength(1)
  expect(reached).toBe(0)
})

test.each([
  ['203.0.113.9', '', 0, '203.0.113.9'],
  ['127.0.0.1', '6.6.6.6', 0, '127.0.0.1'],
  ['127.0.0.1', '6.6.6.6, 203.0.113.9', 1, '203.0.113.9'],
  ['127.0.0.1', '6.6.6.6, 203.0.113.9, 10.0.0.2', 2, '203.0.113.9'],
  ['127.0.0.1', '', 1, '127.0.0.1'],
  ['198.51.100.7', '6.6.6.6', 1, '198.51.100.7'],
])('who asks through %s, named %j, %i proxies trusted, is %s', (remoteAddress, forwarded, hops, expected) => {
  const request = {
    socket: { remoteAddress },
    headers: forwarded === '' ? {} : { 'x-forwarded-for': forwarded },
  }
  expect(clientAddress(request as never, hops)).toBe(expected)
})
