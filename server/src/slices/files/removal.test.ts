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
