import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { type FauxqsServer, startFauxqs } from 'fauxqs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { openStorage } from './open.ts'
import { Missing, type Storage } from './storage.ts'

let scratch = ''
let server: FauxqsServer
const members: Record<string, Storage> = {}

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'foyer-storage-'))
  server = await startFauxqs({ port: 0, host: '127.0.0.1', logger: false })
  server.createBucket('files')
  const url = `s3+http://key:secret@127.0.0.1:${server.port}/files/foyer?region=us-east-1`
  members.folder = openStorage(readConfig({ DATA_DIR: join(scratch, 'data') }))
  members.bucket = openStorage(readConfig({ FILES_URL: url }))
})
afterAll(async () => {
  await server.stop()
  await rm(scratch, { recursive: true, force: true })
})

async function all(stream: Readable): Promise<Buffer> {
  return Buffer.concat(await stream.toArray())
}
const inPieces = (bytes: Buffer, size = 64 * 1024) =>
  Readable.from(
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
      bytes.subarray(n * size, (n + 1) * size),
    ),
  )

describe.each(['folder', 'bucket'])('a %s', (name) => {
  const storage = () => members[name] as Storage
  const key = () => `${randomUUID()}/${randomUUID()}/0`

  test('[C7] gives back what it was given, whole and in ranges', async () => {
    const at = key()
    const bytes = randomBytes(200_045)
    await storage().put(at, inPieces(bytes), bytes.length)
    expect((await all(storage().read(at, { from: 0, to: bytes.length }))).equals(bytes)).toBe(true)
    for (const [from, to] of [
      [0, 1],
      [65_535, 65_537],
      [200_044, 200_045],
      [100, 150_000],
    ] as const)
      expect((await all(storage().read(at, { from, to }))).equals(bytes.subarray(from, to))).toBe(true)
    expect(await all(storage().read(at, { from: 5, to: 5 }))).toHaveLength(0)
    expect(
      (await all(storage().read(at, { from: 200_000, to: 10 ** 9 }))).equals(bytes.subarray(200_000)),
    ).toBe(true)
  })

  test('[C7] what came first under a key stays, and nothing is kept of what is not what was said', async () => {
    const at = key()
    await expect(storage().put(at, Readable.from([Buffer.from('few')]), 5)).rejects.toThrow()
    await expect(all(storage().read(at, { from: 0, to: 5 }))).rejects.toBeInstanceOf(Missing)
    expect(await storage().put(at, Readable.from([Buffer.from('first')]), 5)).toBe(true)
    expect(await storage().put(at, Readable.from([Buffer.from('other')]), 5)).toBe(false)
    await expect(storage().put(at, Readable.from([Buffer.from('few')]), 5)).rejects.toThrow()
    await expect(storage().put(at, Readable.from([Buffer.from('too many')]), 5)).rejects.toThrow()
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from('br')
        throw new Error('cut')
      })(),
    )
    await expect(storage().put(at, broken, 5)).rejects.toThrow()
    expect((await all(storage().read(at, { from: 0, to: 5 }))).toString()).toBe('first')
  })

  test('says what lies under some segments, and of those alone', async () => {
    const [one, other] = [randomUUID(), randomUUID()]
    for (const at of [`${one}/0`, `${one}/11`, `${one}/thumbnail`, `${one}0/7`, `${other}/8`])
      await storage().put(at, Readable.from([Buffer.from('x')]), 1)
    expect((await storage().list(one)).sort()).toEqual(['0', '11', 'thumbnail'])
    await storage().remove(one)
    expect(await storage().list(one)).toEqual([])
    expect(await storage().list(randomUUID())).toEqual([])
  })

  test('what begins alike goes together, and nothing beside it', async () => {
    const [one, other] = [randomUUID(), randomUUID()]
    for (const at of [`${one}/0`, `${one}/1`, `${one}/thumbnail`, `${one}0/0`, `${other}/0`])
      await storage().put(at, Readable.from([Buffer.from('x')]), 1)
    await storage().remove(one)
    await storage().remove(one)
    for (const at of [`${one}/0`, `${one}/1`, `${one}/thumbnail`])
      await expect(all(storage().read(at, { from: 0, to: 1 }))).rejects.toBeInstanceOf(Missing)
    for (const at of [`${one}0/0`, `${other}/0`])
      expect((await all(storage().read(at, { from: 0, to: 1 }))).toString()).toBe('x')
  })

  test('fifty at once do not mix', async () => {
    const each = Array.from({ length: 50 }, () => ({ at: key(), bytes: randomBytes(70_000) }))
    await Promise.all(each.map(({ at, bytes }) => storage().put(at, inPieces(bytes, 9_999), bytes.length)))
    const read = await Promise.all(each.map(({ at }) => all(storage().read(at, { from: 0, to: 70_000 }))))
    expect(read.map((bytes, n) => bytes.equals(each[n]?.bytes ?? Buffer.of())).every(Boolean)).toBe(true)
  })

  test.each(['../x', 'a/../b', '/etc', 'a//b', '', 'a b', 'a\0', 'a/'])(
    'is led nowhere else by the key %j',
    async (at) => {
      await expect(storage().put(at, Readable.from([Buffer.from('x')]), 1)).rejects.toThrow('no key')
      await expect(storage().remove(at)).rejects.toThrow('no key')
    },
  )
})

test('what came in part leaves nothing in the folder', async () => {
  await expect(
    (members.folder as Storage).put(`${randomUUID()}/0`, Readable.from([Buffer.from('x')]), 2),
  ).rejects.toThrow()
  expect(await readdir(join(scratch, 'data/files/.arriving'))).toEqual([])
})

test('what is spent is given back when it is written, and nothing that others may use', async () => {
  const folder = members.folder as Storage
  const at = `${randomUUID()}/0`
  const [own, shared] = [new Uint8Array(300_000).fill(1), new Uint8Array(300_000).fill(2).subarray(0, 9)]
  await folder.put(at, Readable.from([own, shared]), 300_009, { isSpent: true })
  expect([own.byteLength, shared.byteLength]).toEqual([0, 9])
  const kept = new Uint8Array(300_000)
  await folder.put(`${randomUUID()}/0`, Readable.from([kept]), 300_000)
  expect(kept.byteLength).toBe(300_000)
  const read = await all(folder.read(at, { from: 0, to: 300_009 }))
  expect([read.length, read[299_999], read[300_000]]).toEqual([300_009, 1, 2])
})

test('of those that come to the same place in a folder at once one stays', async () => {
  const folder = members.folder as Storage
  const at = `${randomUUID()}/0`
  const texts = ['one', 'two', 'six', 'ten']
  const puts = await Promise.all(texts.map((text) => folder.put(at, Readable.from([Buffer.from(text)]), 3)))
  expect(puts.filter((isFirst) => isFirst)).toHaveLength(1)
  expect((await all(folder.read(at, { from: 0, to: 3 }))).toString()).toBe(texts[puts.indexOf(true)])
})
