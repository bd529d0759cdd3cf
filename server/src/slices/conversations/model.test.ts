import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type FollowUp, type FollowUpFacts, followUpFits } from '../widgets/model.ts'
import { type ConversationEvent, type Decidable, decide, rankOf, unborn } from './model.ts'

const me = 'operator-me'
const other = 'operator-other'
const states = ['new', 'open', 'pending', 'ended'] as const

const wrote = { kind: 'contact_wrote' } as const
const answered = { kind: 'operator_wrote', by: me } as const
const setOpen = { kind: 'state_set', by: me, state: 'open' } as const
const setPending = { kind: 'state_set', by: me, state: 'pending' } as const
const ended = { kind: 'ended', by: me } as const
const away = { kind: 'away_told' } as const
const waited = { kind: 'followed_up', as: 'waiting' } as const
const silent = { kind: 'followed_up', as: 'silent' } as const
const until = '2030-05-01T08:00:00.000Z'
const snoozed = { kind: 'snoozed', by: me, mayTakeOver: false, until } as const
const cameBack = { kind: 'snooze_ended', by: null, mayTakeOver: false } as const
const resumed = { kind: 'resumed', by: me, byName: 'Me' } as const

/** event → what becomes of NEW, OPEN, PENDING, ENDED when the conversation is mine and was answered before (NEW was not). */
const table: [string, ConversationEvent, [string, string, string, string]][] = [
  ['[I11] the contact writes', wrote, ['new', 'open', 'open', 'open']],
  ['[I6] the operator answers', answered, ['pending', 'pending', 'pending', 'conversation.ended']],
  ['[I5] set open by hand', setOpen, ['open', 'open', 'open', 'conversation.ended']],
  ['[I6, I10] set pending by hand', setPending, ['pending', 'pending', 'pending', 'conversation.ended']],
  ['[I7] ended by hand', ended, ['ended', 'ended', 'ended', 'conversation.ended']],
  ['[X1] told that nobody is there', away, ['new', 'open', 'pending', 'conversation.ended']],
  ['[X1] told while they wait', waited, ['new', 'open', 'conversation.ended', 'conversation.ended']],
  [
    '[X1] asked while they are silent',
    silent,
    ['conversation.ended', 'conversation.ended', 'pending', 'conversation.ended'],
  ],
  ['[I17] put off', snoozed, ['new', 'open', 'pending', 'conversation.ended']],
  ['[I17] back, not having been put off', cameBack, Array(4).fill('conversation.not_snoozed') as never],
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

describe('putting off', () => {
  const mine = { ...unborn, state: 'pending', assigneeId: me, answered: true } as const

  test('[I17] what was put off is our turn when it is back', () => {
    for (const [state, next] of [
      ['new', 'new'],
      ['open', 'open'],
      ['pending', 'open'],
    ] as const) {
      const decision = decide({ ...mine, state, snoozed: true }, cameBack)
      expect(decision).toMatchObject({
        outcome: { state: next, waiting: 'start', live: 'keep' },
        due: 'snooze',
      })
    }
    expect(decide({ ...mine, snoozed: true }, { ...cameBack, by: me })).toMatchObject({ due: 'snoozed' })
  })

  test('[I17] it is for whoever has it, or may take it over; not while it is live or nobody’s, nor over what was not seen', () => {
    expect(decide({ ...mine, live: true }, snoozed)).toBe('conversation.live')
    expect(decide({ ...mine, assigneeId: other }, snoozed)).toBe('conversation.not_yours')
    expect(typeof decide({ ...mine, assigneeId: other }, { ...snoozed, mayTakeOver: true })).toBe('object')
    expect(decide({ ...mine, assigneeId: null }, { ...snoozed, mayTakeOver: true })).toBe(
      'conversation.not_yours',
    )
    expect(decide(mine, { ...snoozed, isOvertaken: true })).toBe('conversation.changed_meanwhile')
    expect(decide({ ...mine, snoozed: true, assigneeId: other }, { ...cameBack, by: me })).toBe(
      'conversation.not_yours',
    )
  })

  test('[I17] silence does not end what was put off', () => {
    expect(decide({ ...mine, snoozed: true }, { kind: 'fell_silent' })).toBe('conversation.ended')
    expect(typeof decide(mine, { kind: 'fell_silent' })).toBe('object')
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
    fc.constantFrom<ConversationEvent>(wrote, away, waited, silent),
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
          if (next.kind === 'away_told' || next.kind === 'followed_up')
            expect(outcome).toEqual(untouched(head))
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

/** What a message that comes by itself does to a head that is not live: nothing. */
function untouched({ state, assigneeId, groupId }: Decidable) {
  return {
    state,
    liveState: state === 'new' ? 'open' : state,
    assigneeId,
    groupId,
    rank: rankOf(state),
    liveRank: rankOf(state, true),
    waiting: 'keep',
    live: 'keep',
    route: null,
    contactHere: false,
    ending: state === 'pending' ? 'keep' : 'stop',
    previewAuthor: null,
    unreadOperator: 0,
    unreadContact: 0,
    readBy: null,
  }
}

describe('[X1] a follow-up whose time has come', () => {
  const facts: FollowUpFacts = {
    state: 'open',
    wanted: true,
    open: true,
    awayTold: false,
    read: true,
    connected: true,
  }
  const table: [string, FollowUp, Partial<FollowUpFacts>, boolean][] = [
    ['who waits is told', 'waiting', {}, true],
    ['also while nobody has it', 'waiting', { state: 'new' }, true],
    ['also when they have gone', 'waiting', { read: false, connected: false }, true],
    ['not where nothing is owed', 'waiting', { state: 'pending' }, false],
    ['not after the end', 'waiting', { state: 'ended' }, false],
    ['not outside the business hours', 'waiting', { open: false }, false],
    ['not after the away message', 'waiting', { awayTold: true }, false],
    ['not once it is turned off', 'waiting', { wanted: false }, false],
    ['who is silent is asked', 'silent', { state: 'pending' }, true],
    ['at any hour', 'silent', { state: 'pending', open: false, awayTold: true }, true],
    ['though they have gone, if they have read', 'silent', { state: 'pending', connected: false }, true],
    ['though they have not read, if they are there', 'silent', { state: 'pending', read: false }, true],
    ['else the mail tells them', 'silent', { state: 'pending', read: false, connected: false }, false],
    ['not where they are owed an answer', 'silent', { state: 'open' }, false],
    ['not after the end', 'silent', { state: 'ended' }, false],
    ['not once it is turned off', 'silent', { state: 'pending', wanted: false }, false],
  ]
  for (const [name, as, change, fits] of table)
    test(`${as}: ${name}`, () => expect(followUpFits(as, { ...facts, ...change })).toBe(fits))
})

/** event → what the decision asks of being live, when it is not, and when it is. */
const liveTable: [string, ConversationEvent, string, string][] = [
  ['[I8] the contact writes', wrote, 'try', 'try'],
  ['[I12] the operator writes', answered, 'extend', 'extend'],
  ['[A2] assigned', { kind: 'assigned', by: me, to: other, from: me, toName: 'Other' }, 'try', 'try'],
  ['[A2] unassigned', { kind: 'assigned', by: me, to: null, from: me, toName: null }, 'stop', 'stop'],
  ['[A2] given to a group', { kind: 'group_assigned', by: me, groupId: 'g', groupName: 'G' }, 'try', 'try'],
  ['[I10] set by hand', setPending, 'keep', 'keep'],
  ['[X1] told while they wait', waited, 'keep', 'keep'],
  ['[I7] ended', ended, 'stop', 'stop'],
  ['[I12] silence', { kind: 'live_ended', by: null, why: 'silence' }, 'conversation.not_live', 'stop'],
  [
    '[S1] the operator goes',
    { kind: 'live_ended', by: null, why: 'operator_gone' },
    'conversation.not_live',
    'stop',
  ],
  [
    '[I8] the contact goes',
    { kind: 'live_ended', by: null, why: 'contact_gone' },
    'conversation.not_live',
    'stop',
  ],
  ['[S3] ended by hand', { kind: 'live_ended', by: me, why: 'by_hand' }, 'conversation.not_live', 'stop'],
  [
    '[I13] a slot is free',
    { kind: 'slot_freed', to: me, toName: 'Me' },
    'must',
    'conversation.assigned_meanwhile',
  ],
]

describe('[I8] live', () => {
  for (const [name, event, later, live] of liveTable) {
    test(name, () => {
      const asked = [false, true].map((isLive) => {
        const decision = decide(
          { ...unborn, state: 'open', assigneeId: me, live: isLive, answered: true },
          event,
        )
        return typeof decision === 'string' ? decision : decision.outcome.live
      })
      expect(asked).toEqual([later, live])
    })
  }

  test('[I7] a pending conversation alone falls silent, and only when its deadline has come', () => {
    for (const state of states) {
      const decision = decide({ ...unborn, state, assigneeId: me, answered: true }, { kind: 'fell_silent' })
      if (state === 'pending')
        expect(decision).toMatchObject({ due: 'end', outcome: { state: 'ended', live: 'stop' } })
      else expect(decision).toBe('conversation.ended')
    }
  })

  test('[I8] live ranks first, and of those whoever waits for an answer', () => {
    const ranks = [rankOf('open', true), rankOf('pending', true), rankOf('open'), rankOf('pending')]
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b))
    expect(new Set(ranks).size).toBe(4)
    // Who has waited three hours for a second answer is not below who has waited five minutes for a first one.
    expect(rankOf('new')).toBe(rankOf('open'))
  })

  test('[I8, S3] whatever happens: live is assigned, ended is never live, and slots are neither lost nor doubled', () => {
    const operators = ['a', 'b', 'c']
    const most = 2
    const step = fc.record({
      conversation: fc.nat(5),
      operator: fc.constantFrom(...operators),
      what: fc.constantFrom(
        'contact',
        'answer',
        'assign',
        'unassign',
        'end',
        'resume',
        'silence',
        'gone',
        'freed',
        'later',
      ),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 150 }), (steps) => {
        const heads: Decidable[] = Array.from({ length: 6 }, () => unborn)
        const used = new Map(operators.map((id) => [id, 0]))
        const isFree = (id: string | null) => id !== null && (used.get(id) ?? 0) < most
        for (const { conversation, operator, what } of steps) {
          const head = heads[conversation] as Decidable
          const decision = decide(head, eventOf(what, operator, head))
          if (typeof decision === 'string') continue
          const { outcome } = decision
          // What the statement does with it: choose, take, give back.
          let assigneeId = outcome.assigneeId
          let live = head.live && (outcome.live === 'keep' || outcome.live === 'extend')
          if (outcome.live === 'try' || outcome.live === 'must') {
            if (head.live && assigneeId === head.assigneeId) live = true
            else {
              if (outcome.route) assigneeId = operators.find(isFree) ?? assigneeId
              live = isFree(assigneeId)
              if (live && assigneeId) used.set(assigneeId, (used.get(assigneeId) ?? 0) + 1)
            }
            if (outcome.live === 'must' && !live) continue
          }
          if (head.live && head.assigneeId && (!live || assigneeId !== head.assigneeId))
            used.set(head.assigneeId, (used.get(head.assigneeId) ?? 0) - 1)
          heads[conversation] = {
            state: live ? outcome.liveState : outcome.state,
            snoozed: false,
            assigneeId,
            groupId: outcome.groupId,
            live,
            answered: head.answered || what === 'answer',
          }
          for (const each of heads) {
            if (each.live) expect(each.assigneeId).not.toBeNull()
            if (each.live) expect(['open', 'pending']).toContain(each.state)
          }
          for (const id of operators) {
            const held = heads.filter((each) => each.live && each.assigneeId === id).length
            expect(used.get(id)).toBe(held)
            expect(held).toBeLessThanOrEqual(most)
          }
        }
      }),
    )
  })
})

function eventOf(what: string, by: string, head: Decidable): ConversationEvent {
  switch (what) {
    case 'contact':
      return wrote
    case 'answer':
      return { kind: 'operator_wrote', by }
    case 'assign':
      return { kind: 'assigned', by, to: by, from: head.assigneeId, toName: by }
    case 'unassign':
      return { kind: 'assigned', by, to: null, from: head.assigneeId, toName: null }
    case 'end':
      return { kind: 'ended', by }
    case 'resume':
      return { kind: 'resumed', by, byName: by }
    case 'silence':
      return { kind: 'live_ended', by: null, why: 'silence' }
    case 'gone':
      return { kind: 'live_ended', by: null, why: 'operator_gone' }
    case 'later':
      return { kind: 'live_ended', by, why: 'by_hand' }
    default:
      return { kind: 'slot_freed', to: by, toName: by }
  }
}

function stateAfter(head: Decidable, event: ConversationEvent): string {
  const decision = decide(head, event)
  return typeof decision === 'string' ? decision : decision.outcome.state
}
