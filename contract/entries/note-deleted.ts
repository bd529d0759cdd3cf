import { defineKind } from './kind.ts'

/** What is left of a note that its author has deleted. */
export const noteDeleted = defineKind({
  of: 'note',
  event: 'note_deleted',
  v: 1,
  audience: 'operators',
  fields: {},
  internal: {},
  text: ({ actor }, { nameOf, someone }) => ['note.deleted', { name: nameOf(actor.id) || someone }],
})
