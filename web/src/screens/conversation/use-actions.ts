import { serverNow } from '@foyer/client/clock.ts'
import { newId } from '@foyer/client/ids.ts'
import {
  assignConversation,
  assignGroup,
  endConversation,
  endLive,
  type Head,
  resumeConversation,
  setState,
  type Written,
} from '@foyer/contract/conversations.ts'
import { api, codeOf, withRetries } from '../../api.ts'
import { useMe } from '../../session.ts'
import { useSync } from '../../sync.ts'
import { useErrorText, useText } from '../../text.tsx'
import { notify } from '../../ui/notices.tsx'
import { guess } from './foresight.ts'

export type ConversationActions = {
  assign: (operatorId: string | null) => void
  /** Gives it to a group, or takes it from the one it has. */
  assignGroup: (groupId: string | null) => void
  setState: (state: 'open' | 'pending') => void
  end: () => void
  /** Lets it go on for later; the slot is free again. */
  endLive: () => void
  resume: () => void
}

/** What can be done with a conversation: shown at once, sent with an id made here, taken back with a word if refused. */
export function useActions(head: Head): ConversationActions {
  const t = useText()
  const me = useMe()
  const errorText = useErrorText()
  const { live, lists, inTurn } = useSync()
  const params = { conversationId: head.id }

  async function change(foreseen: Partial<Head>, request: () => Promise<Written>): Promise<void> {
    const drop = guess(head.id, { n: head.n, change: foreseen })
    const takeBack = lists.foresee(head.id, foreseen)
    try {
      const { packet } = await inTurn(head.id, () => withRetries(request))
      live.take(packet)
      lists.take(packet.head)
    } catch (failure) {
      notify({ tone: 'error', text: errorText(codeOf(failure)) })
    } finally {
      takeBack()
      drop()
    }
  }

  function resume(): void {
    const body = { id: newId() }
    void change({ state: 'open', assigneeId: me.id, endedAt: null }, () =>
      api.call(resumeConversation, { params, body }),
    )
  }

  return {
    assign(operatorId) {
      const body = { id: newId(), operatorId, from: head.assigneeId }
      void change({ assigneeId: operatorId }, () => api.call(assignConversation, { params, body }))
    },
    assignGroup(groupId) {
      const body = { id: newId(), groupId }
      void change({ groupId }, () => api.call(assignGroup, { params, body }))
    },
    setState(state) {
      const body = { id: newId(), state }
      void change({ state }, () => api.call(setState, { params, body }))
    },
    endLive() {
      const body = { id: newId() }
      void change({ live: false }, () => api.call(endLive, { params, body }))
    },
    end() {
      const body = { id: newId() }
      void change({ state: 'ended', live: false, endedAt: new Date(serverNow()).toISOString() }, () =>
        api.call(endConversation, { params, body }),
      )
      notify({ tone: 'plain', text: t('conversation.wasEnded'), action: { label: t('undo'), run: resume } })
    },
    resume,
  }
}
