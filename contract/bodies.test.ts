import { expect, test } from 'vitest'
import { z } from 'zod'
import { sendMessage } from './conversations.ts'
import { routes } from './routes.ts'

type Schema = {
  /** Of what is bounded as a whole. */
  'x-most-bytes'?: number
  $ref?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  type?: string
  maxLength?: number
  format?: string
  pattern?: string
  items?: Schema
  maxItems?: number
  properties?: Record<string, Schema>
  propertyNames?: Schema
  additionalProperties?: Schema | boolean
}

/** Signs of a text that its pattern or format alone limits: an id, a date, a colour, a token. */
const patterned = 45

/** As many bytes as the JSON of a value may have, its texts in three bytes a sign; lists of weeks and the like are as long as they may be. */
function largest(schema: Schema): number {
  if (schema['x-most-bytes'] !== undefined) return schema['x-most-bytes']
  if (schema.const !== undefined) return JSON.stringify(schema.const).length
  if (schema.enum) return Math.max(...schema.enum.map((value) => JSON.stringify(value).length))
  const either = schema.anyOf ?? schema.oneOf
  if (either) return Math.max(...either.map(largest))
  if (schema.type === 'null') return 4
  if (schema.type === 'boolean') return 5
  if (schema.type === 'number' || schema.type === 'integer') return 25
  if (schema.type === 'string') {
    if (schema.maxLength !== undefined) return 2 + 3 * schema.maxLength
    if (schema.pattern?.endsWith('[0-5]\\d$')) return '"23:59"'.length
    return schema.format || schema.pattern ? 2 + patterned : Number.POSITIVE_INFINITY
  }
  if (schema.type === 'array' && schema.items)
    return 2 + (schema.maxItems ?? Number.POSITIVE_INFINITY) * (1 + largest(schema.items))
  if (schema.type === 'object') {
    const own = Object.entries(schema.properties ?? {}).map(([key, of]) => key.length + 4 + largest(of))
    const { additionalProperties: more, propertyNames: names } = schema
    const others =
      typeof more === 'object' ? (names?.enum?.length ?? Number.POSITIVE_INFINITY) * (20 + largest(more)) : 0
    return 2 + others + own.reduce((sum, size) => sum + size, 0)
  }
  return Number.POSITIVE_INFINITY
}

const bodied = Object.entries(routes).filter(([, route]) => route.method !== 'GET' && !route.takes)

test.each(bodied)('%s takes no body larger than its own, and all that it may say', (_name, route) => {
  const schema = z.toJSONSchema(route.body, {
    io: 'input',
    unrepresentable: 'any',
    reused: 'inline',
  }) as Schema
  const bytes = route.bodyBytes ?? 16 * 1024
  expect(largest(schema)).toBeLessThanOrEqual(bytes)
  // What is taken beyond that is for texts whose every sign is written out.
  expect(bytes).toBeLessThanOrEqual(336 * 1024)
})

test('the longest message fits, however its signs are written', () => {
  const text = '\\ud83d\\ude00'.repeat(10_000)
  const body = `{"id":"7b0c7e0a-61a0-4d2e-9b2f-0f4a3f7d0001","text":"${text}","mentions":[]}`
  expect(sendMessage.body.safeParse(JSON.parse(body.replace(',"mentions":[]', ''))).success).toBe(true)
  expect(body.length).toBeLessThan(sendMessage.bodyBytes ?? 0)
})
