import * as conversations from '@foyer/contract/conversations.ts'
import * as mail from '@foyer/contract/mail.ts'
import * as messenger from '@foyer/contract/messenger.ts'
import { saidIn } from '@foyer/contract/rich-text/saying.ts'
import type { Locale } from '@foyer/contract/scalars.ts'
import { Failure } from '../../platform/failure.ts'
import { addressPrefix } from '../../platform/http/address.ts'
import { type BoundRoute, bind } from '../../platform/http/bind.ts'
import { blockedFailure, blockOfMark, type ContactCaller, markOf } from '../contacts/access.ts'
import { createContact, keepAgreement } from '../contacts/actions.ts'
import { endOf } from '../contacts/model.ts'
import { blockOfStranger, readMyBlock, readMyEmail, readParted } from '../contacts/reads.ts'
import { bringerOf } from '../files/access.ts'
import { withFiles } from '../files/reads.ts'
import { sendLink } from '../mail/actions.ts'
import { maskAddress } from '../mail/model.ts'
import { accessWidget } from '../widgets/access.ts'
import { requireOffered } from '../widgets/reads.ts'
import {
  accessAssignment,
  accessConversation,
  accessMyConversation,
  accessOfContact,
  type ConversationContext,
  type ConversationProof,
  type MyConversationProof,
  readHead,
} from './access.ts'
import * as actions from './actions.ts'
import * as reads from './reads.ts'
import type { Write } from './shapes.ts'
import { type Starter, startConversation } from './start.ts'

export type ConversationRoutesContext = ConversationContext &
  reads.ReadContext & {
    secret: Buffer
    wakeWorkers: () => void
    /** Says that a message was sent that is made of these. */
    usedMacros: (proof: ConversationProof, macroIds: string[]) => void
  }

const myPageSize = 20

/** The conversation routes of operators. */
export function conversationRoutes(context: ConversationRoutesContext): BoundRoute[] {
  return [
    bind(conversations.listConversations, async ({ caller, query }) => {
      const [page, counts] = await Promise.all([
        reads.listConversations(context, caller, query),
        reads.countInbox(context, caller, query.group),
      ])
      return { ...page, counts }
    }),
    bind(conversations.listContactConversations, async ({ caller, params, query }) => {
      const contact = await accessOfContact(context, caller, params.contactId)
      return reads.listContactConversations(context, contact, query)
    }),
    bind(conversations.readConversation, async ({ caller, params, query }) => {
      const proof = await accessConversation(context, caller, params.conversationId)
      return reads.readPacket(context, proof, hasOf(query))
    }),
    bind(conversations.listEntries, async ({ caller, params, query }) => {
      const proof = await accessConversation(context, caller, params.conversationId)
      return reads.readEntriesBefore(context, proof, query)
    }),
    bind(conversations.sendMessage, async ({ caller, params, body }) => {
      const proof = await accessConversation(context, caller, params.conversationId)
      const written = { id: body.id, ...saidIn(body), files: body.files }
      const message = await withFiles(context, proof.organizationId, bringerOf.operator(caller), written)
      const write = await actions.sendMessage(context, proof, message)
      if (body.macroIds && !write.replayed) context.usedMacros(proof, body.macroIds)
      return reads.answerWrite(context, proof, write)
    }),
    bind(conversations.assignConversation, async ({ caller, params, body }) => {
      const proof = await accessAssignment(context, caller, params.conversationId, body)
      return reads.answerWrite(context, proof, await actions.assignConversation(context, proof, body))
    }),
    bind(conversations.setState, async ({ caller, params, body }) => {
      const proof = await accessConversation(context, caller, params.conversationId)
      return reads.answerWrite(context, proof, await actions.setState(context, proof, body))
    }),
    bind(conversations.endConversation, async ({ caller, params, body }) => {
      const proof = await accessConversation(context, caller, params.conversationId)
      return reads.answerWrite(context, proof, await actions.endConversation(context, proof, body))
    }),
    bind(conversations.resumeConversation, async ({ caller, params, body }) => {
      const proof = await accessConversation(context, caller, params.conversationId)
      return reads.answerWrite(context, proof, await actions.resumeConversation(context, proof, body))
    }),
    bind(conversations.assignGroup, async ({ caller, params, body }) => {
      const proof = await accessAssignment(context, caller, params.conversationId, body)
      return reads.answerWrite(context, proof, await actions.assignGroup(context, proof, body))
    }),
    bind(conversations.endLive, async ({ caller, params, body }) => {
      const proof = await accessConversation(context, caller, params.conversationId)
      return reads.answerWrite(context, proof, await actions.endLive(context, proof, body))
    }),
    bind(conversations.snoozeConversation, async ({ caller, params, body }) => {
      const proof = await accessConversation(context, caller, params.conversationId)
      return reads.answerWrite(context, proof, await actions.snoozeConversation(context, proof, body))
    }),
    bind(conversations.markRead, async ({ caller, params, body }) => {
      const proof = await accessConversation(context, caller, params.conversationId)
      await actions.markByOperator(context, proof, body)
      return {}
    }),
  ]
}

