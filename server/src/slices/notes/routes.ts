import * as notes from '@foyer/contract/notes.ts'
import { saidIn } from '@foyer/contract/rich-text/saying.ts'
import { type BoundRoute, bind } from '../../platform/http/bind.ts'
import { accessConversation, type ConversationContext } from '../conversations/access.ts'
import { answerWrite, type ReadContext } from '../conversations/reads.ts'
import * as actions from './actions.ts'

export type NoteRoutesContext = ConversationContext & ReadContext

export function noteRoutes(context: NoteRoutesContext): BoundRoute[] {
  return [
    bind(notes.addNote, async ({ caller, params, body }) => {
      const proof = await accessConversation(context, caller, params.conversationId)
      return answerWrite(context, proof, await actions.addNote(context, proof, { ...body, ...saidIn(body) }))
    }),
    bind(notes.changeNote, async ({ caller, params, body }) => {
      const proof = await accessConversation(context, caller, params.conversationId)
      return answerWrite(
        context,
        proof,
        await actions.changeNote(context, proof, { ...body, ...saidIn(body) }),
      )
    }),
  ]
}
