import type { Written } from '@foyer/contract/conversations.ts'
import * as notes from '@foyer/contract/notes.ts'
import { type BoundRoute, bind } from '../../platform/http/bind.ts'
import {
  accessConversation,
  type ConversationContext,
  type ConversationProof,
} from '../conversations/access.ts'
import { type ReadContext, readPacket } from '../conversations/reads.ts'
import { toPacket } from '../conversations/shapes.ts'
import * as actions from './actions.ts'

export type NoteRoutesContext = ConversationContext & ReadContext

export function noteRoutes(context: NoteRoutesContext): BoundRoute[] {
  return [
    bind(notes.addNote, async ({ caller, params, body }) => {
      const proof = await accessConversation(context, caller, params.conversationId)
      return written(context, proof, await actions.addNote(context, proof, body))
    }),
    bind(notes.changeNote, async ({ caller, params, body }) => {
      const proof = await accessConversation(context, caller, params.conversationId)
      return written(context, proof, await actions.changeNote(context, proof, body))
    }),
  ]
}

async function written(
  context: NoteRoutesContext,
  proof: ConversationProof,
  write: actions.NoteWrite,
): Promise<Written> {
  if (!write.replayed) return { packet: toPacket(context.epoch, write), replayed: false }
  const has = { after: write.entry.seq - 1, epoch: context.epoch }
  return { packet: await readPacket(context, proof, has), replayed: true }
}
