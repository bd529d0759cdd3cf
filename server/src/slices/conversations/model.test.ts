import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ConversationEvent, type Decidable, decide, rankOf, unborn } from './model.ts'

const me = 'operator-me'
const other = 'operator-other'
const states = ['new', 'open', 'pending', 'ended'] as const

const wrote = { kind: 'contact_wrote' } as const
const answered = { kind: 'operator_wrote', by: me } as const
const setOpen = { kind: 'state_set', by: me, state: 'open' } as const
const setPending = { kind: 'state_set', by: me, state: 'pending' } as const
const ended = { kind: 'ended', by: me } as const
const resumed = { kind: 'resumed', by: me, byName: 'Me' } as const

/** event → what becomes of NEW, OPEN, PENDING, ENDED when the conversation is mine and was answered before (NEW was not). */
const table: [string, ConversationEvent, [string, string, string, string]][] = [
  ['[I11] the contact writes', wrote, ['new', 'open', 'open', 'open']],
  ['[I6] the operator answers', answered, ['pending', 'pending', 'pending', 'conversation.ended']],
  ['[I5] set open by hand', setOpen, ['open', 'open', 'open', 'conversation.ended']],
  ['[I6, I10] set pending by hand', setPending, ['pending', 'pending', 'pending', 'conversation.ended']],
  ['[I7] ended by hand', ended, ['ended', 'ended', 'ended', 'conversation.ended']],
  ['[I15] resumed', resumed, Array(3).fill('conversation.not_ended').concat('open') as never],
]

describe('transitions', () => {
  for (const [name, event, outcomes] of table) {
    test(name, () => {
      const results = states.map((state) =>
        stateAfter({ ...unborn, state, assigneeId: me, answered: state !== 'new' }, event),
      )
      expect(results).toEqual(outcomes)
    })
  }

  test('[I4, I15] a conversation nobody answered is NEW again when its contact comes back', () => {
    expect(stateAfter({ ...unborn, state: 'ended', assigneeId: null, answered: false }, wrote)).toBe('new')
    expect(stateAfter({ ...unborn, state: 'ended', assigneeId: me, answered: true }, wrote)).toBe('open')
  })

  test('[I15] what the contact takes up again comes back to whoever had it', () => {
    const decision = decide({ ...unborn, state: 'ended', assigneeId: other, answered: true }, wrote)
    expect(decision).toMatchObject({ outcome: { state: 'open', assigneeId: other, waiting: 'start' } })
  })
})

describe('who may', () => {
  test('[I2] only the assigned operator answers', () => {
    for (const assigneeId of [null, other]) {
      expect(decide({ ...unborn, state: 'open', assigneeId, answered: true }, answered)).toBe(
        'conversation.not_yours',
      )
    }
  })

  test('state and end are the assigned operator’s, and anyone’s where nobody is assigned', () => {
    for (const event of [setOpen, setPending, ended]) {
      expect(decide({ ...unborn, state: 'open', assigneeId: other, answered: true }, event)).toBe(
        'conversation.not_yours',
      )
      expect(typeof decide({ ...unborn, state: 'open', assigneeId: null, answered: true }, event)).toBe(
        'object',
      )
    }
  })

  test('[I14] of two who assign to themselves, the second is told', () => {
    const assign = (by: string): ConversationEvent => ({
      kind: 'assigned',
      by,
      to: by,
      from: null,
      toName: by,
    })
    const head = { ...unborn, state: 'new' } as const
    const first = decide(head, assign(me))
    expect(first).toMatchObject({ outcome: { assigneeId: me, state: 'new', waiting: 'keep' } })
    expect(decide({ ...head, assigneeId: me }, assign(other))).toBe('conversation.assigned_meanwhile')
  })
})

describe('whatever happens', () => {
  const event: fc.Arbitrary<ConversationEvent> = fc.oneof(
    fc.constant(wrote),
    ...[me, other].flatMap((by) => [
      fc.constant<ConversationEvent>({ kind: 'operator_wrote', by }),
      fc.constant<ConversationEvent>({ kind: 'ended', by }),
      fc.constant<ConversationEvent>({ kind: 'resumed', by, byName: by }),
      fc.constantFrom<ConversationEvent>(
        { kind: 'state_set', by, state: 'open' },
        { kind: 'state_set', by, state: 'pending' },
      ),
      fc.constantFrom<ConversationEvent>(
        { kind: 'assigned', by, to: by, from: null, toName: by },
        { kind: 'assigned', by, to: null, from: by, toName: null },
        { kind: 'assigned', by, to: me, from: other, toName: me },
      ),
    ]),
  )

  test('states and ranks agree, an answer is owed exactly while it is our turn', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        let head: Decidable = { ...unborn, state: 'new' }
        let waiting = true
        for (const next of events) {
          const decision = decide(head, next)
          if (typeof decision === 'string') continue
          const { outcome } = decision
          if (outcome.waiting !== 'keep') waiting = outcome.waiting === 'start'
          expect(outcome.rank).toBe(rankOf(outcome.state))
          expect(waiting).toBe(outcome.state === 'new' || outcome.state === 'open')
          if (outcome.readBy === 'operator') expect(outcome.assigneeId).not.toBeNull()
          head = {
            ...head,
            state: outcome.state,
            assigneeId: outcome.assigneeId,
            answered: head.answered || next.kind === 'operator_wrote',
          }
        }
      }),
    )
  })
})

function stateAfter(head: Decidable, event: ConversationEvent): string {
  const decision = decide(head, event)
  return typeof decision === 'string' ? decision : decision.outcome.state
}
