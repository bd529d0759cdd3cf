import * as drafts from '@foyer/contract/drafts.ts'
import { type BoundRoute, bind } from '../../platform/http/bind.ts'
import { type AccessContext, accessConversation } from '../conversations/access.ts'
import { type DraftContext, saveDraft } from './actions.ts'
import { listBeginnings, listDrafts } from './reads.ts'

export function draftRoutes(context: DraftContext & AccessContext): BoundRoute[] {
  return [
    bind(drafts.listDrafts, async ({ caller }) => ({ items: await listDrafts(context, caller) })),
    bind(drafts.listBeginnings, async ({ caller, params }) => {
      const proof = await accessConversation(context, caller, params.conversationId)
      return { items: await listBeginnings(context, proof) }
    }),
    bind(drafts.saveDraft, async ({ caller, params, body }) => {
      const proof = await accessConversation(context, caller, params.conversationId)
      return saveDraft(context, proof, body)
    }),
  ]
}
