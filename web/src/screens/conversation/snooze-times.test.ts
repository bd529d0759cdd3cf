import { expect, test } from 'vitest'
import { fromField, snoozePresets, toField } from './snooze-times.ts'

const at = (text: string) => new Date(text).getTime()
const offered = (now: string) => snoozePresets(at(now)).map(({ name, at }) => `${name} ${toField(at)}`)

test('[I17] what is offered depends on the hour and the day', () => {
  // A Wednesday.
  expect(offered('2026-11-25T10:20:30')).toEqual([
    'hour 2026-11-25T11:21',
    'afternoon 2026-11-25T14:00',
    'tomorrow 2026-11-26T09:00',
    'monday 2026-11-30T09:00',
  ])
  expect(offered('2026-11-25T13:30:00').map((each) => each.split(' ')[0])).toEqual([
    'hour',
    'tomorrow',
    'monday',
  ])
  expect(offered('2026-11-29T20:00:00')).toEqual(['hour 2026-11-29T21:00', 'tomorrow 2026-11-30T09:00'])
  expect(offered('2026-11-30T08:00:00').at(-1)).toBe('monday 2026-12-07T09:00')
})

test('[I17] nine in the morning is nine after the clocks have changed', () => {
  for (const day of ['2026-03-28T20:00:00', '2026-10-24T20:00:00'])
    expect(new Date(snoozePresets(at(day)).find(({ name }) => name === 'tomorrow')?.at ?? 0).getHours()).toBe(
      9,
    )
})

test('[I17] a field gives back what it was given, and nothing while it is not whole', () => {
  expect(fromField(toField(at('2026-12-31T23:59')))).toBe(at('2026-12-31T23:59'))
  expect(fromField('')).toBe(null)
})
