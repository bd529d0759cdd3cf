import { randomUUID } from 'node:crypto'
import { addressProven } from '@foyer/contract/entries/address-proven.ts'
import { addressRefused } from '@foyer/contract/entries/address-refused.ts'
import type { Mail } from '@foyer/contract/mail.ts'
import type { Locale } from '@foyer/contract/scalars.ts'
import type { Publish } from '../../platform/changes.ts'
import { randomToken, sha256 } from '../../platform/crypto.ts'
import type { Database, Transaction } from '../../platform/db/database.ts'
import { violates } from '../../platform/db/errors.ts'
import { Failure } from '../../platform/failure.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import { type Job, mostAttempts } from '../../platform/jobs/worker.ts'
import type { Log } from '../../platform/log.ts'
import type { Tell } from '../../platform/reactions.ts'
import { MailRefused, type MailSender } from '../../platform/smtp.ts'
import type { MailProof } from './access.ts'
import { type Letter, type MailKind, write } from './content.ts'
import { linkDays, linksAnHour, messageIdOf } from './model.ts'
import {
  type AccountData,
  factsOf,
  fill,
  type InvitationData,
  type LinkData,
  linkTo,
  type MailRow,
  type UnreadData,
} from './reads.ts'

export type MailContext = {
  database: Database
  log: Log
  /** `null`: no server is set, mails are kept. */
  outgoing: { sender: MailSender; server: string; from: string } | null
  /** What links begin with. */
  origin: string
  wakeWorkers: () => void
  changes: { publish: Publish }
  tell: Tell
}

export type MailDraft = {
  id?: string
  kind: MailKind
  to: string
  locale: Locale
  /** Ids and numbers of what it is about; a link's secret is made when it is sent. */
  data: MailRow['data']
  /** Set when it goes to a contact: it is then erased with them, and an unproven address gets few. */
  contactId?: string
}

/** Writes a mail to be sent, in the transaction that gives the reason for it. */
export async function queueMail(transaction: Transaction, draft: MailDraft): Promise<void> {
  const id = draft.id ?? randomUUID()
  await transaction.query({
    name: 'queue_mail',
    text: `insert into mails (organization_id, id, kind, contact_id, to_address, locale, data) values ($1, $2, $3, $4, $5, $6, $7)`,
    values: [
      transaction.organizationId,
      id,
      draft.kind,
      draft.contactId ?? null,
      draft.to,
      draft.locale,
      JSON.stringify(draft.data),
    ],
  })
  await enqueue(transaction, { kind: 'mail.send', payload: { mailId: id } })
}

/** @throws Failure create.id_reused */
export async function sendTestMail(context: MailContext, proof: MailProof, id: string): Promise<void> {
  try {
    await context.database.within(proof.organizationId, async (transaction) => {
      const [me] = await transaction.query<{ email: string; locale: Locale }>({
        text: 'select email, locale from operators where organization_id = $1 and id = $2',
        values: [proof.organizationId, proof.operatorId],
      })
      if (!me) throw new Failure('session.required')
      await queueMail(transaction, { id, kind: 'test', to: me.email, locale: me.locale, data: {} })
    })
  } catch (error) {
    if (violates(error, 'mails_pkey')) throw new Failure('create.id_reused')
    throw error
  }
  context.wakeWorkers()
}

/** Mails what a contact has not read in time; of several workers one does. */
export async function mailUnread(
  context: MailContext,
  key: { organizationId: string; conversationId: string },
): Promise<void> {
  type Taken = { contact_id: string; address: string; locale: Locale; after_seq: number; up_to_seq: number }
  const isQueued = await context.database.within(key.organizationId, async (transaction) => {
    const [taken] = await transaction.query<Taken>({
      name: 'take_unread_mail',
      text: 'select * from take_unread_mail($1, $2)',
      values: [key.organizationId, key.conversationId],
    })
    if (!taken) return false
    await queueMail(transaction, {
      kind: 'unread',
      to: taken.address,
      locale: taken.locale,
      contactId: taken.contact_id,
      data: { conversationId: key.conversationId, after: taken.after_seq, upTo: taken.up_to_seq },
    })
    return true
  })
  if (isQueued) context.wakeWorkers()
}

type Attempt = { to: string; messageId: string; letter: Letter; organization: string }

/** One attempt at a queued mail; throws when there is to be another. */
export async function sendMail(context: MailContext, job: Job): Promise<void> {
  const { organizationId } = job
  const mailId = String(job.payload.mailId)
  const { outgoing } = context
  if (!outgoing) return settle(context, job, { state: 'kept', error: null })
  const attempt = await context.database.within(organizationId, (transaction) =>
    begin(context, transaction, mailId, outgoing.from),
  )
  if (attempt === 'limited') {
    const said = 'This address, which is not proven yet, has had its share of mails.'
    if (job.attempts >= mostAttempts) return settle(context, job, { state: 'failed', error: said })
    throw new Error(said)
  }
  if (!attempt || job.signal.aborted) return
  const { to, messageId, letter, organization } = attempt
  try {
    await outgoing.sender.send({
      from: { name: organization, address: outgoing.from },
      to,
      messageId,
      ...letter,
    })
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    if (error instanceof MailRefused || job.attempts >= mostAttempts)
      return settle(context, job, { state: 'failed', error: said })
    await context.database.read(
      organizationId,
      setStatement(organizationId, mailId, { state: 'queued', error: said }),
    )
    // What servers say holds addresses, which belong into no log.
    throw new Error('A mail could not be sent; it holds what the server said.')
  }
  await settle(context, job, { state: 'sent', error: null })
}