/** The conversation routes of contacts, through the messenger. */
export function messengerRoutes(context: ConversationRoutesContext): BoundRoute[] {
  return [
    bind(messenger.listMyConversations, async ({ caller, query }) => {
      if (!caller.known) {
        const found = await readParted(context, caller.tokenHash)
        const parted = found && maskAddress(found.address)
        return { items: [], next: null, badge: null, email: null, parted, blocked: null }
      }
      const [page, email, block] = await Promise.all([
        reads.listMyConversations(context, caller.known, { ...query, limit: myPageSize }),
        readMyEmail(context, caller.known),
        readMyBlock(context, caller.known),
      ])
      const blocked = block
        ? { until: endOf(block.until), mark: block.id && markOf(context.secret, block.id) }
        : null
      return { ...page, badge: caller.badge, email, parted: null, blocked }
    }),
    bind(
      messenger.startConversation,
      async ({ caller, body, request, reply, count }) => {
        const widget = await accessWidget(context, body.widgetKey, request)
        if (caller.known && caller.known.organizationId !== widget.organizationId)
          throw new Failure('widget.unknown')
        await count([
          // Who was unknown until now has only their address to be counted by: a new token costs nothing.
          ...(caller.known
            ? [{ rule: 'contact_conversation' as const, subject: caller.known.contactId }]
            : []),
          { rule: 'widget_conversation', subject: widget.widgetId },
          { rule: 'organization_message', subject: widget.organizationId },
        ])
        // A start that is sent again is answered as it was, though its contact was blocked or the group is not offered any more.
        if (!(await wasWritten(context, caller, body.message.id))) {
          await requireUnblocked(context, widget, { caller, body })
          if (body.groupId) await requireOffered(context, widget, body.groupId)
        }
        const agreed = body.agreed ?? false
        if (widget.asksAgreement) {
          if (caller.known) await keepAgreement(context, caller.known, { agreed })
          else if (!agreed) throw new Failure('privacy.required')
        }
        const starter = starterOf(caller, { locale: body.locale ?? null, agreed })
        const bringer = bringerOf.contact(caller)
        const message = await withFiles(context, widget.organizationId, bringer, body.message)
        const write = await startConversation(context, widget, starter, { ...body, message })
        if (write.replayed) reply.repeated()
        return reads.answerMyWrite(context, await ownerOf(context, caller, write), write)
      },
      {
        uses: ({ request }) => [
          { rule: 'address_conversation', subject: addressPrefix(request.ip) },
          { rule: 'address_message', subject: addressPrefix(request.ip) },
        ],
        wasDone: ({ caller, body }) => wasWritten(context, caller, body.message.id),
      },
    ),
    bind(
      mail.sendMyLink,
      async ({ caller }) => {
        const parted = caller.known ? null : await readParted(context, caller.tokenHash)
        if (parted) await sendLink(context, parted)
        return {}
      },
      { uses: ({ request }) => [{ rule: 'link_address', subject: addressPrefix(request.ip) }] },
    ),
    bind(messenger.readMyConversation, async ({ caller, params, query }) => {
      const proof = await accessMyConversation(context, caller.known, params.conversationId)
      return reads.readMyPacket(context, proof, hasOf(query))
    }),
    bind(messenger.listMyEntries, async ({ caller, params, query }) => {
      const proof = await accessMyConversation(context, caller.known, params.conversationId)
      return reads.readMyEntriesBefore(context, proof, query)
    }),
    bind(
      messenger.writeMessage,
      async ({ caller, params, body, reply, count }) => {
        const proof = await accessMyConversation(context, caller.known, params.conversationId)
        await count([
          { rule: 'contact_message', subject: proof.contact.contactId },
          { rule: 'organization_message', subject: proof.organizationId },
        ])
        const message = await withFiles(context, proof.organizationId, bringerOf.contact(caller), body)
        const write = await actions.writeMessage(context, proof, message)
        if (write.replayed) reply.repeated()
        return reads.answerMyWrite(context, proof, write)
      },
      {
        uses: ({ request }) => [{ rule: 'address_message', subject: addressPrefix(request.ip) }],
        wasDone: ({ caller, body }) => wasWritten(context, caller, body.id),
      },
    ),
    bind(messenger.markMyReading, async ({ caller, params, body }) => {
      const proof = await accessMyConversation(context, caller.known, params.conversationId)
      await actions.markByContact(context, proof, { delivered: body.delivered ?? 0, read: body.read ?? 0 })
      return {}
    }),
  ]
}

/** @throws Failure contact.blocked, unless it is a repetition of what was done before */
async function requireUnblocked(
  context: ConversationRoutesContext,
  { organizationId }: { organizationId: string },
  { caller, body }: { caller: ContactCaller; body: { id: string; mark?: string | undefined } },
): Promise<void> {
  const until = caller.known
    ? caller.known.blockedUntil
    : await blockOfStranger(context, {
        organizationId,
        tokenHash: caller.tokenHash,
        blockId: blockOfMark(context.secret, body.mark),
      })
  if (!until) return
  const begun = caller.known && (await readHead(context, organizationId, body.id))
  if (!begun || begun.contact_id !== caller.known?.contactId) throw blockedFailure(until)
}

function hasOf(query: {
  after?: number | undefined
  epoch?: string | undefined
}): { after: number; epoch: string | undefined } | null {
  return query.after === undefined ? null : { after: query.after, epoch: query.epoch }
}

/** Whether a contact has stored this entry; sending it again changes nothing. */
async function wasWritten(
  context: ConversationRoutesContext,
  { known }: ContactCaller,
  entryId: string,
): Promise<boolean> {
  return known !== null && reads.isWritten(context, known.organizationId, entryId)
}

function starterOf(caller: ContactCaller, options: { locale: Locale | null; agreed: boolean }): Starter {
  if (caller.known) return { known: caller.known }
  return { create: (transaction) => createContact(transaction, caller, options), find: caller.find }
}

/** A conversation begun, or begun before by the same token, is proven like any other. */
async function ownerOf(
  context: ConversationRoutesContext,
  caller: ContactCaller,
  write: Write,
): Promise<MyConversationProof> {
  const contact = caller.known ?? (await caller.find())
  return accessMyConversation(context, contact, write.head.id)
}
