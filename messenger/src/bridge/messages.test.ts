import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isFrom, readFrameMessage, readPanelMessage } from './messages.ts'

const origin = 'https://help.example'
const source = { name: 'the frame' }
const event = (change: object) =>
  ({ isTrusted: true, origin, source, data: null, ...change }) as unknown as MessageEvent
const panel = { foyer: 1, type: 'panel', open: true, full: false, attended: true, focus: 1 }
const state = { foyer: 1, type: 'state', badge: 'a'.repeat(43), unread: 2, color: '#102030', peek: 0 }

test('a message from the right window and origin is heard', () => {
  expect(isFrom(event({}), origin, source)).toBe(true)
})

test('wrong origin, wrong window, no window and a made-up event are not', () => {
  expect(isFrom(event({ origin: 'https://help.example.evil' }), origin, source)).toBe(false)
  expect(isFrom(event({ origin: 'null' }), origin, source)).toBe(false)
  expect(isFrom(event({ source: { name: 'another' } }), origin, source)).toBe(false)
  expect(isFrom(event({ source: null }), origin, null)).toBe(false)
  expect(isFrom(event({ isTrusted: false }), origin, source)).toBe(false)
})

test('messages of the agreed shape are read', () => {
  expect(readPanelMessage(panel)).toEqual(panel)
  expect(readFrameMessage(state)).toEqual(state)
  expect(readFrameMessage({ ...state, badge: null })).not.toBeNull()
  expect(readFrameMessage({ foyer: 1, type: 'close' })).not.toBeNull()
  expect(readFrameMessage({ foyer: 1, type: 'open' })).not.toBeNull()
})

test('messages of a wrong shape are not', () => {
  expect(readPanelMessage({ ...panel, open: 'yes' })).toBeNull()
  expect(readPanelMessage({ ...panel, foyer: 2 })).toBeNull()
  expect(readFrameMessage({ ...state, badge: 'short' })).toBeNull()
  expect(readFrameMessage({ ...state, badge: `${'a'.repeat(42)}\n` })).toBeNull()
  expect(readFrameMessage({ ...state, unread: -1 })).toBeNull()
  expect(readFrameMessage({ ...state, unread: Number.NaN })).toBeNull()
  expect(readFrameMessage({ ...state, peek: '90px' })).toBeNull()
  expect(readFrameMessage(panel)).toBeNull()
})

test('nothing a stranger may send makes a reader throw', () => {
  fc.assert(
    fc.property(fc.anything(), (data) => {
      return readPanelMessage(data) === null && readFrameMessage(data) === null
    }),
  )
})

test('ten thousand strange messages are turned away within a blink', () => {
  const before = performance.now()
  for (let index = 0; index < 10_000; index++)
    isFrom(event({ origin: 'https://evil.example' }), origin, source)
  expect(performance.now() - before).toBeLessThan(500)
})
