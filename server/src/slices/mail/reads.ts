import type { AnyBody } from '@foyer/contract/entries/kind.ts'
import { message } from '@foyer/contract/entries/message.ts'
import { cutText } from '@foyer/contract/graphemes.ts'
import type { Mail } from '@foyer/contract/mail.ts'
import { cutRichText } from '@foyer/contract/rich-text/cut.ts'
import { plainTextOf } from '@foyer/contract/rich-text/plain.ts'
import { sha256 } from '../../platform/crypto.ts'
import type { Database, Statement, Transaction } from '../../platform/db/database.ts'
import { newestFirst, readCursor, writeCursor } from '../../platform/db/keyset.ts'
import { Failure } from '../../platform/failure.ts'
import type { MailProof } from './access.ts'
import { type Filled, type Letter, write } from './content.ts'
import type { AccountKind } from './content-accounts.ts'
import { maskAddress, shownLetters, shownMessages } from './model.ts'

/** A mail's row with what is in it: ids and numbers, never a secret. */
export type MailRow = Mail & {
  data: UnreadData | LinkData | InvitationData | AccountData | Record<string, never>
}
export type UnreadData = { conversationId: string; after: number; upTo: number }
export type LinkData = { conversationId: string }
export type InvitationData = { invitationId: string; invitedBy: string }
export type AccountData = {
  operatorId: string
  /** Until when its link can be used; afterwards it is not worth sending. */
  until?: string
  /** The colleague whose doing it is. */
  by?: string
}

const columns = `m.id, m.kind, m.to_address as "to", m.locale, m.state, m.error, m.created_at as "createdAt", m.sent_at as "sentAt"`
const pageSize = 30

export async function listMails(
  { database }: { database: Database },
  proof: MailProof,
  query: { cursor?: string | undefined },
): Promise<{ items: Mail[]; next: string | null }> {
  const [at, id] = readCursor(query.cursor, newestFirst)
  const rows = await database.read<Mail & { exact: string }>(proof.organizationId, {
    name: 'list_mails',
    text: `select ${columns}, m.created_at::text as exact from mails m
      where m.organization_id = $1 and (m.created_at, m.id) < ($2::timestamptz, $3::uuid)
      order by m.created_at desc, m.id desc limit $4`,
    values: [proof.organizationId, at, id, pageSize],
  })
  const last = rows.length === pageSize ? rows.at(-1) : undefined
  return {
    items: rows.map(({ exact: _, ...mail }) => mail),
    next: last ? writeCursor([last.exact, last.id]) : null,
  }
}

/** A mail as it looks. @throws Failure mail.unknown */
export async function readMail(
  { database, origin }: { database: Database; origin: string },
  proof: MailProof,
  mailId: string,
): Promise<{ mail: Mail } & Letter> {
  return database.within(proof.organizationId, async (transaction) => {
    const [row] = await transaction.query<MailRow>({
      text: `select ${columns}, m.data from mails m where m.organization_id = $1 and m.id = $2`,
      values: [proof.organizationId, mailId],
    })
    if (!row) throw new Failure('mail.unknown')
    const { data, ...mail } = row
    // Every secret is made when a mail is sent, and nobody is shown another's.
    const filled = await fill(transaction, row, { link: linkTo(origin, row.kind, '…'), neededOnly: false })
    if (!filled) throw new Failure('mail.unknown')
    return { mail, ...write(mail.locale, filled) }
  })
}

/** Where a mail's link leads. What stands behind `#` goes to no server by itself. */
export function linkTo(origin: string, kind: Mail['kind'], token: string): string {
  return `${origin}${linkPaths[kind] ?? '/m'}#${token}`
}

const linkPaths: Readonly<Partial<Record<Mail['kind'], string>>> = {
  invitation: '/invitation',
  password_link: '/new-password',
  address_proof: '/address',
  address_changed: '/address',
}

/** What a mail is about, as it stands now; `null`: there is nothing (any more) to tell. */
export async function fill(
  transaction: Transaction,
  mail: Pick<MailRow, 'kind' | 'data' | 'to'>,
  options: { link: string; neededOnly: boolean },
): Promise<Filled | null> {
  const organization = await organizationName(transaction)
  if (mail.kind === 'test') return { kind: 'test', organization }
  if (mail.kind === 'invitation') {
    const [invited] = await transaction.query<{ name: string }>({
      text: `select o.name from operators o where o.organization_id = $1 and o.id = $2 and (not $4 or exists (
        select from invitations i where i.organization_id = $1 and i.id = $3 and invitation_holds(i)))`,
      values: [
        transaction.organizationId,
        (mail.data as InvitationData).invitedBy,
        (mail.data as InvitationData).invitationId,
        options.neededOnly,
      ],
    })
    return invited ? { kind: 'invitation', organization, link: options.link, name: invited.name } : null
  }
  if (mail.kind === 'link') {
    const theirs = await transaction.query({
      name: 'mail_link_needed',
      text: `select from conversations c join contacts k on k.organization_id = c.organization_id and k.id = c.contact_id
        where c.organization_id = $1 and c.id = $2 and (not $4 or (lower(k.email) = lower($3) and blocked_until($1, k.id) is null))`,
      values: [
        transaction.organizationId,
        (mail.data as LinkData).conversationId,
        mail.to,
        options.neededOnly,
      ],
    })
    return theirs.length > 0 ? { kind: 'link', organization, link: options.link } : null
  }
  if (mail.kind !== 'unread')
    return fillAccount(transaction, { ...mail, kind: mail.kind }, { ...options, organization })
  const { conversationId, after, upTo } = mail.data as UnreadData
  const messages = await transaction.query<Message>(
    options.neededOnly
      ? tellable(transaction.organizationId, { conversationId, after, upTo, to: mail.to })
      : told(transaction.organizationId, { conversationId, after, upTo }),
  )
  if (messages.length === 0) return null
  const letters = messages.map(letterOf)
  const isCut = messages.length > shownMessages || letters.some((letter) => letter.isCut)
  return {
    kind: 'unread',
    organization,
    link: options.link,
    isCut,
    messages: letters.slice(-shownMessages).map(({ name, author, signature, ...letter }, index, shown) => ({
      name,
      signature: shown.slice(index + 1).some((later) => later.author === author) ? null : signature,
      text: letter.text,
      content: letter.content,
    })),
  }
}

