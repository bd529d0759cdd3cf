import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { createLog } from '../log.ts'
import { createNotices } from './notices.ts'
import { watchForProxy } from './proxy.ts'

const request = (remoteAddress: string, headers: Record<string, string>) =>
  ({ headers, socket: { remoteAddress } }) as unknown as IncomingMessage

function noticed(settings: { trustProxy: number; publicUrl: string | null }, ...requests: IncomingMessage[]) {
  const notices = createNotices(createLog({ level: 'silent' }))
  const look = watchForProxy(notices, settings)
  for (const each of requests) look(each)
  return notices.list().map(({ kind }) => kind)
}
const plain = { trustProxy: 0, publicUrl: null }

test.each([
  ['x-forwarded-for', '198.51.100.4'],
  ['forwarded', 'for=198.51.100.4'],
  ['x-forwarded-proto', 'https'],
  ['x-real-ip', '198.51.100.4'],
])('a proxy that adds %s and that nobody declared is noticed once', (name, value) => {
  const proxied = request('::ffff:10.0.0.2', { [name]: value })
  expect(noticed(plain, proxied, proxied)).toEqual(['proxy_undeclared'])
})

test('TLS that somebody before us must end is noticed at the start', () => {
  expect(noticed({ trustProxy: 0, publicUrl: 'https://chat.example.com' })).toEqual(['proxy_undeclared'])
})

test('where nothing is wrong nothing is said, whatever strangers claim', () => {
  const proxied = request('10.0.0.2', { 'x-forwarded-for': '198.51.100.4' })
  expect(noticed({ trustProxy: 1, publicUrl: 'https://chat.example.com' }, proxied)).toEqual([])
  expect(noticed(plain, request('10.0.0.2', {}))).toEqual([])
  expect(noticed(plain, request('203.0.113.9', { 'x-forwarded-for': '1.2.3.4' }))).toEqual([])
  expect(noticed({ trustProxy: 0, publicUrl: 'http://chat.example.com' })).toEqual([])
})
