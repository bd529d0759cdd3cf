import * as accounts from '@foyer/contract/accounts.ts'
import { logIn as logInRoute, readSession } from '@foyer/contract/sessions.ts'
import type { ParsedMail } from 'mailparser'
import { expect } from 'vitest'
import type { BuiltOperator } from './build.ts'
import { type MailStage, openMailStage } from './mail-stage.ts'
import { tokenIn } from './mailbox.ts'
import { eventually } from './world.ts'

export const first = 'correct horse battery'
export const second = 'a kettle on the harbour'

/** A browser: what it is answered, and what it keeps. */
export type Visit = {
  readonly cookies: Record<string, string>
  send(
    route: { method: string; path: string },
    body?: unknown,
    // biome-ignore lint/suspicious/noExplicitAny: tests look into it
  ): Promise<{ status: number; json: any; code: string }>
}

export type Given = { role?: 'operator' | 'admin'; locale?: 'en' | 'fr' | 'de' }

/** A world that sends mail, limits on, with browsers that log in. */
export type AccountStage = AsyncDisposable & {
  readonly stage: MailStage
  browser(): Visit
  loggedIn(email: string, password: string): Promise<Visit>
  /** How a log-in from a new browser is answered. */
  logIn(email: string, password: string): Promise<string>
  isIn(own: Visit): Promise<boolean>
  /** What is remembered of a session is believed for a moment. */
  soonOut(own: Visit): Promise<boolean>
  operator(given?: Given): Promise<BuiltOperator>
  /** Forgets what limits have counted. */
  forgive(): Promise<unknown>
  mailsTo(address: string, subject: RegExp): ParsedMail[]
  mailTo(address: string, subject: RegExp, count?: number): Promise<ParsedMail | undefined>
  /** Asks for a link by mail, and gives its secret. */
  forgotten(address: string, count?: number): Promise<string>
  /** Has a colleague make a link. */
  teamLink(of: { id: string }): Promise<{ token: string; expiresAt: string }>
}

export async function openAccountStage(): Promise<AccountStage> {
  const stage = await openMailStage({ limited: true })

  function browser(): Visit {
    const cookies: Record<string, string> = {}
    return {
      cookies,
      async send(route, body = {}) {
        const response = await fetch(stage.world.url + route.path, {
          method: route.method,
          headers: {
            'content-type': 'application/json',
            'x-foyer': '1',
            cookie: Object.entries(cookies)
              .map(([name, value]) => `${name}=${value}`)
              .join('; '),
          },
          ...(route.method === 'GET' ? {} : { body: JSON.stringify(body) }),
        })
        for (const line of response.headers.getSetCookie()) {
          const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
          cookies[name] = value
        }
        const json = await response.json()
        return { status: response.status, json, code: json.error?.code ?? 'done' }
      },
    }
  }
  const isIn = async (own: Visit) => (await own.send(readSession)).status === 200
  const isTo = (mail: ParsedMail, address: string) => [mail.to].flat()[0]?.text === address
  const mailsTo = (address: string, subject: RegExp) =>
    stage.mailbox.mails.filter((mail) => isTo(mail, address) && subject.test(mail.subject ?? ''))
  const mailTo = async (address: string, subject: RegExp, count = 1) =>
    (
      await eventually(
        () => mailsTo(address, subject),
        (mails) => mails.length >= count,
        15_000,
      )
    ).at(-1)

  return {
    stage,
    browser,
    isIn,
    mailsTo,
    mailTo,
    async loggedIn(email, password) {
      const own = browser()
      expect((await own.send(logInRoute, { email, password })).code).toBe('done')
      return own
    },
    logIn: async (email, password) => (await browser().send(logInRoute, { email, password })).code,
    soonOut: (own) =>
      eventually(
        () => isIn(own),
        (yes) => !yes,
        4_000,
      ),
    operator: (given = {}) =>
      stage.world.build.operator({ organizationId: stage.operator.organizationId, ...given }),
    forgive: () => stage.world.db.owner('delete from rate_limits'),
    async forgotten(address, count = 1) {
      expect((await browser().send(accounts.forgetPassword, { email: address })).json).toEqual({})
      return tokenIn(await mailTo(address, /new password/, count))
    },
    async teamLink(of) {
      const { api } = await stage.world.operator(stage.operator)
      return api.call(accounts.makePasswordLink, { params: { operatorId: of.id } })
    },
    [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose](),
  }
}
