import * as roles from '@foyer/contract/roles.ts'
import { type BoundRoute, bind } from '../../platform/http/bind.ts'
import { accessRoles, readRoles } from './access.ts'
import * as actions from './actions.ts'
import { listRoles } from './reads.ts'

export function roleRoutes(context: actions.RoleContext): BoundRoute[] {
  return [
    bind(roles.listRoles, async ({ caller }) => ({ items: await listRoles(context, readRoles(caller)) })),
    bind(roles.saveRole, ({ caller, body }) => actions.saveRole(context, accessRoles(caller), body)),
    bind(roles.removeRole, async ({ caller, params, query }) => {
      await actions.removeRole(context, accessRoles(caller), params.roleId, query.replacementId)
      return {}
    }),
    bind(roles.handOver, async ({ caller, body }) => {
      await actions.handOver(context, caller, body.operatorId)
      return {}
    }),
  ]
}
