import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { done, type FileStage, type Sender, startFileStage } from '../../testing/file-stage.ts'
import { recorded } from '../../testing/recorded.ts'

let stage: FileStage
beforeAll(async () => {
  stage = await startFileStage()
})
afterAll(() => stage[Symbol.asyncDispose]())

const peaks = [3, 40, 100, 12]

describe.each(['operator', 'contact'] as const)('voice messages by the %s', (side) => {
  const by = (): Sender => stage[side]

  test('[C9] a recording is measured, mended, and lies with its waveform in the message', async () => {
    const content = await recorded('mp4')
    const upload = await stage.bring(by(), content, 'voice 1.m4a', 64 * 1024, { peaks })
    expect(upload.file).toMatchObject({
      name: 'voice 1.weba',
      type: 'audio/webm',
      shows: 'audio',
      voice: { peaks, ms: expect.any(Number) },
    })
    const { ms = 0 } = upload.file?.voice ?? {}
    expect(ms).toBeGreaterThan(2_000)
    expect(ms).toBeLessThan(2_600)
    // Said again, it is answered alike.
    expect((await stage.finish(by(), upload.id, content, { peaks })).body).toEqual(upload)
    done(await stage.send(by(), [upload.id]))
    const { bytes, headers } = await stage.get(await stage.link(stage.contact, upload.id), {
      range: 'bytes=0-3',
    })
    expect(headers.get('content-type')).toBe('audio/webm')
    expect(headers.get('content-range')).toBe(`bytes 0-3/${upload.file?.bytes}`)
    expect(bytes.toString('hex')).toBe('1a45dfa3')
    const entry = await lastEntry()
    expect(entry.text).toBe('🎤 0:02')
    expect(entry.body.files).toEqual([upload.file])
  })

  test('[C9] what is no recording is a file like any other, whatever is said of it', async () => {
    const upload = await stage.bring(by(), Buffer.from('Good morning'), 'voice.txt', 64 * 1024, { peaks })
    expect(upload.file).toMatchObject({ name: 'voice.txt', type: 'text/plain', shows: 'file' })
    expect(upload.file?.voice).toBeUndefined()
  })

  test('[C9] a waveform out of bounds is refused', async () => {
    const content = await recorded('webm')
    const { id } = await stage.bring(by(), content, 'voice.weba')
    for (const bad of [[], [101], [-1], [0.5], Array.from({ length: 101 }, () => 1)])
      expect((await stage.finish(by(), id, content, { peaks: bad })).status).toBe(400)
  })
})

test('[C9] a widget that takes sounds alone takes voice messages; one that takes none refuses them', async () => {
  const set = (kinds: string[]) =>
    stage.world.db.owner('update widgets set media = $2 where id = $1', [
      stage.widget.id,
      JSON.stringify({ contacts: true, kinds }),
    ])
  const content = await recorded('webm')
  await set(['audio'])
  expect(
    (await stage.bring(stage.contact, content, 'voice.weba', 65_536, { peaks })).file?.voice,
  ).toBeDefined()
  await set(['picture'])
  expect((await stage.start(stage.contact, { name: 'voice.weba', bytes: 10 })).code).toBe('file.kind_refused')
  await set(['picture', 'video', 'audio', 'document', 'archive', 'other'])
})

test('[C9] erasing the contact removes what was said, its waveform and its bytes', async () => {
  const { organizationId } = stage.operator.built
  const { db, dataDir, database } = stage.world
  const canary = [17, 71, 19, 91, 23, 32]
  const upload = await stage.bring(stage.contact, await recorded('webm'), 'voice.weba', 65_536, {
    peaks: canary,
  })
  done(await stage.send(stage.contact, [upload.id]))
  const [row] = await db.owner<{ key: string }>('select key from files where id = $1', [upload.id])
  const lying = () => readdir(join(dataDir, 'files', organizationId, row?.key ?? '')).catch(() => [])
  const traces = async () =>
    (
      await db.owner<{ place: string }>(
        `select 'entries' as place from entries e where e.body::text like $1
        union all select 'files' from files f where f.shape::text like $1`,
        [`%${canary.join(', ')}%`],
      )
    ).map(({ place }) => place)
  expect((await traces()).sort()).toEqual(['entries', 'files'])
  expect(await lying()).not.toEqual([])
  await database.run({
    text: 'select erase_contact($1, $2)',
    values: [organizationId, stage.contact.built.id],
  })
  expect(await traces()).toEqual([])
  await expect.poll(lying, { timeout: 20_000 }).toEqual([])
})

async function lastEntry(): Promise<{ text: string; body: { files: unknown[] } }> {
  const [entry] = await stage.world.db.owner<{ text: string; body: { files: unknown[] } }>(
    'select text, body from entries where conversation_id = $1 order by seq desc limit 1',
    [stage.conversation.id],
  )
  if (!entry) throw new Error('nothing was said')
  return entry
}
