import { randomBytes, randomUUID } from 'node:crypto'
import { ApiFailure } from '@foyer/client/api.ts'
import type { UploadRoutes } from '@foyer/client/carry.ts'
import type { KeptFiles } from '@foyer/client/kept-files.ts'
import type { OutboxStorage } from '@foyer/client/outbox.ts'
import { createUploads, type Uploads } from '@foyer/client/uploads.ts'
import { finishUpload, readUpload, removeUpload, startUpload } from '@foyer/contract/files.ts'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type FileStage, startFileStage } from '../../testing/file-stage.ts'
import type { OperatorClient } from '../../testing/world.ts'

let stage: FileStage
let operator: OperatorClient
beforeAll(async () => {
  stage = await startFileStage()
  operator = await stage.world.operator(stage.operator.built)
})
afterAll(() => stage[Symbol.asyncDispose]())

const open: Uploads[] = []
afterEach(() => {
  for (const uploads of open.splice(0)) uploads.stop()
})

const mega = 1024 * 1024
/** Uploads cross a real server, which on a busy machine takes its time. */
const soon = (holds: () => unknown) => vi.waitFor(holds, 20_000)

/** What outlives a page, and what goes over the line. */
function browser() {
  const kept = new Map<string, string>()
  const files = new Map<string, Blob>()
  const storage: OutboxStorage = {
    get length() {
      return kept.size
    },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
  const disk: KeptFiles = {
    put: async (id, file) => files.set(id, file) && true,
    get: async (id) => files.get(id) ?? null,
    remove: async (id) => void files.delete(id),
  }
  /** The parts that the server has taken, and how often each was sent. */
  const parts: number[] = []
  /** What happens to a part before it is sent, and after the server has it. */
  const line: {
    before: (part: number, signal: AbortSignal) => Promise<void>
    after: (part: number) => Promise<void>
  } = {
    before: async () => undefined,
    after: async () => undefined,
  }
  const routes: UploadRoutes = {
    begin: ({ place, ...body }, signal) =>
      operator.api.call(startUpload, { body: { ...body, conversationId: place }, signal }),
    async part({ id, index, bytes, sent }, signal) {
      await line.before(index, signal)
      const answer = await fetch(`${stage.world.url}/api/v1/uploads/${id}/parts/${index}`, {
        method: 'PUT',
        headers: { cookie: operator.cookie, 'x-foyer': '1', 'content-type': 'application/octet-stream' },
        body: bytes,
        signal,
      })
      if (!answer.ok) throw new ApiFailure({ code: 'network', status: answer.status })
      parts.push(index)
      sent(bytes.length)
      await line.after(index)
    },
    finish: (uploadId, body, signal) =>
      operator.api.call(finishUpload, { params: { uploadId }, body, signal }),
    drop: async (uploadId) => void (await operator.api.call(removeUpload, { params: { uploadId } })),
  }
  /** A page in it; `withDisk`: whether it may keep files. */
  function page(withDisk = true): Uploads {
    const uploads = createUploads({ storage, storageKey: 'uploads', routes, files: withDisk ? disk : null })
    open.push(uploads)
    return uploads
  }
  return { page, parts, line, files, kept }
}

const fileOf = (content: Uint8Array<ArrayBuffer>, name = 'plan.bin') => new File([content], name)
const states = (uploads: Uploads) => uploads.items().map(({ state }) => state)
/** On a line that is dead until somebody gives it up. */
const hangs = (signal: AbortSignal) =>
  new Promise<void>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
const cut = () => Promise.reject(new ApiFailure({ code: 'network', status: 0 }))

test('[C7] a file is carried in parts, each once, and is done when the server has looked at it', async () => {
  const { page, parts, files } = browser()
  const uploads = page()
  const content = randomBytes(3 * mega + 17)
  const fractions: number[] = []
  uploads.subscribe(() => fractions.push(uploads.items()[0]?.fraction ?? 0))
  const [upload] = uploads.add(stage.conversation.id, [fileOf(content)])
  await soon(() => expect(states(uploads)).toEqual(['done']))
  expect(parts).toEqual([0, 1, 2, 3])
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b))
  expect(uploads.items()[0]?.file).toMatchObject({ id: upload?.id, name: 'plan.bin', bytes: content.length })
  expect(uploads.verdict([upload?.id ?? ''])).toBe('ready')
  expect(files.size).toBe(0)
})

test('[C7] cut again and again, it loses at most the part under way, and goes on by itself', async () => {
  const { page, parts, line } = browser()
  const uploads = page()
  let cuts = 0
  // Before the part is there, and after it, when nobody has heard that it is.
  line.before = () => (++cuts % 3 === 1 ? cut() : Promise.resolve())
  line.after = () => (cuts % 3 === 2 ? cut() : Promise.resolve())
  uploads.add(stage.conversation.id, [fileOf(randomBytes(4 * mega))])
  const waking = setInterval(() => uploads.wake(), 20)
  await soon(() => expect(states(uploads)).toEqual(['done']))
  clearInterval(waking)
  expect(parts.toSorted()).toEqual([0, 1, 2, 3])
})

