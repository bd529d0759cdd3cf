import type { Reactions } from '../../platform/reactions.ts'
// For the facts it declares.
import type {} from '../organizations/actions.ts'
import { beginCreation } from './actions.ts'

export const sampleReactions: Reactions = {
  within: {
    // Only the decision to create is taken here, so that whoever looks right after set-up already reads `creating`; the
    // work is a job.
    'organization.set_up': async (transaction, { ownerId, sampleData }) => {
      if (sampleData) await beginCreation(transaction, ownerId)
    },
  },
}
