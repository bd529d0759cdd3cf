import type { Reactions } from '../../platform/reactions.ts'
// For the facts it declares.
import type {} from '../organizations/actions.ts'
import { createFirstWidget } from './actions.ts'

export const widgetReactions: Reactions = {
  within: {
    'organization.created': (transaction, { organizationName, locale }) =>
      createFirstWidget(transaction, { name: organizationName, locale }),
  },
}
