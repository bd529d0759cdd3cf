import type { Database } from '../../server/src/platform/db/database.ts'
import { type Build, type BuiltConversation, createBuild } from '../../server/src/testing/build.ts'
import type { Stage } from './stage.ts'

/** Makes conversations on the stage's widget, by the statements of the product. */
export type Owned = {
  readonly build: Build
  /** A new contact's conversation, which the stage's owner has, or nobody. */
  converse(given?: { contactName?: string | null; taken?: boolean }): Promise<BuiltConversation>
}

export async function openOwned(
  { organizationId, owner, widgetKey, sql }: Stage,
  database: Database,
): Promise<Owned> {
  const build = createBuild(database, async () => '')
  const [row] = await sql<{ id: string }>('select id from widgets where organization_id = $1', [
    organizationId,
  ])
  const widget = { id: row?.id ?? '', organizationId, key: widgetKey }
  const assignee = { ...owner, organizationId, name: 'Owner', role: 'owner', roleId: '' }
  return {
    build,
    async converse({ contactName = null, taken = true } = {}) {
      const contact = await build.contact({ organizationId, name: contactName })
      return build.conversation({ contact, widget, ...(taken ? { assignee } : {}) })
    },
  }
}
