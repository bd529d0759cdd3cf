import type { Me } from '@foyer/contract/operators.ts'
import * as operators from '@foyer/contract/operators.ts'
import * as sessions from '@foyer/contract/sessions.ts'
import { addressPrefix } from '../../platform/http/address.ts'
import { type BoundRoute, bind, type ReplyFacts, type RequestFacts } from '../../platform/http/bind.ts'
import { type OperatorProof, sessionCookie } from './access.ts'
import * as actions from './actions.ts'
import { describeDevice, sessionRules } from './model.ts'
import * as reads from './reads.ts'

const knownCookie = 'foyer-known'
const knownSeconds = 180 * 24 * 3600

export function operatorRoutes(context: actions.OperatorContext): BoundRoute[] {
  const beginSession = createBeginSession(context)
  return [
    bind(sessions.logIn, async ({ body, request, reply, count }) => {
      const knownMark = request.cookie(knownCookie)
      const known = await actions.findKnown(context, { email: body.email, knownMark })
      // Where somebody logged in before, others who guess from the same address do not shut them out.
      const from = known ? `known:${known.operatorId}` : addressPrefix(request.ip)
      await count([{ rule: 'log_in_address', subject: from }])
      const operator = await actions.checkPassword(context, { ...body, ip: request.ip, known })
      return beginSession(operator, { request, reply })
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

/** Logs somebody in who has proven to be this operator: a new session and its cookie, and the end of the one before. */
export function createBeginSession(
  context: actions.OperatorContext,
): (operator: actions.ProvenOperator, http: SessionHttp) => Promise<Me> {
  return async (operator, { request, reply }) => {
    const before = request.cookie(sessionCookie)
    const ended = before === null ? null : await context.access.bySession(before)
    if (ended) await actions.endSession(context, ended, ended.sessionId)
    const token = await actions.openSession(context, operator, describeDevice(request.userAgent))
    return keepSession(context, operator, token, reply)
  }
}

/** Goes on with the caller's session under a new id and a new cookie. */
export function createRenewSession(
  context: actions.OperatorContext,
): (before: OperatorProof, http: SessionHttp) => Promise<Me> {
  return async (before, { request, reply }) => {
    const token = await actions.renewSession(context, before, describeDevice(request.userAgent))
    return keepSession(context, before, token, reply)
  }
}

type SessionHttp = { request: RequestFacts; reply: ReplyFacts }

function keepSession(
  context: actions.OperatorContext,
  operator: actions.OperatorKey,
  token: string,
  reply: ReplyFacts,
): Promise<Me> {
  reply.setCookie(sessionCookie, token, { maxAgeSeconds: sessionRules.absoluteSeconds })
  const mark = actions.knownMark(context, operator.operatorId)
  reply.setCookie(knownCookie, mark, { maxAgeSeconds: knownSeconds })
  return reads.readMeOf(context, operator)
}
