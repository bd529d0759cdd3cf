import { z } from 'zod'
import { id } from '../scalars.ts'

/** Who caused a change. */
export const actorKind = z.enum(['operator', 'contact', 'bot', 'rule', 'api', 'system', 'automatic'])
export type ActorKind = z.infer<typeof actorKind>
export const actor = z.strictObject({ kind: actorKind, id: id.nullable() })
export type Actor = z.infer<typeof actor>
