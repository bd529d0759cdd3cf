import * as team from '@foyer/contract/team.ts'
import { addressPrefix } from '../../platform/http/address.ts'
import { type BoundRoute, bind, type RequestFacts } from '../../platform/http/bind.ts'
import type { Sessions } from '../operators/actions.ts'
import { accessTeam, readTeam } from './access.ts'
import * as actions from './actions.ts'
import * as reads from './reads.ts'

export type TeamRoutesContext = actions.TeamContext & Pick<Sessions, 'beginSession'>

export function teamRoutes(context: TeamRoutesContext): BoundRoute[] {
  const uses = {
    uses: ({ request }: { request: RequestFacts }) => [
      { rule: 'set_up_address' as const, subject: addressPrefix(request.ip) },
    ],
  }
  return [
    bind(team.listGroups, async ({ caller }) => ({
      items: await reads.listCircles(context, caller, 'groups'),
    })),
    bind(team.saveGroup, ({ caller, body }) =>
      actions.saveCircle(context, accessTeam(caller), 'groups', body),
    ),
    bind(team.removeGroup, async ({ caller, params }) => {
      await actions.removeCircle(context, accessTeam(caller), 'groups', params.groupId)
      return {}
    }),
    bind(team.listSkills, async ({ caller }) => ({
      items: await reads.listCircles(context, caller, 'skills'),
    })),
    bind(team.saveSkill, ({ caller, body }) =>
      actions.saveCircle(context, accessTeam(caller), 'skills', body),
    ),
    bind(team.removeSkill, async ({ caller, params }) => {
      await actions.removeCircle(context, accessTeam(caller), 'skills', params.skillId)
      return {}
    }),
    bind(team.listInvitations, async ({ caller }) => ({
      items: await reads.listInvitations(context, readTeam(caller)),
    })),
    bind(team.invite, ({ caller, body }) => actions.invite(context, accessTeam(caller), body), {
      uses: ({ caller, body }) =>
        body.email ? [{ rule: 'invitation_mail', subject: caller.organizationId }] : [],
    }),
    bind(team.withdrawInvitation, async ({ caller, params }) => {
      await actions.withdrawInvitation(context, accessTeam(caller), params.invitationId)
      return {}
    }),
    bind(
      team.readInvitation,
      async ({ body }) => {
        const invited = await reads.findInvitation(context, body.token)
        return { organizationName: invited.organization_name, email: invited.email }
      },
      uses,
    ),
    bind(
      team.acceptInvitation,
      async ({ body, request, reply }) =>
        context.beginSession(await actions.acceptInvitation(context, body), { request, reply }),
      uses,
    ),
    bind(team.setActive, async ({ caller, params, body }) => {
      await actions.setActive(context, accessTeam(caller), params.operatorId, body.active)
      return {}
    }),
    bind(team.updateColleague, async ({ caller, params, body }) => {
      await actions.updateColleague(context, accessTeam(caller), params.operatorId, body)
      return {}
    }),
    bind(team.setRole, async ({ caller, params, body }) => {
      await actions.setRole(context, accessTeam(caller), params.operatorId, body.roleId)
      return {}
    }),
    bind(team.logOutColleague, async ({ caller, params }) => {
      await actions.logOutColleague(context, accessTeam(caller), params.operatorId)
      return {}
    }),
    bind(team.listTeam, async ({ caller }) => ({ items: await reads.listTeam(context, readTeam(caller)) })),
  ]
}
