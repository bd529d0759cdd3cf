import type { PublicEntry } from '@foyer/contract/entries.ts'
import { expect, test } from 'vitest'
import { type Line, layOut, namedIn, type Pending } from './lines.ts'

const message = (seq: number, at: string, kind: 'contact' | 'operator', text: string): PublicEntry => ({
  id: `id-${seq}`,
  seq,
  changedSeq: seq,
  at,
  author: { kind, id: null, name: kind === 'operator' ? 'Anna' : null, picture: null },
  kind: 'message',
  text,
  body: null,
})
const event = (seq: number, at: string, name: string): PublicEntry => ({
  ...message(seq, at, 'operator', ''),
  kind: 'event',
  body: { v: 1, event: name, operatorName: 'Anna' },
})
const show = (line: Line) =>
  line.kind === 'message'
    ? `${line.author} ${line.text} ${line.first ? 'first' : ''}${line.last ? 'last' : ''} ${line.state}`
    : line.kind === 'event'
      ? `event ${line.event} ${line.name}`
      : 'day'

test('messages of one author within three minutes stand together', () => {
  const lines = layOut(
    [
      message(1, '2026-11-23T10:00:00Z', 'contact', 'a'),
      message(2, '2026-11-23T10:01:00Z', 'contact', 'b'),
      message(3, '2026-11-23T10:02:00Z', 'operator', 'c'),
      message(4, '2026-11-23T10:09:00Z', 'operator', 'd'),
    ],
    [],
    1,
  )
  expect(lines.map(show)).toEqual([
    'day',
    'me a first read',
    'me b last sent',
    'operator c firstlast null',
    'operator d firstlast null',
  ])
})

test('a new day begins with a line, and an event ends a group', () => {
  const lines = layOut(
    [
      message(1, '2026-11-20T12:00:00Z', 'contact', 'a'),
      event(2, '2026-11-20T12:00:01Z', 'assigned'),
      message(3, '2026-11-20T12:00:02Z', 'contact', 'b'),
      message(4, '2026-11-23T12:00:00Z', 'contact', 'c'),
    ],
    [],
    2,
  )
  expect(lines.map(show)).toEqual([
    'day',
    'me a firstlast read',
    'event assigned Anna',
    'me b firstlast sent',
    'day',
    'me c firstlast sent',
  ])
})

test('events the contact is not told of stay out, unknown ones show as a neutral line', () => {
  const at = '2026-11-20T12:00:00Z'
  expect(layOut([event(1, at, 'opened'), event(2, at, 'teleported')], [], 0).map(show)).toEqual([
    'day',
    'event unknown Anna',
  ])
})

test('what is on its way follows the log, and shows once when the log holds it', () => {
  const at = Date.parse('2026-11-23T10:00:30Z')
  const pending: Pending[] = [
    { id: 'id-1', text: 'a', at, state: 'sent' },
    { id: 'id-9', text: 'z', at, state: 'failed', error: 'request.too_large' },
  ]
  expect(layOut([message(1, '2026-11-23T10:00:00Z', 'contact', 'a')], pending, 0).map(show)).toEqual([
    'day',
    'me a first sent',
    'me z last failed',
  ])
})

test('a group carries a name where it is another one than the header says, and where that one takes over again', () => {
  const by = (name: string, seq: number): PublicEntry => ({
    ...message(seq, `2026-11-23T10:${10 + seq * 5}:00Z`, 'operator', name),
    author: { kind: 'operator', id: null, name, picture: null },
  })
  const entries = [by('Ben', 1), by('Ben', 2), by('Anna', 3), by('Ben', 4), by('Ben', 5)]
  const lines = layOut(entries, [], 0)
  const named = namedIn(lines, { who: 'Ben', company: 'Morrow & Pine' })
  expect([...named]).toEqual(['id-3', 'id-4'])
})

test('a message brings the picture of who wrote it, and what is still on its way brings none', () => {
  const answer = message(1, '2026-11-23T10:10:00Z', 'operator', 'Here')
  const entries = [{ ...answer, author: { ...answer.author, picture: '/a' } }]
  const lines = layOut(entries, [{ id: 'mine', text: 'Hello', at: 0, state: 'sending' }], 0)
  const pictures = lines.flatMap((line) => (line.kind === 'message' ? [line.picture] : []))
  expect(pictures).toEqual(['/a', null])
})

test('[I15] somebody has joined once they have looked or written, not when the conversation was given to them', () => {
  const at = '2026-11-23T10:00:00Z'
  const joined = (entries: PublicEntry[], readTo: number) =>
    layOut(entries, [], readTo)
      .filter((line) => line.kind === 'event')
      .map((line) => line.key)
  const asked = message(1, at, 'contact', 'a')
  const given = (seq: number) => event(seq, at, 'assigned')
  expect(joined([asked, given(2)], 1)).toEqual([])
  expect(joined([asked, given(2)], 2)).toEqual(['id-2'])
  expect(joined([asked, given(2), message(3, at, 'operator', 'b')], 1)).toEqual(['id-2'])
  expect(joined([asked, given(2), message(3, at, 'contact', 'b')], 1)).toEqual([])
  // Passed on unseen: only the one who looked has joined.
  expect(joined([asked, given(2), given(3)], 3)).toEqual(['id-3'])
  expect(joined([asked, given(2), event(3, at, 'unassigned')], 3)).toEqual([])
})