/** A message as it stands in a mail: its beginning, where it is long. */
function letterOf({ body, ...written }: Message) {
  const { text } = written
  const content = message.read(body)?.content
  const cut = content && cutRichText(content, { signs: shownLetters, lines: shownLetters })
  if (cut) return { ...written, text: plainTextOf(cut), content: cut, isCut: true }
  const isCut = content === undefined && text.length > shownLetters
  return { ...written, text: isCut ? cutText(text, shownLetters) : text, content, isCut }
}

/** What a mail to an operator about their account says; `null`: they are gone, or the time for it is over. */
async function fillAccount(
  transaction: Transaction,
  mail: { kind: AccountKind; to: string; data: MailRow['data'] },
  { link, neededOnly, organization }: { link: string; neededOnly: boolean; organization: string },
): Promise<Filled | null> {
  const { operatorId, until, by } = mail.data as AccountData
  const [row] = await transaction.query<{ name: string; email: string; maker: string | null }>({
    text: `select o.name, o.email, m.name as maker from operators o
      left join operators m on m.organization_id = o.organization_id and m.id = $3
      where o.organization_id = $1 and o.id = $2
        and (not $4 or (o.deactivated_at is null and ($5::timestamptz is null or $5 > clock_now())))`,
    values: [transaction.organizationId, operatorId, by ?? null, neededOnly, until ?? null],
  })
  if (!row) return null
  const { name, email, maker } = row
  return { kind: mail.kind, organization, link, name, address: maskAddress(email), maker: maker ?? '' }
}

async function organizationName(transaction: Transaction): Promise<string> {
  const [row] = await transaction.query<{ name: string }>({
    name: 'organization_name',
    text: 'select name from organizations where id = $1',
    values: [transaction.organizationId],
  })
  return row?.name ?? ''
}

type Batch = { conversationId: string; after: number; upTo: number }

type Message = {
  name: string
  text: string
  body: AnyBody | null
  author: string
  signature: string | null
}

const messagesOf = `select coalesce(o.alias, o.name) as name, replace(e.text, E'\\r', '') as text, e.body, o.id as author,
  o.signature from entries e
  join operators o on o.organization_id = e.organization_id and o.id = e.actor_id
  where e.organization_id = $1 and e.conversation_id = $2 and e.public_seq > $3 and e.public_seq <= $4
    and e.kind = 'message' and e.actor_kind = 'operator' and e.deleted_for_contact_at is null`

function told(organizationId: string, { conversationId, after, upTo }: Batch): Statement {
  return {
    text: `${messagesOf} order by e.public_seq`,
    values: [organizationId, conversationId, after, upTo],
  }
}

/** Of the same what is still unread, if the address is still the contact's. */
function tellable(
  organizationId: string,
  { conversationId, after, upTo, to }: Batch & { to: string },
): Statement {
  return {
    name: 'mail_tellable',
    text: `${messagesOf} and exists (
        select from conversations c join contacts k on k.organization_id = c.organization_id and k.id = c.contact_id
        where c.organization_id = $1 and c.id = $2 and c.read_by_contact < e.public_seq and lower(k.email) = lower($5)
          and blocked_until($1, k.id) is null)
      order by e.public_seq`,
    values: [organizationId, conversationId, after, upTo, to],
  }
}

export type LinkFacts = {
  organization_name: string
  address: string
  locale: string
  color: string
  began_at: string
  allowed_sites: string[]
  conversation_id: string
  widget_key: string
  used: boolean
}

/** Where a link leads, if this browser may open it. */
export async function factsOf(
  { database }: { database: Database },
  { token, own }: { token: string; own?: string | undefined },
): Promise<LinkFacts | undefined> {
  const [row] = await database.run<LinkFacts>({
    name: 'mail_link_facts',
    text: 'select * from mail_link_facts($1, $2)',
    values: [sha256(token), own ? sha256(own) : null],
  })
  return row
}

/** The same. Wrong, used and expired ones are answered alike. @throws Failure link.invalid */
export async function findLink(
  context: { database: Database },
  link: { token: string; own?: string | undefined },
): Promise<LinkFacts> {
  const facts = await factsOf(context, link)
  if (!facts) throw new Failure('link.invalid')
  return facts
}
