import { randomUUID } from 'node:crypto'
import { type Api, createApi } from '@foyer/client/api.ts'
import { sendMessage } from '@foyer/contract/conversations.ts'
import { setMyEmail } from '@foyer/contract/mail.ts'
import { expect } from 'vitest'
import type { BuiltConversation, BuiltOperator, BuiltWidget } from './build.ts'
import { type Mailbox, openMailbox } from './mailbox.ts'
import { eventually, type OperatorClient, startWorld, type World } from './world.ts'

/** A world that sends mail, with an operator who has a conversation to answer. */
export type MailStage = AsyncDisposable & {
  readonly world: World
  readonly mailbox: Mailbox
  readonly operator: BuiltOperator
  readonly client: OperatorClient
  readonly widget: BuiltWidget
  /** A conversation of a new contact, who has left this address. */
  conversation(address: string | null): Promise<{ conversation: BuiltConversation; contact: { api: Api } }>
  answer(conversation: BuiltConversation, text: string): Promise<void>
  /** Lets minutes pass, once no mail is on its way. */
  pass(minutes: number): Promise<void>
  /** Waits until a conversation's deadline is as told, and gives it. */
  deadline(
    conversation: BuiltConversation,
    holds: (due: Date | null | undefined) => boolean,
  ): Promise<unknown>
  mailsTo(address: string): Promise<{ id: string; state: string; error: string | null; message_id: string }[]>
}

export async function openMailStage(options: { limited?: boolean } = {}): Promise<MailStage> {
  const mailbox = await openMailbox()
  const world = await startWorld({ ...options, mail: { server: mailbox.server, from: 'chat@shop.example' } })
  const organization = await world.build.organization({ name: 'Lamps & more' })
  const operator = await world.build.operator({
    organizationId: organization.id,
    name: 'Anna Berg',
    alias: 'Anna',
    role: 'admin',
  })
  const client = await world.operator(operator)
  const widget = await world.build.widget({ organizationId: organization.id })
  return {
    world,
    mailbox,
    operator,
    client,
    widget,
    async conversation(address) {
      const built = await world.build.contact({ organizationId: organization.id })
      const conversation = await world.build.conversation({ contact: built, widget, assignee: operator })
      const headers = { authorization: `Contact ${built.token}` }
      // Without a socket: they are not there.
      const contact = { api: createApi({ base: world.url, headers: () => headers }) }
      if (address) await contact.api.call(setMyEmail, { body: { email: address } })
      return { conversation, contact }
    },
    async answer(conversation, text) {
      const params = { conversationId: conversation.id }
      await client.api.call(sendMessage, { params, body: { id: randomUUID(), text } })
    },
    pass: (minutes) => world.db.advanceBetweenJobs(minutes * 60_000),
    deadline: (conversation, holds) =>
      eventually(
        async () => {
          const [row] = await world.db.owner<{ due_at: Date | null }>(
            'select due_at from unread_mails where conversation_id = $1',
            [conversation.id],
          )
          return row?.due_at
        },
        holds,
        15_000,
      ),
    mailsTo: (address) =>
      world.db.owner(
        'select id, state, error, message_id from mails where lower(to_address) = lower($1) order by created_at',
        [address],
      ),
    async [Symbol.asyncDispose]() {
      await world[Symbol.asyncDispose]()
      await mailbox[Symbol.asyncDispose]()
      expect(
        world.lines.filter((line) => line.includes('@')),
        'no address is logged',
      ).toEqual([])
    },
  }
}
