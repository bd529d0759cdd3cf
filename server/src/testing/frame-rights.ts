import type { ErrorCode } from '@foyer/contract/errors.ts'
import { type Outcomes, same } from './rights.ts'

/* Who may send which frame, with what outcome; `rights.ts` has the same of routes. */

export type FrameOutcome = 'welcome' | 'packet' | 'stale' | 'pong' | 'silent' | 'heard' | ErrorCode | number

export type FrameRow = {
  target: 'none' | 'conversation'
  outcomes: Outcomes<FrameOutcome>
  unknown?: FrameOutcome
  frame: (conversationId: string) => Record<string, unknown>
}

const [badFrame, unauthorized] = [4400, 4401]
const nobody = { anyone: unauthorized, ended: unauthorized } as const
const everyKnown = (outcome: FrameOutcome) => ({ ...same(outcome), ...nobody })

export const frameRights: Readonly<Record<string, FrameRow>> = {
  // Sent when connecting; the walk sends nothing after it.
  hello: { target: 'none', outcomes: everyKnown('welcome'), frame: () => ({}) },
  watch: {
    target: 'conversation',
    unknown: 'conversation.unknown',
    outcomes: {
      ...nobody,
      assigned: { own: 'packet', foreign: 'packet' },
      colleague: { own: 'packet', foreign: 'packet' },
      admin: { own: 'packet', foreign: 'packet' },
      stranger: {},
      contact: { own: 'packet' },
      otherContact: {},
      foreignContact: {},
    },
    frame: (conversationId) => ({ type: 'watch', conversationId }),
  },
  unwatch: {
    target: 'conversation',
    unknown: 'silent',
    outcomes: everyKnown('silent'),
    frame: (conversationId) => ({ type: 'unwatch', conversationId }),
  },
  lists: {
    target: 'none',
    outcomes: {
      ...everyKnown('stale'),
      contact: badFrame,
      otherContact: badFrame,
      foreignContact: badFrame,
    },
    frame: () => ({ type: 'lists', digests: { all: 'of something else' } }),
  },
  // Sent after `watch`: only who may follow a conversation is heard in it.
  typing: {
    target: 'conversation',
    unknown: 'silent',
    outcomes: {
      ...nobody,
      assigned: { own: 'heard', foreign: 'heard' },
      colleague: { own: 'heard', foreign: 'heard' },
      admin: { own: 'heard', foreign: 'heard' },
      stranger: {},
      contact: { own: 'heard' },
      otherContact: {},
      foreignContact: {},
    },
    frame: (conversationId) => ({ type: 'typing', conversationId, on: true }),
  },
  // Naming a conversation as watched brings nothing of it.
  ping: {
    target: 'conversation',
    unknown: 'pong',
    outcomes: everyKnown('pong'),
    frame: (conversationId) => ({ type: 'ping', watching: { [conversationId]: 0 } }),
  },
}
