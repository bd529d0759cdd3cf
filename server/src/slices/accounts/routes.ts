import * as accounts from '@foyer/contract/accounts.ts'
import { addressPrefix } from '../../platform/http/address.ts'
import { type BoundRoute, bind, type RequestFacts } from '../../platform/http/bind.ts'
import type { Sessions } from '../operators/actions.ts'
import { accessTeam } from '../team/access.ts'
import * as actions from './actions.ts'
import * as reads from './reads.ts'

export type AccountRoutesContext = actions.AccountContext & Sessions

export function accountRoutes(context: AccountRoutesContext): BoundRoute[] {
  const byAddress = {
    uses: ({ request }: { request: RequestFacts }) => [
      { rule: 'set_up_address' as const, subject: addressPrefix(request.ip) },
    ],
  }
  return [
    bind(accounts.readFront, async () => ({
      organizationName: await reads.readFrontName(context),
      mail: context.sendsMail,
    })),
    bind(
      accounts.changePassword,
      async ({ caller, body, request, reply }) => {
        await actions.changePassword(context, caller, body)
        return context.renewSession(caller, { request, reply })
      },
      { uses: ({ caller }) => [{ rule: 'password_operator', subject: caller.operatorId }] },
    ),
    bind(
      accounts.forgetPassword,
      async ({ body }) => {
        actions.forgetPassword(context, body.email)
        return {}
      },
      { uses: ({ request }) => [{ rule: 'forgotten_address', subject: addressPrefix(request.ip) }] },
    ),
    bind(
      accounts.readPasswordLink,
      async ({ body }) => {
        const { organization_name, name, email } = await reads.findAccountLink(context, body.token, [
          'password',
        ])
        return { organizationName: organization_name, name, email }
      },
      byAddress,
    ),
    bind(
      accounts.setPasswordByLink,
      async ({ body, request, reply }) =>
        context.beginSession(await actions.setPasswordByLink(context, body), { request, reply }),
      byAddress,
    ),
    bind(
      accounts.makePasswordLink,
      ({ caller, params }) => actions.makePasswordLink(context, accessTeam(caller), params.operatorId),
      { uses: ({ caller }) => [{ rule: 'password_link_operator', subject: caller.operatorId }] },
    ),
    bind(
      accounts.requestAddress,
      async ({ caller, body }) => {
        await actions.requestAddress(context, caller, body)
        return {}
      },
      { uses: ({ caller }) => [{ rule: 'address_operator', subject: caller.operatorId }] },
    ),
    bind(
      accounts.readAddressLink,
      async ({ body }) => {
        const link = await reads.findAccountLink(context, body.token, ['address', 'undo'])
        return {
          // Any other kind is refused above.
          kind: link.kind as accounts.AddressLink['kind'],
          organizationName: link.organization_name,
          email: link.address ?? '',
        }
      },
      byAddress,
    ),
    bind(accounts.openAddressLink, ({ body }) => actions.openAddressLink(context, body.token), byAddress),
  ]
}
