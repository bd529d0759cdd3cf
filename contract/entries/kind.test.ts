import { expect, test } from 'vitest'
import { assigned } from './assigned.ts'
import { entryBody } from './bodies.ts'
import { ended } from './ended.ts'
import { unassigned } from './unassigned.ts'

const someone = '7b0c7e0a-61a0-4d2e-9b2f-0f4a3f7d0001'

test('what does not fit its kind does not compile, and is refused when it is parsed', () => {
  const bodies = [
    // @ts-expect-error: a field that it has not
    ended.body({ reason: 'silence', operatorId: someone }),
    // @ts-expect-error: a field that is missing
    assigned.body({ operatorId: someone }),
    // @ts-expect-error: what the field does not take
    assigned.body({ operatorId: someone, operatorName: 'Ann', reason: 'silence' }),
  ]
  // What a newer version adds is kept, so that only what is known can be refused.
  expect(bodies.map((body) => entryBody.safeParse(body).success)).toEqual([true, false, false])
})

test('a body is read by its own kind alone, in the version that it knows', () => {
  const body = assigned.body({ operatorId: someone, operatorName: 'Ann' })
  expect(body).toEqual({ v: 1, event: 'assigned', operatorId: someone, operatorName: 'Ann' })
  expect(assigned.read(body)).toBe(body)
  expect(unassigned.read(body)).toBe(null)
  expect(assigned.read({ ...body, v: 2 })).toBe(null)
  expect(assigned.read(null)).toBe(null)
})
