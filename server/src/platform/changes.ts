import type { Changed } from '@foyer/contract/changes.ts'
import type { Bus, Notice } from './bus/bus.ts'

/** Whose screens are told of a change; `processes`: nobody's, it concerns what processes keep in memory. */
export type Audience = 'processes' | 'operators' | { operatorId: string } | { groupId: string }

/** What processes alone hear of, and what they are told of it beside the id. Slices add theirs by declaration merging. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging
export interface InnerChanges {}

/** That something is no longer as it was, and for whom that is news; ids and numbers, never content. */
export type Change<What extends Changed = Changed> =
  | (Common & { what: What; to: Audience; version?: number })
  | InnerChange

type Common = {
  organizationId: string
  /** Which one of its kind, where whoever hears of it must know. */
  id?: string
}
type InnerChange = {
  [What in keyof InnerChanges]: Common & { what: What; to: 'processes' } & InnerChanges[What]
}[keyof InnerChanges]

type WhatOf = Change['what']
/** A change as whoever listens for it is told. */
export type ChangeOf<What extends WhatOf> = Extract<Change, { what: What }>

/** Tells of changes; of those that screens hear of, only these. */
export type Publish<What extends Changed = never> = (change: Change<What>) => void

/**
 * The one way by which everybody learns that something other than a conversation's log has changed. It is published after
 * the commit; memories hear of it in every process, screens through the hub. Like every notice it is a hint: whoever may have
 * missed one reads the truth.
 */
export type Changes<What extends Changed = never> = {
  readonly publish: Publish<What>
  /** @param listener `isOwn`: this process has published it. @returns ends it */
  on<Heard extends WhatOf>(
    what: Heard,
    listener: (change: ChangeOf<Heard>, isOwn: boolean) => void,
  ): () => void
  /** Hears of every change. */
  onAny(listener: (change: Change) => void): () => void
  /** Calls back after changes may have gone unheard. */
  onMissed(listener: () => void): () => void
}

const topic = 'changed'

/** Carries changes over the bus. */
export function createChanges(bus: Bus): Changes<Changed> {
  const hear = (listener: (change: Change, isOwn: boolean) => void) =>
    bus.subscribe(topic, (notice, own) => listener((own as Change | undefined) ?? read(notice), Boolean(own)))
  return {
    publish: (change) => bus.publish(topic, write(change), change),
    on: (what, listener) =>
      hear((change, isOwn) => {
        // Its name says which of them it is.
        if (change.what === what) listener(change as ChangeOf<typeof what>, isOwn)
      }),
    onAny: hear,
    onMissed: bus.onMissed,
  }
}

function write({ organizationId, to, ...rest }: Change): Notice {
  return { ...rest, o: organizationId, to: wordOf(to) }
}

function wordOf(to: Audience): string {
  if (typeof to === 'string') return to
  return 'groupId' in to ? `group/${to.groupId}` : `operator/${to.operatorId}`
}

function read({ o, to, ...rest }: Notice): Change {
  const [kind, id] = String(to).split('/')
  const audience = id === undefined ? kind : kind === 'group' ? { groupId: id } : { operatorId: id }
  // Only `write` makes them.
  return { ...rest, organizationId: o, to: audience } as Partial<Change> as Change
}