/** Counts the attempt and writes the mail, with a link of its own; `null`: there is nothing to send any more; `limited`: not now. */
async function begin(
  context: MailContext,
  transaction: Transaction,
  mailId: string,
  from: string,
): Promise<Attempt | 'limited' | null> {
  const { organizationId } = transaction
  type Begun = Pick<MailRow, 'kind' | 'locale' | 'to' | 'data'> & {
    messageId: string
    contactId: string | null
    organization: string
  }
  const [mail] = await transaction.query<Begun>({
    name: 'begin_mail',
    text: `select m.kind, m.locale, m.to_address as "to", m.data, m.message_id as "messageId",
        m.contact_id as "contactId", (select name from organizations where id = $1) as organization
      from begin_mail($1, $2, $3) m`,
    values: [organizationId, mailId, messageIdOf(mailId, from)],
  })
  if (!mail) {
    const waiting = await transaction.query({
      text: `select from mails where organization_id = $1 and id = $2 and state = 'queued'`,
      values: [organizationId, mailId],
    })
    return waiting.length > 0 ? 'limited' : null
  }
  const token = randomToken()
  const link = linkTo(context.origin, mail.kind, token)
  const filled = await fill(transaction, mail, { link, neededOnly: true })
  if (!filled) {
    // Read, taken back or accepted since it was queued.
    await transaction.query({
      text: 'delete from mails where organization_id = $1 and id = $2',
      values: [organizationId, mailId],
    })
    return null
  }
  if (mail.kind === 'unread' || mail.kind === 'link')
    await transaction.query({
      name: 'create_mail_link',
      text: `insert into mail_links (organization_id, id, token_hash, conversation_id, contact_id, address, expires_at)
        values ($1, $2, $3, $4, $5, $6, clock_now() + make_interval(days => $7))`,
      values: [
        organizationId,
        randomUUID(),
        sha256(token),
        (mail.data as UnreadData | LinkData).conversationId,
        mail.contactId,
        mail.to,
        linkDays,
      ],
    })
  if (mail.kind === 'invitation')
    await transaction.query({
      text: 'insert into invitation_links (organization_id, token_hash, invitation_id) values ($1, $2, $3)',
      values: [organizationId, sha256(token), (mail.data as InvitationData).invitationId],
    })
  const leadsTo = accountLinks[mail.kind]
  if (leadsTo)
    await transaction.query({
      text: `insert into account_links (organization_id, token_hash, operator_id, kind, address, expires_at)
        values ($1, $2, $3, $4, $5, $6)`,
      values: [
        organizationId,
        sha256(token),
        (mail.data as AccountData).operatorId,
        leadsTo,
        leadsTo === 'password' ? null : mail.to,
        (mail.data as AccountData).until,
      ],
    })
  const { to, messageId, organization } = mail
  return { to, messageId, organization, letter: write(mail.locale, filled) }
}

/** What the links of mails about an account do. */
const accountLinks: Readonly<Partial<Record<MailKind, 'password' | 'address' | 'undo'>>> = {
  password_link: 'password',
  address_proof: 'address',
  address_changed: 'undo',
}

type Result = { state: Mail['state']; error: string | null }

/** Says how it ended, and ends the job with it. */
async function settle(context: MailContext, job: Job, result: Result): Promise<void> {
  await context.database.within(job.organizationId, async (transaction) => {
    await transaction.query(setStatement(job.organizationId, String(job.payload.mailId), result))
    await job.complete(transaction)
  })
}

function setStatement(organizationId: string, mailId: string, { state, error }: Result) {
  return {
    name: 'set_mail',
    text: `update mails set state = $3, error = left($4, 500), sent_at = case when $3 = 'sent' then clock_now() end
      where organization_id = $1 and id = $2 and state = 'queued'`,
    values: [organizationId, mailId, state, error],
  }
}

export type Opened = { token: string; conversationId: string; widgetKey: string }
/** A link's secret, and the one that a browser got by it before. */
export type ShownLink = { token: string; own?: string | undefined }

/**
 * Uses a link up: whoever opens it first has proven the address, and their browser with it. What that browser knew (`known`)
 * stays the contact's, every other secret parts from them. The browser that opened it opens it again.
 *
 * @throws Failure link.invalid
 */
