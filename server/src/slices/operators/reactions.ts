import type { Reactions } from '../../platform/reactions.ts'
// For the facts it declares.
import type {} from '../organizations/actions.ts'
import { createOwner } from './actions.ts'

export const operatorReactions: Reactions = {
  within: {
    'organization.created': (transaction, { owner, locale }) =>
      createOwner(transaction, { ...owner, locale }),
  },
}
