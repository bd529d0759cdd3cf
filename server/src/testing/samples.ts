import { randomUUID } from 'node:crypto'
import { z } from 'zod'

type Schema = {
  $ref?: string
  $defs?: Record<string, Schema>
  examples?: unknown[]
  /** As examples, which are left out of what is changed as it comes in. */
  'x-example'?: unknown
  type?: string
  format?: string
  pattern?: string
  const?: unknown
  enum?: unknown[]
  minimum?: number
  minItems?: number
  anyOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
}

/** A value that a schema of the contract accepts, all optional fields given that go together. */
export function sampleOf(schema: z.ZodType): unknown {
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema
  const whole = sample(shape, shape.$defs ?? {})
  if (schema.safeParse(whole).success) return whole
  // Of some only one may be given.
  const optional = Object.keys(shape.properties ?? {}).filter((key) => !shape.required?.includes(key))
  const without = optional.map((left) =>
    Object.fromEntries(Object.entries(whole as object).filter(([key]) => key !== left)),
  )
  return without.find((value) => schema.safeParse(value).success) ?? whole
}

function sample(schema: Schema, named: Record<string, Schema>): unknown {
  const refers = schema.$ref?.split('/').at(-1)
  if (refers !== undefined) return sample(named[refers] ?? {}, named)
  if (schema.examples) return schema.examples[0]
  if (schema['x-example'] !== undefined) return schema['x-example']
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.anyOf) return sample(schema.anyOf[0] ?? {}, named)
  if (schema.type === 'object') {
    return Object.fromEntries(
      Object.entries(schema.properties ?? {}).map(([key, inner]) => [key, sample(inner, named)]),
    )
  }
  if (schema.type === 'array') {
    const { items } = schema
    return items ? Array.from({ length: schema.minItems ?? 1 }, () => sample(items, named)) : []
  }
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(schema.minimum ?? 1, 1)
  if (schema.type === 'boolean') return true
  if (schema.format === 'uuid') return randomUUID()
  if (schema.format === 'email') return 'someone@example.com'
  if (schema.format === 'date-time') return '2099-12-25T10:00:00.000Z'
  if (schema.format === 'date') return '2026-12-25'
  if (schema.format === 'uri') return 'https://example.com/'
  if (schema.pattern?.includes('[0-5]\\d')) return '09:00'
  if (schema.pattern?.includes('{36}')) return `${randomUUID()}.${'A'.repeat(43)}`
  if (schema.pattern?.includes('{43}')) return 'A'.repeat(43)
  if (schema.pattern?.includes('{64}')) return 'a'.repeat(64)
  if (schema.pattern?.includes('{1,4}')) return '0'
  if (schema.pattern?.startsWith('^#')) return '#3b5bdb'
  return 'a sample of text'
}

/** Every object inside a value, the value itself included, by how to reach it. */
export function objectsIn(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  return [path, ...Object.entries(value).flatMap(([key, inner]) => objectsIn(inner, [...path, key]))]
}