export async function openLink(
  context: MailContext,
  link: ShownLink & { known?: readonly string[] | undefined },
): Promise<Opened> {
  const secret = randomToken()
  const hash = sha256(link.token)
  const [row] = await context.database.run<Pressed>({
    name: 'press_mail_link',
    text: 'select * from press_mail_link($1, $2, $3, $4, make_interval(days => $5))',
    values: [hash, randomUUID(), sha256(secret), (link.known ?? []).map((token) => sha256(token)), linkDays],
  })
  if (row) {
    part(context, row)
    await context.tell('contact.addressed', {
      organizationId: row.organization_id,
      contactId: row.contact_id,
      key: `proven/${hash.toString('hex')}`,
      body: addressProven.body({ address: row.address }),
    })
    return { token: secret, conversationId: row.conversation_id, widgetKey: row.widget_key }
  }
  const again = link.own ? await factsOf(context, link) : undefined
  if (!again || !link.own) throw new Failure('link.invalid')
  return { token: link.own, conversationId: again.conversation_id, widgetKey: again.widget_key }
}

type Pressed = {
  organization_id: string
  contact_id: string
  conversation_id: string
  widget_key: string
  parted: string[]
  address: string
}

/** Takes the address from the contact who left it, because its owner says it was not them. @throws Failure link.invalid */
export async function refuseLink(context: MailContext, link: ShownLink): Promise<void> {
  const facts = await factsOf(context, link)
  const hash = sha256(link.token)
  const [row] = await context.database.run<Omit<Pressed, 'widget_key' | 'address'>>({
    name: 'refuse_mail_link',
    text: 'select * from refuse_mail_link($1, $2)',
    values: [hash, link.own ? sha256(link.own) : null],
  })
  if (!row || !facts) throw new Failure('link.invalid')
  part(context, row)
  await context.tell('contact.addressed', {
    organizationId: row.organization_id,
    contactId: row.contact_id,
    key: `refused/${hash.toString('hex')}`,
    body: addressRefused.body({ address: facts.address }),
  })
}

/** Tells whose secrets open nothing any more. */
function part(
  { changes }: MailContext,
  { organization_id, contact_id, parted }: Pick<Pressed, 'organization_id' | 'contact_id' | 'parted'>,
): void {
  changes.publish({
    what: 'contact.parted',
    to: 'processes',
    organizationId: organization_id,
    id: contact_id,
    // A notice is small; the sockets of more of them are found by the look every half minute.
    identityIds: parted.slice(0, 100).join(' '),
  })
}

/** Sends another link for one that opens nothing any more, to the address that it went to. Of others nothing comes. */
export async function renewLink(context: MailContext, token: string): Promise<void> {
  const [row] = await context.database.run<
    Pick<Pressed, 'organization_id' | 'contact_id' | 'conversation_id'>
  >({
    name: 'spent_mail_link',
    text: 'select * from spent_mail_link($1)',
    values: [sha256(token)],
  })
  if (!row) return
  await sendLink(context, {
    organizationId: row.organization_id,
    contactId: row.contact_id,
    conversationId: row.conversation_id,
  })
}

/** Mails a contact a link to a conversation, or to their last; a few an hour, the others are left out without a word. */
export async function sendLink(
  context: Pick<MailContext, 'database' | 'wakeWorkers'>,
  to: { organizationId: string; contactId: string; conversationId?: string },
): Promise<void> {
  type Addressee = { address: string; locale: Locale; conversationId: string }
  await context.database.within(to.organizationId, async (transaction) => {
    const [found] = await transaction.query<Addressee>({
      name: 'addressee_of_link',
      text: `select k.email as address, coalesce(k.locale, w.locale) as locale, c.id as "conversationId"
        from contacts k
        join conversations c on c.organization_id = k.organization_id and c.contact_id = k.id
        join widgets w on w.organization_id = c.organization_id and w.id = c.widget_id
        where k.organization_id = $1 and k.id = $2 and k.email is not null and ($3::uuid is null or c.id = $3)
        order by c.public_last_at desc, c.id desc limit 1`,
      values: [to.organizationId, to.contactId, to.conversationId ?? null],
    })
    if (!found) return
    // One after the other, so that each counts the ones before it.
    await transaction.query({
      name: 'lock_mailbox',
      text: 'select pg_advisory_xact_lock(hashtextextended(($1::uuid)::text || mail_key($2), 1))',
      values: [to.organizationId, found.address],
    })
    const recent = await transaction.query({
      name: 'recent_links',
      text: `select from mails m where m.organization_id = $1 and m.mailbox_key = mail_key($2) and m.kind = 'link'
        and m.created_at > clock_now() - interval '1 hour'`,
      values: [to.organizationId, found.address],
    })
    if (recent.length >= linksAnHour) return
    await queueMail(transaction, {
      kind: 'link',
      to: found.address,
      locale: found.locale,
      contactId: to.contactId,
      data: { conversationId: found.conversationId },
    })
  })
  context.wakeWorkers()
}
