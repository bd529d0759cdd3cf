import { serverNow } from '@foyer/client/clock.ts'
import { abilityOf, isDeletable } from '@foyer/contract/channels.ts'
import type { Head } from '@foyer/contract/conversations.ts'
import type { Entry } from '@foyer/contract/entries.ts'
import { answerErasure, deleteForContact, react } from '@foyer/contract/messages.ts'
import { api } from '../../api.ts'
import { useMay, useMe } from '../../session.ts'
import { useWrite } from './use-write.ts'

export type MessageChanges = {
  mayReact: boolean
  mayDelete: boolean
  /** Whether its contact's wish to have it deleted is mine to answer. */
  mayAnswer: boolean
  /** Adds my reaction, or takes it back where it is there. */
  react: (emoji: string) => void
  deleteForContact: () => void
  answerErasure: (granted: boolean) => void
}

/** What I can do with a message that was said, by my role, the channel, and whose the conversation is. */
export function useMessageChanges(entry: Entry, head: Head): MessageChanges {
  const me = useMe()
  const write = useWrite()
  const mayOthers = useMay('messages.delete_others')
  const isFree = head.assigneeId === null || head.assigneeId === me.id
  const { actor, marks } = entry
  const isMine = actor.kind === 'operator' && actor.id === me.id
  const isOurs = actor.kind !== 'contact'
  const isGone = marks?.deleted !== undefined
  const params = { conversationId: head.id }
  const messageId = entry.id
  return {
    mayReact: !isGone && head.assigneeId === me.id && abilityOf(head.channel).reacts,
    mayDelete:
      isOurs &&
      !isGone &&
      (isMine || mayOthers || (actor.kind !== 'operator' && isFree)) &&
      isDeletable(head.channel, { at: Date.parse(entry.at), now: serverNow() }),
    mayAnswer: isFree || mayOthers,
    react(emoji) {
      const mine = marks?.reactions?.find((each) => each.emoji === emoji)?.by.some(({ id }) => id === me.id)
      void write(() => api.call(react, { params, body: { messageId, emoji, on: !mine } }))
    },
    deleteForContact: () => void write(() => api.call(deleteForContact, { params, body: { messageId } })),
    answerErasure: (granted) =>
      void write(() => api.call(answerErasure, { params, body: { messageId, granted } })),
  }
}
