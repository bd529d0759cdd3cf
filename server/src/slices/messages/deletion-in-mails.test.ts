import { randomUUID } from 'node:crypto'
import { readConversation } from '@foyer/contract/conversations.ts'
import { readMail } from '@foyer/contract/mail.ts'
import { deleteForContact } from '@foyer/contract/messages.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BuiltConversation } from '../../testing/build.ts'
import { type MailStage, openMailStage } from '../../testing/mail-stage.ts'
import { eventually } from '../../testing/world.ts'

let stage: MailStage
beforeAll(async () => {
  stage = await openMailStage()
})
afterAll(() => stage[Symbol.asyncDispose]())

const newAddress = () => `${randomUUID()}@contact.example`

/** Deletes the message of this text for its contact. */
async function remove({ id: conversationId }: BuiltConversation, text: string): Promise<void> {
  const params = { conversationId }
  const { entries } = await stage.client.api.call(readConversation, { params })
  const messageId = entries.find((entry) => entry.text === text)?.id ?? ''
  await stage.client.api.call(deleteForContact, { params, body: { messageId } })
}

test('[D2 T4] what was deleted is in no mail: neither in one that is due, nor in one that was kept', async () => {
  const { conversation } = await stage.conversation(newAddress())
  await stage.answer(conversation, 'A canary')
  await stage.answer(conversation, 'A finch')
  await stage.answer(conversation, 'A robin')
  await remove(conversation, 'A canary')
  await stage.pass(11)
  const [mail] = await stage.mailbox.arrived(1)
  expect(mail?.text).toContain('A finch')
  expect(`${mail?.text}${mail?.html}`).not.toContain('canary')

  // What is shown of a mail is written anew each time.
  const [row] = await stage.world.db.owner<{ id: string }>('select id from mails')
  const shown = () => stage.client.api.call(readMail, { params: { mailId: row?.id ?? '' } })
  expect(JSON.stringify(await shown())).toContain('A finch')
  await remove(conversation, 'A finch')
  const after = JSON.stringify(await shown())
  expect(after).toContain('A robin')
  expect(after).not.toContain('A finch')
})

test('[D2 T4] where nothing is left unread no mail goes out', async () => {
  const address = newAddress()
  const { conversation } = await stage.conversation(address)
  await stage.answer(conversation, 'The only one')
  await remove(conversation, 'The only one')
  await stage.pass(11)
  await stage.deadline(conversation, (due) => due === null)
  await eventually(
    () => stage.mailsTo(address),
    (mails) => mails.length === 0,
  )
})
