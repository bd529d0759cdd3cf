import { newId } from '@foyer/client/ids.ts'
import {
  assignConversation,
  assignGroup,
  endLive,
  type Head,
  resumeConversation,
  setState,
  snoozeConversation,
  type Written,
} from '@foyer/contract/conversations.ts'
import { api, codeOf, withRetries } from '../../api.ts'
import { undoMs } from '../../ends.ts'
import { guess } from '../../foresight.ts'
import { useGo } from '../../link.tsx'
import { useMe } from '../../session.ts'
import { useSync } from '../../sync.ts'
import { useErrorText, useText } from '../../text.tsx'
import { notify } from '../../ui/notices.tsx'
import { useMoveOn } from '../inbox/move-on.ts'

export type ConversationActions = {
  /** Where that takes it from a colleague, it is asked about first. */
  assign: (operatorId: string | null) => void
  /** Gives it to a group, or takes it from the one it has. */
  assignGroup: (groupId: string | null) => void
  setState: (state: 'open' | 'pending') => void
  end: () => void
  /** Lets it go on for later; the slot is free again. */
  endLive: () => void
  /** Puts it off until a moment; null brings it back. */
  snooze: (until: number | null) => void
  resume: () => void
}

/** What can be done with a conversation: shown at once, sent with an id made here, taken back with a word if refused. */
export function useActions(head: Head, askToTakeOver: (take: () => void) => void): ConversationActions {
  const t = useText()
  const me = useMe()
  const errorText = useErrorText()
  const go = useGo()
  const moveOn = useMoveOn()
  const { live, lists, ends, inTurn } = useSync()
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
      const from = head.assigneeId
      const assign = () => {
        const body = { id: newId(), operatorId, from }
        void change({ assigneeId: operatorId }, () => api.call(assignConversation, { params, body }))
      }
      if (operatorId === me.id && from !== null) askToTakeOver(assign)
      else assign()
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
      ends.end(head, newId())
      const from = `${location.pathname}${location.search}`
      const hasMoved = moveOn(head.id)
      notify({
        tone: 'plain',
        text: t('conversation.wasEnded'),
        ms: undoMs,
        action: {
          label: t('undo'),
          run() {
            // Pressed in the last moment it may be told already.
            if (!ends.undo(head.id)) resume()
            if (hasMoved) go(from)
          },
        },
      })
    },
    snooze(at) {
      const until = at === null ? null : new Date(at).toISOString()
      const body = { id: newId(), until, seen: head.n }
      // Where it is off the list at once, one goes on to the next.
      const foreseen =
        at === null
          ? { snoozedUntil: null, state: head.state === 'pending' ? ('open' as const) : head.state }
          : { snoozedUntil: until, rank: 2, position: at / 1_000 }
      if (at !== null) moveOn(head.id)
      void change(foreseen, () => api.call(snoozeConversation, { params, body }))
    },
    resume,
  }
}
