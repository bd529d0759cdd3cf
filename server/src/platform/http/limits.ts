import { hmac } from '../crypto.ts'
import type { Database } from '../db/database.ts'
import { Failure } from '../failure.ts'

/**
 * So many points in so many seconds. `each`: every process counts for itself, for uses so frequent that counting them in
 * the database would cost as much as the use; over n processes up to n times as many pass.
 */
export type Rule = { points: number; seconds: number; each?: true }
export type RuleName =
  | 'log_in_address'
  | 'set_up_address'
  | 'contact_message'
  | 'contact_conversation'
  | 'address_conversation'
  | 'unread_address'
  | 'contact_email'
  | 'link_address'
  | 'invitation_mail'
  | 'password_operator'
  | 'password_link_operator'
  | 'address_operator'
  | 'forgotten_address'
  | 'forgotten_account'
  | 'log_in_failures'
  | 'log_in_failures_told'
  | 'picture_operator'
  | 'picture_address'
export type Rules = Readonly<Record<RuleName, Rule>>

export const defaultRules: Rules = {
  // Beside the slowing of wrong passwords: hashing one costs 30 ms.
  log_in_address: { points: 60, seconds: 60 },
  set_up_address: { points: 20, seconds: 60 },
  contact_message: { points: 30, seconds: 60, each: true },
  contact_conversation: { points: 12, seconds: 3600 },
  // Tokens cost nothing to make; many people may share an address.
  address_conversation: { points: 240, seconds: 3600 },
  unread_address: { points: 300, seconds: 60 },
  contact_email: { points: 10, seconds: 3600 },
  link_address: { points: 30, seconds: 60 },
  // Per organization: who invites must not become who floods strangers' mailboxes.
  invitation_mail: { points: 100, seconds: 3600 },
  password_operator: { points: 30, seconds: 3600 },
  password_link_operator: { points: 30, seconds: 3600 },
  address_operator: { points: 6, seconds: 3600 },
  forgotten_address: { points: 30, seconds: 3600 },
  // Beyond these nothing is mailed, and nothing said: strangers can ask, too.
  forgotten_account: { points: 3, seconds: 3600 },
  // From the tenth on the person is told, once a day.
  log_in_failures: { points: 9, seconds: 3600 },
  log_in_failures_told: { points: 1, seconds: 86_400 },
  picture_operator: { points: 30, seconds: 3600 },
  // A browser keeps what it got; a whole office may begin its day at once.
  picture_address: { points: 3000, seconds: 60, each: true },
}

export type RateState = { limit: number; remaining: number; resetSeconds: number }

export type RateLimits = {
  /** Counts one use; says what is left. @throws Failure `request.too_many` */
  consume(rule: RuleName, subject: string): Promise<RateState>
  /** Counts one attempt at a secret; from the sixth in a row on they must be ever further apart. @throws Failure `request.too_many` */
  attempt(subject: string): Promise<void>
  /** Takes attempts back, because the last one was right. */
  succeed(subject: string, options: { forgetAll: boolean }): Promise<void>
  /** Removes counters that ran out. */
  sweep(): Promise<void>
}

/** Wrong attempts are forgotten after this long without one. */
const attemptWindowSeconds = 900
export const freeAttempts = 5
const longestPauseSeconds = 30
/** Counters held here before those that ran out are removed. */
const heldAtMost = 10_000

/**
 * Counts in the database, by its clock, so that all processes count together. Subjects are stored as keyed hashes: the
 * table holds nobody's address. Its own SQL and not a library's: those count by the process's clock and want a
 * connection of their own.
 */
export function createRateLimits(options: {
  database: Database
  secret: Buffer
  rules: Partial<Rules>
}): RateLimits {
  const rules: Rules = { ...defaultRules, ...options.rules }
  const keyOf = (kind: string, subject: string) =>
    hmac(options.secret, `limit:${kind}:${subject}`).subarray(0, 18).toString('base64url')

  const here = new Map<string, { points: number; until: number }>()

  function consumeHere(name: RuleName, subject: string, rule: Rule): RateState {
    const key = `${name}:${subject}`
    const now = performance.now()
    const known = here.get(key)
    const count = known && known.until > now ? known : { points: 0, until: now + rule.seconds * 1000 }
    count.points++
    if (!known && here.size >= heldAtMost)
      for (const [old, { until }] of here) if (until <= now) here.delete(old)
    here.set(key, count)
    const resetSeconds = Math.max(1, Math.ceil((count.until - now) / 1000))
    if (count.points > rule.points) throw new Failure('request.too_many', {}, { retryAfter: resetSeconds })
    return { limit: rule.points, remaining: rule.points - count.points, resetSeconds }
  }

  return {
    async consume(name, subject) {
      const rule = rules[name]
      if (rule.each) return consumeHere(name, subject, rule)
      const [row] = await options.database.run<{ points: number; wait_ms: number }>({
        name: 'limit_consume',
        text: `insert into rate_limits as r (key, points, expire) values ($1, 1, ${nowMs} + $2)
               on conflict (key) do update set
                 points = case when r.expire <= ${nowMs} then 1 else r.points + 1 end,
                 expire = case when r.expire <= ${nowMs} then ${nowMs} + $2 else r.expire end
               returning points, (expire - ${nowMs})::float8 as wait_ms`,
        values: [keyOf(name, subject), rule.seconds * 1000],
      })
      const { points, wait_ms } = row ?? { points: 0, wait_ms: 0 }
      const resetSeconds = Math.max(1, Math.ceil(wait_ms / 1000))
      if (points > rule.points) throw new Failure('request.too_many', {}, { retryAfter: resetSeconds })
      return { limit: rule.points, remaining: rule.points - points, resetSeconds }
    },

    async attempt(subject) {
      const key = keyOf('attempt', subject)
      const [counted] = await options.database.run({
        name: 'limit_attempt',
        text: `insert into rate_limits as r (key, points, expire) values ($1, 1, ${nowMs} + $2)
               on conflict (key) do update set
                 points = case when r.expire <= ${nowMs} then 1 else r.points + 1 end, expire = ${nowMs} + $2
               where ${nowMs} >= r.expire - $2 + ${pauseMs} or r.expire <= ${nowMs}
               returning points`,
        values: [key, attemptWindowSeconds * 1000],
      })
      if (counted) return
      const [pause] = await options.database.run<{ wait_ms: number }>({
        name: 'limit_pause',
        text: `select (r.expire - $2 + ${pauseMs} - ${nowMs})::float8 as wait_ms from rate_limits r where r.key = $1`,
        values: [key, attemptWindowSeconds * 1000],
      })
      const retryAfter = Math.max(1, Math.ceil((pause?.wait_ms ?? 0) / 1000))
      throw new Failure('request.too_many', {}, { retryAfter })
    },

    async succeed(subject, { forgetAll }) {
      await options.database.run({
        name: forgetAll ? 'limit_forget' : 'limit_give_back',
        text: forgetAll
          ? 'delete from rate_limits where key = $1'
          : 'update rate_limits set points = greatest(points - 1, 0) where key = $1',
        values: [keyOf('attempt', subject)],
      })
    },

    async sweep() {
      await options.database.run({ text: `delete from rate_limits where expire <= ${nowMs}` })
    },
  }
}

const nowMs = `(extract(epoch from clock_now()) * 1000)::bigint`
/** 1, 2, 4 … seconds after the free attempts. */
const pauseMs = `(case when r.points < ${freeAttempts} then 0
  else 1000 * least(${longestPauseSeconds}, power(2, least(r.points - ${freeAttempts}, 10))) end)::bigint`
