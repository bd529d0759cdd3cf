import type { Me } from '@foyer/contract/operators.ts'
import * as contract from '@foyer/contract/organizations.ts'
import { Failure } from '../../platform/failure.ts'
import { addressPrefix } from '../../platform/http/address.ts'
import { type BoundRoute, bind, type ReplyFacts, type RequestFacts } from '../../platform/http/bind.ts'
import { accessSetup } from './access.ts'
import { type Founded, type OrganizationContext, setUp } from './actions.ts'
import { isSetupNeeded } from './reads.ts'

export type OrganizationRoutesContext = OrganizationContext & {
  secret: Buffer
  /** Logs the owner in; the slice that can comes later. */
  beginSession: (owner: Founded, http: { request: RequestFacts; reply: ReplyFacts }) => Promise<Me>
}

export function organizationRoutes(context: OrganizationRoutesContext): BoundRoute[] {
  return [
    bind(contract.readSetup, async () => ({ needed: await isSetupNeeded(context) })),
    bind(
      contract.setUp,
      async ({ body, request, reply }) => {
        if (!(await isSetupNeeded(context))) throw new Failure('setup.done')
        const { token, ...input } = body
        const founded = await setUp(context, accessSetup(context.secret, token), input)
        return context.beginSession(founded, { request, reply })
      },
      { uses: ({ request }) => [{ rule: 'set_up_address', subject: addressPrefix(request.ip) }] },
    ),
  ]
}
