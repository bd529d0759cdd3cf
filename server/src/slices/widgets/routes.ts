import * as messenger from '@foyer/contract/messenger.ts'
import * as widgets from '@foyer/contract/widgets.ts'
import type { Publish } from '../../platform/changes.ts'
import type { Database } from '../../platform/db/database.ts'
import { addressPrefix } from '../../platform/http/address.ts'
import { type BoundRoute, bind } from '../../platform/http/bind.ts'
import { accessWidget, accessWidgets } from './access.ts'
import * as actions from './actions.ts'
import * as reads from './reads.ts'

export type WidgetRoutesContext = {
  database: Database
  configs: reads.MessengerConfigs
  changes: { publish: Publish<'widgets'> }
}

export function widgetRoutes(context: WidgetRoutesContext): BoundRoute[] {
  return [
    bind(widgets.listWidgets, async ({ caller }) => ({ items: await reads.listWidgets(context, caller) })),
    bind(widgets.updateWidget, async ({ caller, body }) => {
      const widget = await actions.updateWidget(context, accessWidgets(caller), body)
      const { organizationId } = caller
      // Who has settings open keeps what they see there: messengers alone are given something new.
      context.changes.publish({ what: 'widgets', to: 'processes', organizationId })
      return widget
    }),
    bind(
      messenger.readMessengerConfig,
      async ({ params, request }) =>
        context.configs.read(await accessWidget(context, params.widgetKey, request)),
      { uses: ({ request }) => [{ rule: 'config_address', subject: addressPrefix(request.ip) }] },
    ),
  ]
}
