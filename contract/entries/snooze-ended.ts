import { byOf } from './by-whom.ts'
import { defineKind } from './kind.ts'

/** It is back from being put off: its time has come, or somebody has brought it back. A contact who writes says so by that. */
export const snoozeEnded = defineKind({
  of: 'event',
  event: 'snooze_ended',
  v: 1,
  audience: 'operators',
  fields: {},
  internal: {},
  text: (entry, reader) =>
    entry.actor.kind === 'operator'
      ? ['event.snoozeEndedBy', { by: byOf(entry, reader) }]
      : ['event.snoozeEnded'],
  sign: 'returned',
})