test('[C7] after a reload it goes on with what is missing, as long as the browser keeps the file', async () => {
  const { page, parts, line } = browser()
  const first = page()
  line.before = (part, signal) => (part === 2 ? hangs(signal) : Promise.resolve())
  const [upload] = first.add(stage.conversation.id, [fileOf(randomBytes(4 * mega))])
  await soon(() => expect(parts).toEqual([0, 1]))
  first.stop()
  line.before = async () => undefined
  const second = page()
  expect(second.items()).toMatchObject([{ id: upload?.id, name: 'plan.bin', state: 'waiting' }])
  await soon(() => expect(states(second)).toEqual(['done']))
  expect(parts).toEqual([0, 1, 2, 3])
})

test('[C7] where the browser keeps no files it asks for the very same one again', async () => {
  const { page, parts, line } = browser()
  const first = page(false)
  line.before = (part, signal) => (part === 1 ? hangs(signal) : Promise.resolve())
  const content = randomBytes(2 * mega)
  const [{ id } = { id: '' }] = first.add(stage.conversation.id, [fileOf(content)])
  await soon(() => expect(parts).toEqual([0]))
  first.stop()
  line.before = async () => undefined
  const second = page(false)
  await soon(() => expect(states(second)).toEqual(['missing']))
  expect(second.verdict([id])).toBe('file.not_ready')
  expect(second.choose(id, fileOf(content, 'other.bin'))).toBe(false)
  expect(second.choose(id, fileOf(randomBytes(3)))).toBe(false)
  expect(second.choose(id, fileOf(content))).toBe(true)
  await soon(() => expect(states(second)).toEqual(['done']))
  expect(parts).toEqual([0, 1])
})

test('another file of the same name and size is not taken for the one that was begun', async () => {
  const { page, parts, line } = browser()
  const first = page(false)
  line.before = (part, signal) => (part === 1 ? hangs(signal) : Promise.resolve())
  const [{ id } = { id: '' }] = first.add(stage.conversation.id, [fileOf(randomBytes(2 * mega))])
  await soon(() => expect(parts).toEqual([0]))
  first.stop()
  line.before = async () => undefined
  const second = page(false)
  await soon(() => expect(states(second)).toEqual(['missing']))
  const other = randomBytes(2 * mega)
  second.choose(id, fileOf(other))
  const waking = setInterval(() => second.wake(), 20)
  await soon(() => expect(states(second)).toEqual(['done']))
  clearInterval(waking)
  // What is there is the second one whole: the part that was of the first was sent again.
  expect(parts).toEqual([0, 1, 0, 1])
})

test('[C7] what is too large is not begun; what the server refuses says why, and others go on', async () => {
  const { page, parts } = browser()
  const uploads = page()
  const large = { name: 'film.mov', type: 'video/quicktime', size: 100 * mega + 1, slice: () => new Blob() }
  const [first] = uploads.add(stage.conversation.id, [large as unknown as File])
  const [second] = uploads.add(randomUUID(), [fileOf(randomBytes(9))])
  const [third] = uploads.add(stage.conversation.id, [fileOf(randomBytes(9))])
  await soon(() => expect(states(uploads)).toEqual(['refused', 'refused', 'done']))
  expect(uploads.items()).toMatchObject([{ error: 'file.too_large' }, { error: 'conversation.unknown' }, {}])
  expect(uploads.verdict([third?.id ?? '', second?.id ?? ''])).toBe('conversation.unknown')
  uploads.retry([first?.id ?? ''])
  expect(uploads.items()[0]?.state).toBe('refused')
  expect(parts).toEqual([0])
})

test('[C7] two are under way at once, the others in their turn; what is taken away is gone on the server, too', async () => {
  const { page, line } = browser()
  const uploads = page()
  let under = 0
  let most = 0
  const gates: (() => void)[] = []
  line.before = async () => {
    most = Math.max(most, ++under)
    await new Promise<void>((resolve) => gates.push(resolve))
    under--
  }
  const added = uploads.add(
    stage.conversation.id,
    [1, 2, 3, 4, 5].map((n) => fileOf(randomBytes(n), `${n}.bin`)),
  )
  await soon(() => expect(gates).toHaveLength(2))
  uploads.drop([added[0]?.id ?? '', added[4]?.id ?? ''])
  const opening = setInterval(() => gates.splice(0).map((go) => go()), 30)
  await soon(() => expect(states(uploads)).toEqual(['done', 'done', 'done']))
  clearInterval(opening)
  expect(most).toBe(2)
  expect(uploads.items().map(({ name }) => name)).toEqual(['2.bin', '3.bin', '4.bin'])
  await soon(async () => {
    const gone = operator.api.call(readUpload, { params: { uploadId: added[0]?.id ?? '' } })
    await expect(gone).rejects.toMatchObject({ code: 'file.unknown' })
  })
})

test('of what another tab did with a file this one hears', async () => {
  const { page, kept } = browser()
  const [here, there] = [page(), page()]
  const [{ id } = { id: '' }] = here.add(stage.conversation.id, [fileOf(randomBytes(9))])
  await soon(() => expect(states(here)).toEqual(['done']))
  there.kept(`uploads:${id}`)
  expect(there.items()).toMatchObject([{ id, state: 'done' }])
  here.take([id])
  there.kept(`uploads:${id}`)
  expect(there.items()).toMatchObject([{ id, isTaken: true }])
  here.sent([id])
  there.kept(`uploads:${id}`)
  expect([here.items(), there.items(), kept.size]).toEqual([[], [], 0])
})
