import { leaseSeconds } from '../../platform/processes.ts'
import { defineSlice } from '../../platform/slice.ts'
import { type ConversationPorts, type ConversationProof, createHeadMemory, type Subject } from './access.ts'
import { fillSlots } from './actions.ts'
import { conversationChores, republish, settleGone } from './jobs.ts'
import { createNews, newsOf } from './news.ts'
import { conversationRoutes, messengerRoutes } from './routes.ts'

const rememberedHeads = 20_000
/** A process that is gone may have left unsaid what it did so long before its lease was to end. */
const unsaidMs = (leaseSeconds + 5) * 1000

export const conversationsSlice = defineSlice()({
  name: 'conversations',
  rights: ['conversations.take_over', 'conversations.assign_others'],
  open(ports) {
    const { bus, changes, database, log, tell } = ports
    const heads = createHeadMemory(rememberedHeads)
    const news = createNews(bus)
    const gives: Omit<ConversationPorts, 'database'> = {
      heads,
      publish(change) {
        news.tell(change)
        tell('conversation.changed', change).catch((error: unknown) =>
          log.error('A change could not be told to later slices.', { error, conversationId: change.head.id }),
        )
        // How many slots are used is shown to all operators.
        if (change.before.live !== (change.head.live_since !== null))
          changes.publish({ what: 'slots', to: 'processes', organizationId: change.head.organization_id })
      },
      publishHead: (head, before) => news.tellAgain(newsOf({ head, before, isPublic: true })),
      onConversation: news.on,
      freed: (organizationId, operatorId) => fill({ organizationId, kind: 'operator', id: operatorId }),
      came: fill,
      left: (subject) => quietly(settleGone(context, subject)),
    }
    const context = { ...ports, ...gives, usedMacros }

    /** How often they were used is for looking at: nobody waits for it, and nothing fails of it. */
    function usedMacros(
      { organizationId, operator: { operatorId } }: ConversationProof,
      macroIds: string[],
    ): void {
      tell('message.of_macros', { organizationId, operatorId, macroIds }).catch((error: unknown) =>
        log.warn('The use of macros could not be counted.', { error }),
      )
    }

    function fill({ organizationId, kind, id }: Subject): void {
      if (kind === 'operator') quietly(fillSlots(context, organizationId, id))
    }

    function quietly(work: Promise<void>): void {
      work.catch((error: unknown) => log.warn('Slots could not be looked after; the worker will.', { error }))
    }

    news.on(({ conversationId, seq }, own) => {
      if (!own && (heads.get(conversationId)?.seq ?? Number.POSITIVE_INFINITY) < seq)
        heads.forget(conversationId)
    })
    changes.on('operators', ({ organizationId, id }, isOwn) => {
      if (!id) return
      heads.forgetOf(id)
      // The switch or the number of slots may have changed.
      const operator = { organizationId, kind: 'operator', id } as const
      if (isOwn) quietly(settleGone(context, operator).then(() => fill(operator)))
    })
    changes.on('contact.blocked', ({ id }) => heads.forgetOfContact(id ?? ''))

    return {
      routes: [...conversationRoutes(context), ...messengerRoutes(context)],
      chores: conversationChores(context),
      async onGone(left) {
        for (const { leaseUntil } of left)
          await republish(
            { database, tellAgain: news.tellAgain },
            new Date(new Date(leaseUntil).getTime() - unsaidMs),
          )
      },
      gives,
    }
  },
})
