import { randomUUID } from 'node:crypto'
import { sendMessage } from '@foyer/contract/conversations.ts'
import { markMyReading, readMyConversation } from '@foyer/contract/messenger.ts'
import { updateMe } from '@foyer/contract/operators.ts'
import type { RichText } from '@foyer/contract/rich-text/tree.ts'
import { updateWidget } from '@foyer/contract/widgets.ts'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { BuiltConversation } from '../../testing/build.ts'
import { type MailStage, openMailStage } from '../../testing/mail-stage.ts'
import { plainWidget } from '../../testing/request-bodies.ts'
import { eventually } from '../../testing/world.ts'

let stage: MailStage
beforeAll(async () => {
  stage = await openMailStage()
})
afterAll(() => stage[Symbol.asyncDispose]())
afterEach(() => {
  stage.mailbox.refuse(() => null)
  stage.mailbox.mails.length = 0
})

const newAddress = () => `${randomUUID()}@contact.example`

test('[T4] what is not read in time comes as one mail, in the contact’s language, and not again', async () => {
  const address = newAddress()
  const { conversation } = await stage.conversation(address)
  await stage.world.db.owner(`update contacts set locale = 'fr' where id = $1`, [conversation.contact.id])
  await stage.answer(conversation, 'Bonjour')
  await stage.pass(6)
  await stage.answer(conversation, 'La lampe\nest là')
  await stage.pass(5)
  const [mail] = await stage.mailbox.arrived(1)
  expect(mail?.from?.value).toEqual([{ name: 'Lamps & more', address: 'chat@shop.example' }])
  expect([mail?.to].flat().map((to) => to?.text)).toEqual([address])
  expect(mail?.subject).toBe('Anna vous a répondu')
  expect(mail?.text).toContain('Anna:\n> Bonjour\n\nAnna:\n> La lampe\n> est là')
  expect(mail?.text).toMatch(/http:\/\/localhost:\d+\/m#[\w-]{43}/)
  expect(mail?.html).toContain('La lampe<br>est là')
  expect(mail?.html).toContain('lang="fr"')
  expect(mail?.headers.get('auto-submitted')).toBe('auto-generated')
  expect(mail?.headers.get('x-auto-response-suppress')).toBe('All')
  const [row] = await eventually(
    () => stage.mailsTo(address),
    ([first]) => first?.state === 'sent',
  )
  expect(mail?.messageId).toBe(`<${row?.id}@shop.example>`)
  await stage.deadline(conversation, (due) => due === null)

  // Something new is mailed alone.
  await stage.answer(conversation, 'Autre chose')
  await stage.pass(11)
  const [, second] = await stage.mailbox.arrived(2)
  expect(second?.text).toContain('> Autre chose')
  expect(second?.text).not.toContain('Bonjour')
})

test('[T4, X7] the signature stands once under the last message of its author, as plain text', async () => {
  const { conversation } = await stage.conversation(newAddress())
  const signature = 'Anna Berg <Lamps & more>\nMon to Fri'
  await stage.client.api.call(updateMe, { body: { signature } })
  await stage.answer(conversation, 'One')
  await stage.answer(conversation, 'Two')
  await stage.pass(11)
  const [mail] = await stage.mailbox.arrived(1)
  expect(mail?.text).toContain(`Anna:\n> One\n\nAnna:\n> Two\n\n${signature}\n\n`)
  expect(mail?.text?.split(signature)).toHaveLength(2)
  expect(String(mail?.html).split('Anna Berg &#60;Lamps &#38; more&#62;<br>Mon to Fri')).toHaveLength(2)
  await stage.client.api.call(updateMe, { body: { signature: null } })
})

test('[T4 C1] a mail has the formatting of messages, in words too, and nothing that is none', async () => {
  const { conversation } = await stage.conversation(newAddress())
  const link = 'https://shop.example/a?b=1&c="'
  const content: RichText = [
    {
      type: 'paragraph',
      runs: [
        { text: 'See ' },
        { text: 'our <b>page</b>', bold: true, link },
        { text: ' or ' },
        { text: 'bank.example', link },
        { text: '\nnow' },
      ],
    },
    { type: 'numbers', start: 4, items: [[{ type: 'paragraph', runs: [{ text: 'one', struck: true }] }]] },
    { type: 'quote', blocks: [{ type: 'code', text: '<img src=x onerror=__x=1>\n  two' }] },
  ]
  await stage.client.api.call(sendMessage, {
    params: { conversationId: conversation.id },
    body: { id: randomUUID(), content },
  })
  await stage.pass(11)
  const [mail] = await stage.mailbox.arrived(1)
  const address = 'https://shop.example/a?b=1&c=%22'
  expect(mail?.text).toContain(
    `Anna:\n> See our <b>page</b> (${address}) or bank.example (${address})\n> now\n> 4. one\n> > <img src=x onerror=__x=1>\n> >   two\n`,
  )
  const plain = String(mail?.html).replace(/ (?:class|style|dir|rel)="[^"]*"/g, '')
  expect(plain).toContain(
    [
      `<p>See <a href="${address.replace('&', '&#38;')}"><strong>our &#60;b&#62;page&#60;/b&#62;</strong></a> or `,
      `<a href="${address.replace('&', '&#38;')}">bank.example (shop.example)</a><br>now</p>`,
      '<ol start="4"><li><p><s>one</s></p></li></ol>',
      '<blockquote><pre>&#60;img src=x onerror=__x=1&#62;<br>  two</pre></blockquote>',
    ].join(''),
  )
})

test('[T4 C1] of a long message its beginning is mailed, formatted as it is', async () => {
  const { conversation } = await stage.conversation(newAddress())
  const items = Array.from(
    { length: 400 },
    (_, at): RichText => [{ type: 'paragraph', runs: [{ text: `item ${at} of a long list`, italic: true }] }],
  )
  await stage.client.api.call(sendMessage, {
    params: { conversationId: conversation.id },
    body: { id: randomUUID(), content: [{ type: 'bullets', items }] },
  })
  await stage.pass(11)
  const [mail] = await stage.mailbox.arrived(1)
  expect(mail?.html).toContain('<em>item 7 of a long list</em>')
  expect(mail?.html).not.toContain('item 399')
  expect(mail?.text).toContain('There’s more in the conversation.')
})

test('[T4] reading in time cancels the mail, and what comes later has its own time', async () => {
  const address = newAddress()
  const { conversation, contact } = await stage.conversation(address)
  await stage.answer(conversation, 'One')
  const params = { conversationId: conversation.id }
  const { n } = await contact.api.call(readMyConversation, { params })
  await contact.api.call(markMyReading, { params, body: { read: n } })
  await stage.pass(8)
  await stage.answer(conversation, 'Two')
  const first = (await stage.deadline(conversation, Boolean)) as Date
  await stage.pass(3)
  await stage.deadline(conversation, (due) => !!due && due > first)
  expect(await stage.mailsTo(address)).toEqual([])
  const later = await contact.api.call(readMyConversation, { params })
  await contact.api.call(markMyReading, { params, body: { read: later.n } })
  await stage.pass(10)
  await stage.deadline(conversation, (due) => due === null)
  expect(await stage.mailsTo(address)).toEqual([])
})

test('[T4] a mail that was queued is not sent once its messages are read', async () => {
  const address = newAddress()
  const { conversation, contact } = await stage.conversation(address)
  stage.mailbox.refuse(() => ({ code: 451, text: 'try later' }))
  await stage.answer(conversation, 'One')
  await stage.pass(11)
  await eventually(
    () => stage.mailsTo(address),
    ([mail]) => !!mail?.error?.includes('try later'),
    15_000,
  )
  const params = { conversationId: conversation.id }
  await contact.api.call(markMyReading, { params, body: { read: 99 } })
  stage.mailbox.refuse(() => null)
  await stage.pass(1)
  await eventually(
    () => stage.mailsTo(address),
    (mails) => mails.length === 0,
    15_000,
  )
  expect(stage.mailbox.mails).toEqual([])
})

test('[T4] nobody is mailed without an address, where the widget says so, or while they are there', async () => {
  const silent = await stage.conversation(null)
  await stage.answer(silent.conversation, 'One')
  const deadlines = () =>
    stage.world.db.owner('select from unread_mails where conversation_id = $1', [silent.conversation.id])
  expect(await deadlines()).toEqual([])

  const update = (mailMinutes: number | null) =>
    stage.client.api.call(updateWidget, {
      body: {
        ...plainWidget,
        allowedSites: [],
        skillIds: [],
        groupIds: [],
        id: stage.widget.id,
        mailMinutes,
      },
    })
  await update(null)
  const off = await stage.conversation(newAddress())
  await stage.answer(off.conversation, 'One')
  expect(
    await stage.world.db.owner('select from unread_mails where conversation_id = $1', [off.conversation.id]),
  ).toEqual([])
  await update(1440)
  await update(10)

  const address = newAddress()
  const there = await stage.conversation(address)
  const connection = randomUUID()
  await stage.world.db.owner(
    `insert into presence (connection_id, process_id, organization_id, subject_kind, subject_id)
     select $1, (select id from processes limit 1), $2, 'contact', $3`,
    [connection, there.conversation.organizationId, there.conversation.contact.id],
  )
  await stage.answer(there.conversation, 'One')
  const first = (await stage.deadline(there.conversation, Boolean)) as Date
  await stage.pass(10.1)
  await stage.deadline(there.conversation, (due) => !!due && due > first)
  expect(await stage.mailsTo(address)).toEqual([])
  await stage.world.db.owner('delete from presence where connection_id = $1', [connection])
  await stage.pass(1.1)
  await stage.mailbox.arrived(1)
})

test('[T4] two workers send each mail once', async () => {
  await stage.world.another()
  const addresses = Array.from({ length: 12 }, newAddress)
  for (const address of addresses) {
    const { conversation } = await stage.conversation(address)
    await stage.answer(conversation, 'One')
  }
  await stage.pass(11)
  await stage.mailbox.arrived(addresses.length)
  await eventually(
    () => stage.world.db.owner(`select from jobs where kind = 'mail.send'`),
    (jobs) => jobs.length === 0,
  )
  const to = stage.mailbox.mails.flatMap((mail) => [mail.to].flat().map((each) => each?.text))
  expect(to.sort()).toEqual(addresses.sort())
})

test('[T4] a server that is busy is asked again, and the mail comes once', async () => {
  const address = newAddress()
  const { conversation } = await stage.conversation(address)
  stage.mailbox.refuse(() => ({ code: 451, text: 'busy' }))
  await stage.answer(conversation, 'One')
  await stage.pass(11)
  const [tried] = await eventually(
    () => stage.mailsTo(address),
    ([mail]) => mail?.error?.includes('busy') === true,
    15_000,
  )
  expect(tried?.state).toBe('queued')
  stage.mailbox.refuse(() => null)
  await stage.pass(1)
  const [mail] = await stage.mailbox.arrived(1)
  expect(mail?.messageId).toBe(tried?.message_id)
  await eventually(
    () => stage.mailsTo(address),
    ([sent]) => sent?.state === 'sent' && sent.error === null,
  )
  expect(stage.mailbox.mails).toHaveLength(1)
})

test('[T4] an address that is refused for good fails at once and says why', async () => {
  const address = newAddress()
  const { conversation } = await stage.conversation(address)
  stage.mailbox.refuse(() => ({ code: 550, text: 'no such person' }))
  await stage.answer(conversation, 'One')
  await stage.pass(11)
  const mails = await eventually(
    () => stage.mailsTo(address),
    ([mail]) => mail?.state === 'failed',
    15_000,
  )
  expect(mails[0]?.error).toContain('no such person')
  expect(await stage.world.db.owner(`select from jobs where kind = 'mail.send'`)).toEqual([])
})

test('[T4] an address that is not proven gets three mails an hour, one that is gets all', async () => {
  const address = newAddress()
  const conversations: BuiltConversation[] = []
  for (let count = 0; count < 6; count++) {
    // Capitals make no other mailbox.
    const { conversation } = await stage.conversation(count % 2 ? address : address.toUpperCase())
    await stage.answer(conversation, `Number ${count}`)
    conversations.push(conversation)
  }
  await stage.pass(10.5)
  for (const conversation of conversations) await stage.deadline(conversation, (due) => due !== undefined)
  await stage.mailbox.arrived(3)
  const waiting = async () => {
    const rows = await stage.world.db.owner<{ late: boolean }>(
      'select due_at < clock_now() as late from unread_mails where conversation_id = any ($1) and due_at is not null',
      [conversations.map(({ id }) => id)],
    )
    return rows
  }
  await eventually(waiting, (rows) => rows.length === 3 && rows.every(({ late }) => !late), 15_000)
  expect(stage.mailbox.mails).toHaveLength(3)
  await stage.pass(49)
  await eventually(waiting, (rows) => rows.every(({ late }) => !late), 15_000)
  expect(stage.mailbox.mails).toHaveLength(3)

  const [proven] = await stage.world.db.owner<{ conversation_id: string }>(
    'select conversation_id from unread_mails where conversation_id = any ($1) and due_at is not null limit 1',
    [conversations.map(({ id }) => id)],
  )
  await stage.world.db.owner(
    `update contacts set email_verified_at = clock_now() where id =
       (select contact_id from conversations where id = $1)`,
    [proven?.conversation_id],
  )
  await stage.world.db.owner('update unread_mails set due_at = clock_now() where conversation_id = $1', [
    proven?.conversation_id,
  ])
  await stage.mailbox.arrived(4)
  await stage.pass(25)
  await stage.mailbox.arrived(6)
})

test('[T4] many attempts at once for one address stay within its share', async () => {
  const { database } = stage.world
  const address = newAddress()
  const { conversation } = await stage.conversation(address)
  const { organizationId, contact } = conversation
  const ids = Array.from({ length: 12 }, () => randomUUID())
  for (const id of ids)
    await stage.world.db.owner(
      `insert into mails (organization_id, id, kind, contact_id, to_address, locale, data, created_at)
       values ($1, $2, 'unread', $3, $4, 'en', '{}', clock_now() - interval '2 hours')`,
      [organizationId, id, contact.id, address],
    )
  const begun = await Promise.all(
    ids.map((id) =>
      database.read(organizationId, {
        text: `select id from begin_mail($1, $2, '<x@y>')`,
        values: [organizationId, id],
      }),
    ),
  )
  expect(begun.flat()).toHaveLength(3)
})

test('[T4] what an operator writes stands in a mail as text', async () => {
  const { conversation } = await stage.conversation(newAddress())
  await stage.answer(conversation, '<img src=x onerror=alert(1)> "quoted" & <b>bold</b>')
  await stage.pass(11)
  const [mail] = await stage.mailbox.arrived(1)
  expect(mail?.html).not.toContain('<img')
  expect(mail?.html).not.toContain('<b>')
  expect(mail?.text).toContain('<img src=x onerror=alert(1)> "quoted" & <b>bold</b>')
})
