import type { Reactions } from './platform/reactions.ts'
import { operatorReactions } from './slices/operators/reactions.ts'
import { sampleReactions } from './slices/samples/reactions.ts'
import { widgetReactions } from './slices/widgets/reactions.ts'

/** The slices in their order: each may use those before it, and hears of those before it through reactions. */
export const slices = [
  'organizations',
  'operators',
  'roles',
  'installation',
  'mail',
  'team',
  'accounts',
  'contacts',
  'widgets',
  'conversations',
  'notes',
  'drafts',
  'blocks',
  'notifications',
  'live',
  'samples',
] as const

/** What slices do when earlier ones announce something, in the slices' order. */
export const reactions: readonly Reactions[] = [operatorReactions, widgetReactions, sampleReactions]
