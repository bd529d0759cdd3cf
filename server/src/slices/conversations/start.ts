import { randomUUID } from 'node:crypto'
import type { Locale } from '@foyer/contract/scalars.ts'
import { derivedId } from '../../platform/crypto.ts'
import type { Transaction } from '../../platform/db/database.ts'
import { violates } from '../../platform/db/errors.ts'
import type { ContactProof } from '../contacts/access.ts'
import type { Said } from '../files/reads.ts'
import type { WidgetProof } from '../widgets/access.ts'
import { said } from '../widgets/model.ts'
import { readSpeech } from '../widgets/reads.ts'
import { type ConversationContext, readHead } from './access.ts'
import { decide, unborn } from './model.ts'
import { replay } from './reads.ts'
import { entriesOf, notReady, requestHash, tell, tellAway, withBody } from './record.ts'
import type { ConversationRow, Decision, EntryRow, HeadRow, Write } from './shapes.ts'
import { beginStatement } from './statements.ts'

/** Who a conversation starts with: a contact we know, or the means to make one in the same transaction. */
export type Starter =
  | { known: ContactProof }
  | {
      create: (transaction: Transaction) => Promise<ContactProof>
      /** The contact, where a request beside this one made them. */
      find: () => Promise<ContactProof | null>
    }

/** What a conversation starts with. */
export type Start = {
  id: string
  locale?: Locale | undefined
  groupId?: string | undefined
  message: Said
}

/** Begins a conversation with the contact's first message, and the welcome they read before writing it. */
export async function startConversation(
  context: ConversationContext,
  widget: WidgetProof,
  starter: Starter,
  start: Start,
): Promise<Write> {
  const speech = await readSpeech(context, widget)
  const text = said(speech.texts.welcome, { spoken: start.locale ?? null, own: speech.locale })
  const welcome = text === null ? null : { id: derivedId(`welcome/${start.id}`), text }
  const write = await begin(context, { ...widget, welcome }, starter, start)
  await tellAway(context, write, { messageId: start.message.id, speech })
  return write
}

type Welcome = { id: string; text: string }

async function begin(
  context: ConversationContext,
  widget: Pick<WidgetProof, 'organizationId' | 'widgetId'> & { welcome: Welcome | null },
  starter: Starter,
  start: Start,
): Promise<Write> {
  const { welcome } = widget
  const event = { kind: 'contact_wrote' } as const
  const isProven = 'known' in starter && starter.known.isProven
  const decided = decide({ ...unborn, groupId: start.groupId ?? null }, event) as Decision
  const decision = withBody(decided, { isProven, ...start.message })
  const target = { organizationId: widget.organizationId, conversationId: start.id }
  const draft = { ...start.message, identityId: null, authorName: null }
  const hash = requestHash(target, event, draft)
  const routedId = randomUUID()

  try {
    const contact = 'known' in starter ? starter.known : null
    const row = contact
      ? await insert((statement) => context.database.run<ConversationRow>(statement), contact)
      : await context.database.within(widget.organizationId, async (transaction) =>
          insert(
            (statement) => transaction.query<ConversationRow>(statement),
            await (starter as Extract<Starter, { create: unknown }>).create(transaction),
          ),
        )
    const head = await readHead(context, widget.organizationId, row.id)
    if (!head) throw new Error('A conversation just begun cannot be read.')
    const begun: HeadRow = { ...head, ...row }
    const written = entriesOf(row, decision, {
      ...draft,
      routedId,
      actor: { kind: 'contact', id: row.contact_id },
      assigneeName: head.assignee_name,
      assigneePicture: head.assignee_picture,
    })
    const entries = welcome ? [welcomeOf(written[0] as EntryRow, welcome), ...written] : written
    tell(context, { assignee_id: null, live_since: null }, begun, { entries, isPublic: true })
    return { entry: written[0] as EntryRow, entries, head: begun, replayed: false }
  } catch (error) {
    if (violates(error, 'identities_address') && 'find' in starter) {
      const known = await starter.find()
      if (known) return begin(context, widget, { known }, start)
    }
    if (violates(error, 'files_sent_once')) throw notReady(start.message)
    if (!violates(error, 'entries_id') && !violates(error, 'conversations_pkey')) throw error
    return replay(context, target, { entryId: draft.id, hash })
  }

  async function insert(
    ask: (statement: ReturnType<typeof beginStatement>) => Promise<ConversationRow[]>,
    contact: ContactProof,
  ): Promise<ConversationRow> {
    const [row] = await ask(
      beginStatement({
        ...target,
        contactId: contact.contactId,
        widgetId: widget.widgetId,
        channel: 'website',
        decision,
        draft: { ...draft, identityId: contact.identityId, routedId },
        actor: { kind: 'contact', id: contact.contactId },
        hash,
        welcome,
      }),
    )
    if (!row) throw new Error('begin_conversation returned no row.')
    return row
  }
}

function welcomeOf(first: EntryRow, welcome: Welcome): EntryRow {
  const numbers = { seq: 1, changed_seq: 1, public_seq: 1, public_changed_seq: 1 }
  const automatic = {
    actor_kind: 'automatic',
    actor_id: null,
    author_name: null,
    author_picture: null,
  } as const
  return { ...first, ...numbers, ...welcome, ...automatic }
}
