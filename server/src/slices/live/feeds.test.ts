import type { ServerFrame } from '@foyer/contract/protocol.ts'
import { expect, test } from 'vitest'
import { createLog } from '../../platform/log.ts'
import { createFeeds, type Follower } from './feeds.ts'

type AnyPacket = Extract<ServerFrame, { type: 'packet' }>['packet']
const log = createLog({ level: 'silent' })

function packet(prev: number, n: number): AnyPacket {
  return {
    epoch: 'e',
    conversationId: 'c',
    prev,
    n,
    snapshot: false,
    older: false,
    entries: [],
    head: {},
  } as unknown as AnyPacket
}

/** A follower that holds its client's number by the client's own rule. */
function follower(n: number): Follower & { has: number; gaps: number } {
  const self = {
    n,
    has: n,
    gaps: 0,
    send: () => undefined,
    sendText(text: string) {
      const { packet } = JSON.parse(text) as { packet: AnyPacket }
      if (packet.prev > self.has) self.gaps++
      else self.has = Math.max(self.has, packet.n)
    },
  }
  return self
}

test('a packet goes straight to those just before it; others are served from the log, without a gap', async () => {
  let readings = 0
  const feeds = createFeeds(async (_key, after) => {
    readings++
    await new Promise((resolve) => setTimeout(resolve, 5))
    return packet(after, 8)
  }, log)
  const current = follower(6)
  const behind = follower(2)
  feeds.follow('k', current)
  feeds.follow('k', behind)
  feeds.deliver('k', packet(6, 7))
  expect(current.has).toBe(7)
  feeds.deliver('k', packet(7, 8))
  await expect.poll(() => behind.has).toBe(8)
  expect([current.has, current.gaps, behind.gaps]).toEqual([8, 0, 0])
  expect(readings).toBeLessThanOrEqual(2)
})

test('news from elsewhere that is known already asks nothing of the database', async () => {
  let readings = 0
  const feeds = createFeeds(async (_key, after) => {
    readings++
    return packet(after, 9)
  }, log)
  const one = follower(5)
  feeds.follow('k', one)
  feeds.catchUp('k', 5)
  expect(readings).toBe(0)
  feeds.catchUp('k', 9)
  await expect.poll(() => one.has).toBe(9)
})

test('news that come while the log is being read lead to one more reading', async () => {
  let n = 6
  let readings = 0
  const feeds = createFeeds(async (_key, after) => {
    readings++
    const result = packet(after, n)
    await new Promise((resolve) => setTimeout(resolve, 10))
    return result
  }, log)
  const one = follower(5)
  feeds.follow('k', one)
  feeds.catchUp('k', 6)
  n = 9
  for (let notice = 7; notice <= 9; notice++) feeds.catchUp('k', notice)
  await expect.poll(() => one.has).toBe(9)
  expect(readings).toBe(2)
  expect(one.gaps).toBe(0)
})

test('a newcomer’s snapshot is not sent to those who are only a little behind', async () => {
  const asked: number[] = []
  const feeds = createFeeds(async (_key, after) => {
    asked.push(after)
    return { ...packet(Math.max(0, after), 9), snapshot: after < 0 }
  }, log)
  const snapshots = new Map<string, boolean>()
  const told = (name: string, n: number) => ({
    ...follower(n),
    sendText: (text: string) => void snapshots.set(name, JSON.parse(text).packet.snapshot),
  })
  feeds.follow('k', told('newcomer', -1))
  feeds.follow('k', told('old hand', 7))
  feeds.catchUp('k', 9)
  await expect.poll(() => snapshots.size).toBe(2)

  expect(asked).toEqual([7, -1])
  expect([...snapshots]).toEqual([
    ['old hand', false],
    ['newcomer', true],
  ])
})
