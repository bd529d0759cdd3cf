import { randomUUID } from 'node:crypto'
import { listMails, readMail, sendTestMail } from '@foyer/contract/mail.ts'
import { beforeEach, expect, test } from 'vitest'
import { openMailStage } from '../../testing/mail-stage.ts'
import { eventually, type OperatorClient, startWorldForTest, type World } from '../../testing/world.ts'

let world: World
let client: OperatorClient
beforeEach(async () => {
  world = await startWorldForTest()
  client = await world.operator(await world.build.operator({ role: 'owner', locale: 'de' }))
})

const list = (cursor?: string) =>
  client.api.call(listMails, { query: cursor === undefined ? {} : { cursor } })

test('without a server a mail is kept, and can be looked at', async () => {
  const id = randomUUID()
  await client.api.call(sendTestMail, { body: { id } })
  const { items, outgoing } = await eventually(list, ({ items: [mail] }) => mail?.state === 'kept')
  expect(outgoing).toBeNull()
  expect(items).toMatchObject([{ id, kind: 'test', state: 'kept', error: null, sentAt: null }])
  const shown = await client.api.call(readMail, { params: { mailId: id } })
  expect(shown.subject).toMatch(/^Test-E-Mail von Organization/)
  expect(shown.html).toContain('<!doctype html>')
  const again = client.api.call(sendTestMail, { body: { id } })
  await expect(again).rejects.toMatchObject({ code: 'create.id_reused' })
})

test('mails are listed page by page, newest first', async () => {
  const ids: string[] = []
  for (let count = 0; count < 65; count++) {
    ids.unshift(randomUUID())
    await client.api.call(sendTestMail, { body: { id: ids[0] as string } })
  }
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await list(cursor)
    seen.push(...page.items.map(({ id }) => id))
    cursor = page.next ?? undefined
  } while (cursor)
  expect(seen).toEqual(ids)
  await expect(list('nonsense')).rejects.toMatchObject({ code: 'request.invalid' })
})

test('a mail that was sent is shown without its link', async () => {
  await using stage = await openMailStage()
  const { conversation } = await stage.conversation('anna@contact.example')
  await stage.answer(conversation, 'An answer')
  await stage.pass(11)
  await stage.mailbox.arrived(1)
  const { items, outgoing } = await stage.client.api.call(listMails)
  expect(outgoing).toEqual({ server: '127.0.0.1', from: 'chat@shop.example' })
  const shown = await stage.client.api.call(readMail, { params: { mailId: items[0]?.id ?? '' } })
  expect(shown.text).toContain('> An answer')
  expect(shown.text).toContain('/m#…')
  expect(shown.text).not.toMatch(/#[\w-]{43}/)
})
