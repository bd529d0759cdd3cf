import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Transformer } from '@napi-rs/image'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { done, type FileStage, type Sender, startFileStage } from '../../testing/file-stage.ts'
import { eventually } from '../../testing/world.ts'

let stage: FileStage
beforeAll(async () => {
  stage = await startFileStage()
})
afterAll(() => stage[Symbol.asyncDispose]())

function picture(width: number, height: number): Transformer {
  return Transformer.fromRgbaPixels(new Uint8Array(width * height * 4).fill(120), width, height)
}

/** Whether bytes lie anywhere in the folder. */
async function lies(canary: string): Promise<boolean> {
  const folder = join(stage.world.dataDir, 'files')
  // While one looks, folders go.
  const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => null)
  if (!names) return true
  for (const entry of names) {
    if (!entry.isFile()) continue
    const bytes = await readFile(join(entry.parentPath, entry.name)).catch(() => Buffer.of())
    if (bytes.includes(canary)) return true
  }
  return false
}
const isGone = (canary: string) =>
  eventually(
    () => lies(canary),
    (there) => !there,
    10_000,
  )

test('[C7] what nobody sent goes after a day, its bytes with it; what was sent stays', async () => {
  const unsent = await stage.bring(stage.contact, Buffer.from('canary-of-unsent'))
  await stage.sent(stage.contact, Buffer.from('canary-of-sent'))
  const begun = randomUUID()
  done(await stage.start(stage.operator, { id: begun, bytes: 70_000, partBytes: 65_536 }))
  done(await stage.sendPart(stage.operator, begun, 1, Buffer.from('canary-of-begun'.padEnd(4_464))))
  await stage.world.app.sweep()
  expect(await lies('canary-of-unsent')).toBe(true)
  await stage.world.db.owner(`update files set created_at = created_at - interval '25 hours'`)
  await stage.world.app.sweep()
  await isGone('canary-of-unsent')
  await isGone('canary-of-begun')
  expect(await lies('canary-of-sent')).toBe(true)
  expect((await stage.ask(stage.contact, 'GET', `${stage.contact.base}/${unsent.id}`)).code).toBe(
    'file.unknown',
  )
})

test('[C7][D1] a message that is erased takes its files along, for both, thumbnails included', async () => {
  const conversation = `conversations/${stage.conversation.id}`
  const text = await stage.bring(stage.contact, Buffer.from('canary-of-erased'))
  const photo = await stage.bring(stage.contact, await (await picture(1500, 800)).jpeg(), 'a.jpg')
  const [{ key } = { key: '' }] = await stage.world.db.owner<{ key: string }>(
    'select key from files where id = $1',
    [photo.id],
  )
  const messageId = randomUUID()
  done(await stage.send(stage.contact, [text.id, photo.id], 'Both of them', messageId))
  const addresses = await Promise.all([
    stage.link(stage.contact, text.id),
    stage.link(stage.operator, text.id),
    stage.link(stage.contact, photo.id, 'thumbnail'),
    stage.link(stage.operator, photo.id, 'thumbnail'),
  ])
  for (const address of addresses) expect((await stage.get(address)).status).toBe(200)
  done(await stage.ask(stage.contact, 'PUT', `/api/v1/messenger/${conversation}/erasures`, { messageId }))
  const granted = { messageId, granted: true }
  done(await stage.ask(stage.operator, 'PUT', `/api/v1/${conversation}/erasures`, granted))
  for (const address of addresses) expect((await stage.get(address)).status).toBe(404)
  await isGone('canary-of-erased')
  await eventually(
    () =>
      readdir(join(stage.world.dataDir, 'files', stage.contact.built.organizationId, key)).catch(() => []),
    (names) => names.length === 0,
  )
  expect(await stage.world.db.owner('select from files where id = any($1)', [[text.id, photo.id]])).toEqual(
    [],
  )
})

