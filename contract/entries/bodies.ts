import { z } from 'zod'
import type { AnyBody } from './kind.ts'
import { kinds } from './kinds.ts'

/** Kinds of a newer version: whoever does not know one shows a neutral line. */
const unknown = z
  .looseObject({ v: z.int().min(1), event: z.string() })
  .refine(({ v, event }) => !kinds.some((kind) => kind.event === event && kind.v === v))
  .describe('A kind that this version does not know.')

const named = ({ v, event }: { v: number; event: string }) => ({
  v: z.literal(v),
  event: z.literal(event),
})

/**
 * What happened, as code and data; the text is made where it is shown. The union stays open, and fields that a newer version adds
 * are kept.
 */
export const entryBody: z.ZodType<AnyBody> = z
  .union([
    ...kinds.map((kind) => z.looseObject({ ...named(kind), ...kind.fields, ...kind.internal })),
    unknown,
  ])
  .meta({ id: 'EntryBody', description: 'What happened, by kind; the union is open.' })

/** The same as contacts receive it: kinds that are for both sides, without what operators alone know. */
export const publicEntryBody: z.ZodType<AnyBody> = z
  .union([
    ...kinds
      .filter(({ audience }) => audience === 'both')
      .map((kind) => z.strictObject({ ...named(kind), ...kind.fields })),
    unknown,
  ])
  .meta({
    id: 'PublicEntryBody',
    description: 'What happened, by kind, as contacts see it; the union is open.',
  })
