import * as messenger from '@foyer/contract/messenger.ts'
import * as widgets from '@foyer/contract/widgets.ts'
import type { Database } from '../../platform/db/database.ts'
import { type BoundRoute, bind } from '../../platform/http/bind.ts'
import { accessWidget, accessWidgets } from './access.ts'
import * as actions from './actions.ts'
import * as reads from './reads.ts'

export function widgetRoutes(context: { database: Database }): BoundRoute[] {
  return [
    bind(widgets.listWidgets, async ({ caller }) => ({ items: await reads.listWidgets(context, caller) })),
    bind(widgets.updateWidget, ({ caller, body }) =>
      actions.updateWidget(context, accessWidgets(caller), body),
    ),
    bind(messenger.readMessengerConfig, async ({ params, request }) =>
      reads.readMessengerConfig(context, await accessWidget(context, params.widgetKey, request)),
    ),
  ]
}
