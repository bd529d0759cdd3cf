import type { Chore } from '../../platform/jobs/chores.ts'
import { type FilesContext, removeBytes } from './actions.ts'

/** Files whose bytes are removed in one run. */
const removedAtOnce = 200

/** Bytes that nothing leads to any more go from the storage; one that cannot be removed now is tried again. */
export function fileChores(context: FilesContext): Chore[] {
  return [
    {
      name: 'file removals',
      everyMs: 1_000,
      async run() {
        const due = await context.database.run<{ organization_id: string; key: string }>({
          name: 'due_file_removals',
          text: 'select * from due_file_removals($1)',
          values: [removedAtOnce],
        })
        for (const removal of due) {
          try {
            await removeBytes(context, removal)
          } catch (error) {
            context.log.warn('The bytes of a file could not be removed; it is tried again.', { error })
          }
        }
      },
    },
  ]
}
