import { z } from 'zod'
import type { AnyBody } from './kind.ts'
import { kinds, type SomeKind } from './kinds.ts'

/**
 * What happened, as code and data; the text is made where it is shown. The union stays open, and fields that a newer version adds
 * are kept.
 */
export const entryBody = openUnion('EntryBody', (kind) =>
  z.looseObject({ ...named(kind), ...kind.fields, ...kind.internal }),
)

/** The same as contacts receive it: kinds that are for both sides, without what operators alone know. */
export const publicEntryBody = openUnion('PublicEntryBody', (kind) =>
  kind.audience === 'both' ? z.strictObject({ ...named(kind), ...kind.fields }) : null,
)

/** Of each kind its shape, and last the kinds of newer versions: whoever does not know one shows a neutral line. */
/* @__NO_SIDE_EFFECTS__ */
function openUnion(id: string, shapeOf: (kind: SomeKind) => z.ZodType<AnyBody> | null): z.ZodType<AnyBody> {
  const unknown = z
    .looseObject({ v: z.int().min(1), event: z.string() })
    .refine(({ v, event }) => !kinds.some((kind) => kind.event === event && kind.v === v))
  return z.union([...kinds.flatMap((kind) => shapeOf(kind) ?? []), unknown]).meta({ id })
}

function named({ v, event }: SomeKind) {
  return { v: z.literal(v), event: z.literal(event) }
}
