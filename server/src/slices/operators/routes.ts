import type { Me } from '@foyer/contract/operators.ts'
import * as operators from '@foyer/contract/operators.ts'
import * as organizations from '@foyer/contract/organizations.ts'
import * as sessions from '@foyer/contract/sessions.ts'
import { Failure } from '../../platform/failure.ts'
import { addressPrefix } from '../../platform/http/address.ts'
import { type BoundRoute, bind, type ReplyFacts } from '../../platform/http/bind.ts'
import type { Announce } from '../../platform/reactions.ts'
import { accessSetup } from '../organizations/access.ts'
import { setUp } from '../organizations/actions.ts'
import { isSetupNeeded } from '../organizations/reads.ts'
import { sessionCookie } from './access.ts'
import * as actions from './actions.ts'
import { describeDevice, sessionRules } from './model.ts'
import type { OperatorKey } from './news.ts'
import * as reads from './reads.ts'

const knownCookie = 'foyer-known'
const knownSeconds = 180 * 24 * 3600

export type OperatorRoutesContext = actions.OperatorContext &
  actions.Sessions & { announce: Announce; wakeWorkers: () => void }

export function operatorRoutes(context: OperatorRoutesContext): BoundRoute[] {
  return [
    bind(
      organizations.setUp,
      async ({ body: { token, ...input }, request, reply }) => {
        if (!(await isSetupNeeded(context))) throw new Failure('setup.done')
        const founded = await setUp(context, accessSetup(context.secret, token), input)
        // What it has left behind for workers need not wait for their next look.
        context.wakeWorkers()
        return context.beginSession(founded, { request, reply })
      },
      { uses: ({ request }) => [{ rule: 'set_up_address', subject: addressPrefix(request.ip) }] },
    ),
    bind(sessions.logIn, async ({ body, request, reply, count }) => {
      const knownMark = request.cookie(knownCookie)
      const known = await actions.findKnown(context, { email: body.email, knownMark })
      // Where somebody logged in before, others who guess from the same address do not shut them out.
      const from = known ? `known:${known.operatorId}` : addressPrefix(request.ip)
      await count([{ rule: 'log_in_address', subject: from }])
      const operator = await actions.checkPassword(context, { ...body, ip: request.ip, known })
      return context.beginSession(operator, { request, reply })
    }),
    bind(sessions.readSession, ({ caller }) => reads.readMe(context, caller)),
    bind(sessions.logOut, async ({ caller, reply }) => {
      await actions.endSession(context, caller, caller.sessionId)
      reply.clearCookie(sessionCookie)
      return {}
    }),
    bind(sessions.listSessions, async ({ caller }) => ({ items: await reads.listSessions(context, caller) })),
    bind(sessions.endSession, async ({ caller, params }) => {
      await actions.endSession(context, caller, params.sessionId)
      return {}
    }),
    bind(sessions.createSocketTicket, async ({ caller }) => ({
      ticket: await actions.createSocketTicket(context, caller),
    })),
    bind(operators.listWorkloads, async ({ caller }) => ({
      items: await reads.listWorkloads(context, caller),
    })),
    bind(operators.listOperators, async ({ caller }) => ({
      items: await reads.listOperators(context, caller),
    })),
    bind(operators.updateMe, ({ caller, body }) => actions.updateMe(context, caller, body)),
    bind(operators.setPicture, ({ caller, body }) => actions.setPicture(context, caller, body), {
      uses: ({ caller }) => [{ rule: 'picture_operator', subject: caller.operatorId }],
    }),
    bind(operators.removePicture, ({ caller }) => actions.removePicture(context, caller)),
    bind(operators.readPicture, ({ params }) => reads.readPicture(context, params.picture), {
      uses: ({ request }) => [{ rule: 'picture_address', subject: addressPrefix(request.ip) }],
    }),
    bind(operators.setAvailability, ({ caller, body }) =>
      actions.setAvailability(context, caller, body.online),
    ),
  ]
}

export function createSessions(context: actions.OperatorContext): actions.Sessions {
  return {
    async beginSession(operator, { request, reply }) {
      const before = request.cookie(sessionCookie)
      const ended = before === null ? null : await context.access.bySession(before)
      if (ended) await actions.endSession(context, ended, ended.sessionId)
      const token = await actions.openSession(context, operator, describeDevice(request.userAgent))
      return keepSession(context, operator, token, reply)
    },
    async renewSession(before, { request, reply }) {
      const token = await actions.renewSession(context, before, describeDevice(request.userAgent))
      return keepSession(context, before, token, reply)
    },
  }
}

function keepSession(
  context: actions.OperatorContext,
  operator: OperatorKey,
  token: string,
  reply: ReplyFacts,
): Promise<Me> {
  reply.setCookie(sessionCookie, token, { maxAgeSeconds: sessionRules.absoluteSeconds })
  const mark = actions.knownMark(context, operator.operatorId)
  reply.setCookie(knownCookie, mark, { maxAgeSeconds: knownSeconds })
  return reads.readMeOf(context, operator)
}
