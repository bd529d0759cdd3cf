import { expect, test } from 'vitest'
import { alarmTimes } from './alarm.ts'

const s = 1000
const repeated = { afterSeconds: 60, repeatSeconds: 30 }
const once = { afterSeconds: 60, repeatSeconds: null }

test.each([
  ['before it is due', repeated, 59.9, null, 60],
  ['on the second', repeated, 60, 60, 90],
  ['between two', repeated, 119, 90, 120],
  ['after a long sleep only the last counts', repeated, 3_615, 3_600, 3_630],
  ['without a repeat it is due once', once, 60, 60, null],
  ['and never again', once, 7_200, 60, null],
] as const)('[Y2] %s', (_what, rule, now, last, next) => {
  expect(alarmTimes(0, rule, now * s)).toEqual({
    last: last === null ? null : last * s,
    next: next === null ? null : next * s,
  })
})
