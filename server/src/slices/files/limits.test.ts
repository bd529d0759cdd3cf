import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { done, type FileStage, startFileStage } from '../../testing/file-stage.ts'

let stage: FileStage
beforeAll(async () => {
  stage = await startFileStage({ config: { filesQuota: 700 * 1024 * 1024 } })
})
afterAll(() => stage[Symbol.asyncDispose]())

test('[C7] a widget that takes no files, or not of this kind, says so before anything comes, and of what is in them after', async () => {
  const media = (given: object) =>
    stage.world.db.owner('update widgets set media = $2 where id = $1', [
      stage.widget.id,
      JSON.stringify(given),
    ])
  await media({ contacts: true, kinds: ['picture', 'document'] })
  const config = () => stage.ask(stage.contact, 'GET', `/api/v1/messenger/widgets/${stage.widget.key}`)
  expect(done(await config()).body.files).toEqual(['picture', 'document'])
  for (const name of ['a.mp4', 'a.zip', 'a.exe', 'a.unknown'])
    expect((await stage.start(stage.contact, { name, bytes: 10 })).code).toBe('file.kind_refused')
  const id = randomUUID()
  const zip = Buffer.from('504b0506000000000000000000000000000000000000', 'hex')
  done(await stage.start(stage.contact, { id, name: 'a.pdf', bytes: zip.length }))
  done(await stage.sendPart(stage.contact, id, 0, zip))
  expect((await stage.finish(stage.contact, id, zip)).code).toBe('file.kind_refused')
  expect((await stage.ask(stage.contact, 'GET', `${stage.contact.base}/${id}`)).code).toBe('file.unknown')
  expect((await stage.bring(stage.contact, Buffer.from('text'), 'a.txt')).file?.type).toBe('text/plain')
  // What operators send is their own affair.
  expect((await stage.bring(stage.operator, zip, 'a.zip')).file?.type).toBe('application/zip')
  await media({ contacts: false, kinds: ['picture'] })
  const refused = await stage.start(stage.contact, { name: 'a.png', bytes: 10 })
  expect(refused).toMatchObject({ code: 'file.kind_refused' })
  await media({ contacts: true, kinds: ['picture', 'video', 'audio', 'document', 'archive', 'other'] })
})

test('[C7] a contact has so much room a day, an organization so much at all, and what goes gives it back', async () => {
  const bytes = 100 * 1024 * 1024
  const begun: string[] = []
  for (let count = 0; count < 4; count++) {
    const id = randomUUID()
    done(await stage.start(stage.contact, { id, bytes }))
    begun.push(id)
  }
  const full = await stage.start(stage.contact, { bytes: bytes + 0 })
  expect(full).toMatchObject({ status: 403, code: 'file.quota' })
  expect(full.body).toMatchObject({ error: { details: { whose: 'contact' } } })
  // Ten at once see each other: what the organization has left is not given away twice.
  const answers = await Promise.all(Array.from({ length: 10 }, () => stage.start(stage.operator, { bytes })))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(2)
  const refused = answers.find(({ status }) => status !== 200)
  expect(refused?.body).toMatchObject({ error: { code: 'file.quota', details: { whose: 'organization' } } })
  done(await stage.ask(stage.contact, 'DELETE', `${stage.contact.base}/${begun[0]}`))
  done(await stage.start(stage.operator, { bytes }))
})