test('[C7][D1] a message that is deleted for its contact takes its files from them within two seconds, not from us', async () => {
  const conversation = `conversations/${stage.conversation.id}`
  const read = async (by: Sender, side: string) =>
    done(await stage.ask(by, 'GET', `${side}/${conversation}`)).body as {
      head: { preview: object }
      entries: { id: string; text: string; body: object | null }[]
    }
  done(
    await stage.ask(stage.operator, 'POST', `/api/v1/${conversation}/messages`, {
      id: randomUUID(),
      text: 'Before it',
    }),
  )
  const photo = await stage.bring(stage.operator, await (await picture(900, 700)).jpeg(), 'secret.jpg')
  const messageId = randomUUID()
  done(await stage.send(stage.operator, [photo.id], '', messageId))
  const variants = ['shown', 'saved', 'thumbnail'] as const
  const theirs = await Promise.all(variants.map((variant) => stage.link(stage.contact, photo.id, variant)))
  const ours = await stage.link(stage.operator, photo.id)
  const began = performance.now()
  done(await stage.ask(stage.operator, 'PUT', `/api/v1/${conversation}/deletions`, { messageId }))
  for (const address of theirs)
    await eventually(
      async () => (await stage.get(address)).status,
      (status) => status === 404,
    )
  expect(await stage.link(stage.contact, photo.id)).toBeUndefined()
  const mine = await read(stage.contact, '/api/v1/messenger')
  expect(performance.now() - began).toBeLessThan(2_000)
  expect(JSON.stringify(mine)).not.toMatch(/secret\.jpg/)
  expect(JSON.stringify(mine)).not.toContain(photo.id)
  for (const { head } of [mine, await read(stage.operator, '/api/v1')]) {
    expect(head.preview).toMatchObject({ text: 'Before it' })
    expect(head.preview).not.toHaveProperty('hasFiles')
  }
  expect((await stage.get(ours)).status).toBe(200)
})

test('[C7] erasing a contact erases the bytes, thumbnails included, and gives the room back', async () => {
  const { build, db } = stage.world
  const { organizationId } = stage.contact.built
  const built = await build.contact({ organizationId })
  const conversation = await build.conversation({
    contact: built,
    widget: stage.widget,
    assignee: stage.operator.built,
  })
  const gone: Sender = {
    ...stage.contact,
    headers: { authorization: `Contact ${built.token}`, 'x-foyer': '1' },
  }
  const path = (side: string) => `${side}/conversations/${conversation.id}/messages`
  const mine = await stage.bring(gone, Buffer.from('canary-of-contact'))
  const theirs = await stage.bring(stage.operator, Buffer.from('canary-of-operator'))
  const photo = await stage.bring(gone, await (await picture(1500, 800)).jpeg(), 'a.jpg')
  await stage.bring(gone, Buffer.from('canary-not-sent'))
  done(
    await stage.ask(gone, 'POST', path('/api/v1/messenger'), {
      id: randomUUID(),
      text: '',
      files: [mine.id, photo.id],
    }),
  )
  done(
    await stage.ask(stage.operator, 'POST', path('/api/v1'), {
      id: randomUUID(),
      text: '',
      files: [theirs.id],
    }),
  )
  const address = await stage.link(stage.operator, mine.id)
  const [{ key } = { key: '' }] = await db.owner<{ key: string }>('select key from files where id = $1', [
    photo.id,
  ])
  const usage = async () =>
    (
      await db.owner<{ bytes: string; sum: string }>(
        `select u.bytes, (select sum(bytes) from files f where f.organization_id = u.organization_id) as sum
       from file_usage u where organization_id = $1`,
        [organizationId],
      )
    )[0]
  await stage.world.database.run({
    text: 'select erase_contact($1, $2)',
    values: [organizationId, built.id],
  })
  expect((await stage.get(address)).status).toBe(404)
  for (const canary of ['canary-of-contact', 'canary-of-operator', 'canary-not-sent']) await isGone(canary)
  await eventually(
    () => readdir(join(stage.world.dataDir, 'files', organizationId, key)).catch(() => []),
    (names) => names.length === 0,
  )
  const { bytes, sum } = (await usage()) ?? { bytes: '', sum: '' }
  expect(bytes).toBe(sum)
})
