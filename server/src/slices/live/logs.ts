import { listNames } from '@foyer/contract/conversations.ts'
import type { ConversationProof, MyConversationProof } from '../conversations/access.ts'
import { readHead } from '../conversations/access.ts'
import type { ConversationNews } from '../conversations/news.ts'
import { readMyPacket, readPacket } from '../conversations/reads.ts'
import {
  type ConversationChange,
  type HeadRow,
  toHead,
  toPacket,
  toPublicHead,
  toPublicPacket,
} from '../conversations/shapes.ts'
import { createFeeds, type Feeds } from './feeds.ts'
import type { HubContext } from './hub.ts'
import { hears, type Members, tellAll } from './members.ts'
import { concerns } from './model.ts'

/** How conversations reach those who follow them. */
export type Logs = {
  readonly feeds: Feeds
  /** By whose right each followed log is read. */
  readonly proofs: Map<string, ConversationProof | MyConversationProof>
}

export const operatorKey = (conversationId: string) => `o/${conversationId}`
export const contactKey = (conversationId: string) => `c/${conversationId}`

/** Notices of one conversation that come so close together are answered by one reading of its head. */
const gatherHeadMs = 5

/** Carries packets to those who follow a conversation, and heads to those who follow the lists it stands in. */
export function createLogs(context: HubContext, members: Members): Logs & { stop(): void } {
  const { changes, epoch, log } = context
  const proofs: Logs['proofs'] = new Map()
  const feeds = createFeeds(async (key, after) => {
    const proof = proofs.get(key)
    if (!proof) throw new Error('Nobody follows this any more.')
    const has = after < 0 ? null : { after, epoch }
    return 'operator' in proof ? readPacket(context, proof, has) : readMyPacket(context, proof, has)
  }, log)
  const reading = new Set<string>()

  const stops = [
    context.onConversation((news, own) => {
      if (own) changedHere(own)
      else changedElsewhere(news)
    }),
    changes.onMissed(() => {
      feeds.catchUpAll()
      for (const organizationId of members.organizations()) {
        for (const list of listNames) tellAll(members.operators(organizationId), { type: 'stale', list })
      }
    }),
  ]

  function changedHere(change: ConversationChange): void {
    const { head } = change
    feeds.deliver(operatorKey(head.id), toPacket(epoch, change))
    if (change.isPublic) feeds.deliver(contactKey(head.id), toPublicPacket(epoch, change))
    tellHeads(head, change.before.assigneeId, change.isPublic)
  }

  function changedElsewhere(news: ConversationNews): void {
    const { organizationId, conversationId } = news
    feeds.catchUp(operatorKey(conversationId), news.seq)
    feeds.catchUp(contactKey(conversationId), news.publicSeq)
    if (!isAnyoneConcerned(news) || reading.has(conversationId)) return
    // Notices of one conversation that come while its head is being read are covered by that reading or the next.
    reading.add(conversationId)
    setTimeout(async () => {
      reading.delete(conversationId)
      try {
        const head = await readHead(context, organizationId, conversationId)
        if (head) tellHeads(head, news.assigneeIdBefore, news.isPublic)
      } catch (err) {
        log.warn('A changed head could not be read; heartbeats will find it.', { error: err })
      }
    }, gatherHeadMs)
  }

  function isAnyoneConcerned(news: ConversationNews): boolean {
    for (const member of members.ofContact(news.contactId)) if (news.isPublic && member) return true
    const before = { assigneeId: news.assigneeIdBefore }
    for (const member of members.operators(news.organizationId)) {
      if (concerns({ operatorId: member.proof.operatorId, lists: member.lists }, before, news)) return true
    }
    return false
  }

  function tellHeads(head: HeadRow, beforeAssignee: string | null, isPublic: boolean): void {
    const before = { assigneeId: beforeAssignee }
    const after = { assigneeId: head.assignee_id }
    let text: string | null = null
    for (const member of members.operators(head.organization_id)) {
      if (!concerns({ operatorId: member.proof.operatorId, lists: member.lists }, before, after)) continue
      text ??= JSON.stringify({ type: 'head', epoch, head: toHead(head) })
      member.connection.sendText(text)
    }
    if (!isPublic) return
    for (const member of members.ofContact(head.contact_id)) {
      if (!member.following.has(head.id) && hears(member))
        member.connection.send({ type: 'head', epoch, head: toPublicHead(head) })
    }
  }

  return {
    feeds,
    proofs,
    stop() {
      for (const stop of stops) stop()
    },
  }
}
