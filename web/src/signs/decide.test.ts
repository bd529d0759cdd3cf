import { type SignSettings, usualSigns } from '@foyer/contract/signs.ts'
import { expect, test } from 'vitest'
import { decide, type Happening, type Here } from './decide.ts'

const elsewhere: Here = { inView: false, granted: true }
const before: Here = { inView: true, granted: true }
const notGranted: Here = { inView: false, granted: false }
const both = { sound: true, notification: true }
const soundOnly = { sound: true, notification: false }
const shownOnly = { sound: false, notification: true }
const nothing = { sound: false, notification: false }

const mine = (kind: Happening['kind']): Happening => ({ kind, column: 'mine' })
const group = (kind: Happening['kind']): Happening => ({ kind, column: 'group' })
const none = { mine: [], group: [] }

const table: [string, Happening, Partial<SignSettings>, Here, ReturnType<typeof decide>][] = [
  ['a message of mine, as the product has it', mine('message'), {}, elsewhere, both],
  ['a live conversation of mine', mine('live'), {}, elsewhere, both],
  ['a conversation given to me', mine('assigned'), {}, elsewhere, both],
  ['named in a note', mine('mentioned'), {}, elsewhere, both],
  ['a new one that I may take', group('new'), {}, elsewhere, both],
  ['a live one that I may take', group('live'), {}, elsewhere, both],
  ['a message to a colleague', group('message'), {}, elsewhere, nothing],
  [
    'a message to a colleague, if I want it',
    group('message'),
    { heard: { mine: [], group: ['message'] } },
    elsewhere,
    soundOnly,
  ],
  [
    'the columns are apart',
    mine('message'),
    { heard: { mine: [], group: ['message'] }, shown: none },
    elsewhere,
    nothing,
  ],
  ['shown without a sound', mine('message'), { heard: none }, elsewhere, shownOnly],
  ['heard and not shown', mine('message'), { shown: none }, elsewhere, soundOnly],
  ['sounds off', mine('message'), { sounds: false }, elsewhere, shownOnly],
  ['silenced', mine('live'), { silenced: true }, elsewhere, nothing],
  ['not granted by the browser', mine('message'), {}, notGranted, soundOnly],
  ['before my eyes', mine('message'), {}, before, nothing],
  ['before my eyes, if I want to hear it', mine('message'), { inView: true }, before, soundOnly],
  ['silence is above that', mine('message'), { inView: true, silenced: true }, before, nothing],
  [
    'somebody else named is nobody’s news',
    group('mentioned'),
    { heard: { mine: [], group: ['mentioned'] }, shown: { mine: [], group: ['mentioned'] } },
    elsewhere,
    nothing,
  ],
]

test.each(table)('[Y3, Y4, Y5] %s', (_what, happening, change, here, expected) => {
  expect(decide(happening, { ...usualSigns, ...change }, here)).toEqual(expected)
})
