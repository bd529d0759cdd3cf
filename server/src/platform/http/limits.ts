import { hmac } from '../crypto.ts'
import type { Database, Statement } from '../db/database.ts'
import { Failure } from '../failure.ts'
import { type Counters, createCounters } from './counters.ts'

/**
 * So many points in so many seconds. What is counted is what was done: a failure and a repetition cost nothing.
 *
 * `tries`: what is counted is the trying, right or wrong, because it may be guessing or costs as much; only a failure of
 * ours costs nothing. `each`: every process counts for itself, for uses so frequent that counting them in the database
 * would cost as much as the use; over n processes up to n times as many pass.
 */
export type Rule = { points: number; seconds: number; tries?: true; each?: true }
export type RuleName =
  | 'log_in_address'
  | 'set_up_address'
  | 'contact_message'
  | 'contact_change'
  | 'address_message'
  | 'organization_message'
  | 'contact_conversation'
  | 'address_conversation'
  | 'widget_conversation'
  | 'unread_address'
  | 'config_address'
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
  | 'contact_upload'
  | 'address_upload'
  | 'address_part'
  | 'address_file'
export type Rules = Readonly<Record<RuleName, Rule>>

export const defaultRules: Rules = {
  // Beside the slowing of wrong passwords: hashing one costs 30 ms.
  log_in_address: { points: 60, seconds: 60, tries: true },
  set_up_address: { points: 20, seconds: 60, tries: true },
  contact_message: { points: 30, seconds: 60, each: true },
  // Reactions, and what else becomes of something already said: lighter than a message, and a row's update.
  contact_change: { points: 60, seconds: 60, each: true },
  // Tokens cost nothing to make; many people may share an address.
  address_message: { points: 120, seconds: 60, each: true },
  // Against many addresses at once: more than any team that reads them could have.
  organization_message: { points: 3000, seconds: 60, each: true },
  contact_conversation: { points: 12, seconds: 3600 },
  address_conversation: { points: 240, seconds: 3600 },
  widget_conversation: { points: 300, seconds: 60, each: true },
  unread_address: { points: 300, seconds: 60, tries: true, each: true },
  // A page with a messenger asks for it; a whole country may come by one address of a mobile network.
  config_address: { points: 1500, seconds: 60, tries: true, each: true },
  contact_email: { points: 10, seconds: 3600 },
  link_address: { points: 30, seconds: 60, tries: true },
  // Per organization: who invites must not become who floods strangers' mailboxes.
  invitation_mail: { points: 100, seconds: 3600 },
  password_operator: { points: 30, seconds: 3600, tries: true },
  password_link_operator: { points: 30, seconds: 3600 },
  address_operator: { points: 6, seconds: 3600, tries: true },
  forgotten_address: { points: 30, seconds: 3600, tries: true },
  // Beyond these nothing is mailed, and nothing said: strangers can ask, too.
  forgotten_account: { points: 3, seconds: 3600, tries: true },
  // From the tenth on the person is told, once a day.
  log_in_failures: { points: 9, seconds: 3600, tries: true },
  log_in_failures_told: { points: 1, seconds: 86_400, tries: true },
  picture_operator: { points: 30, seconds: 3600, tries: true },
  // A browser keeps what it got; a whole office may begin its day at once.
  picture_address: { points: 3000, seconds: 60, tries: true, each: true },
  contact_upload: { points: 120, seconds: 3600 },
  address_upload: { points: 600, seconds: 3600 },
  // A file of 100 MB in the smallest parts, twice within a minute.
  address_part: { points: 3200, seconds: 60, tries: true, each: true },
  address_file: { points: 3000, seconds: 60, tries: true, each: true },
}

export type RateState = { limit: number; remaining: number; resetSeconds: number }

/** A use that a limit let through: `done` counts it, `giveBack` does not. One of them must be called. */
export type Taken = {
  readonly state: RateState
  /** That the trying itself was counted. */
  readonly tries: boolean
  done(): Promise<void>
  giveBack(): Promise<void>
}

export type RateLimits = {
  /** Lets one use through. @throws Failure `request.too_many` */
  take(rule: RuleName, subject: string): Promise<Taken>
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
/** Counters removed by one statement, so that none takes long. */
const sweptAtOnce = 5_000

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

  const here = new Map<RuleName, Counters>()
  const underWay = new Map<string, Set<Promise<void>>>()

  /** Counts in the database at once, and takes it back where the failure was ours. */
  async function takeTry(name: RuleName, subject: string, rule: Rule): Promise<Taken> {
    const key = keyOf(name, subject)
    const count = await countOne(key, rule)
    if (count.points > rule.points) throw tooMany(count.wait_ms)
    return {
      state: stateOf(rule, count),
      tries: true,
      done: async () => undefined,
      async giveBack() {
        await options.database.run(giveBackStatement(key))
      },
    }
  }

  /** Looks how many there were, and counts when it is done. What is under way in this process is waited for where it matters. */
  async function takeDeed(name: RuleName, subject: string, rule: Rule): Promise<Taken> {
    const key = keyOf(name, subject)
    const earlier = [...(underWay.get(key) ?? [])]
    const end = begin(key)
    try {
      let count = await look(key, rule)
      if (count.points < rule.points && count.points + earlier.length >= rule.points) {
        await Promise.all(earlier)
        count = await look(key, rule)
      }
      if (count.points >= rule.points) throw tooMany(count.wait_ms)
      return {
        state: stateOf(rule, { ...count, points: count.points + 1 }),
        tries: false,
        async done() {
          await countOne(key, rule).finally(end)
        },
        giveBack: async () => end(),
      }
    } catch (error) {
      end()
      throw error
    }
  }

  /** Says that something is under way, until what is answered is called. */
  function begin(key: string): () => void {
    const { promise, resolve } = Promise.withResolvers<void>()
    const all = underWay.get(key) ?? new Set()
    underWay.set(key, all.add(promise))
    return () => {
      all.delete(promise)
      if (all.size === 0) underWay.delete(key)
      resolve()
    }
  }

  async function look(key: string, rule: Rule): Promise<Count> {
    const [row] = await options.database.run<Count>({
      name: 'limit_look',
      text: `select points, (expire - ${nowMs})::float8 as wait_ms from rate_limits where key = $1 and expire > ${nowMs}`,
      values: [key],
    })
    return row ?? { points: 0, wait_ms: rule.seconds * 1000 }
  }

  async function countOne(key: string, rule: Rule): Promise<Count> {
    const [row] = await options.database.run<Count>({
      name: 'limit_count',
      text: `insert into rate_limits as r (key, points, expire) values ($1, 1, ${nowMs} + $2)
             on conflict (key) do update set
               points = case when r.expire <= ${nowMs} then 1 else r.points + 1 end,
               expire = case when r.expire <= ${nowMs} then ${nowMs} + $2 else r.expire end
             returning points, (expire - ${nowMs})::float8 as wait_ms`,
      values: [key, rule.seconds * 1000],
    })
    return row ?? { points: 0, wait_ms: 0 }
  }

  function takeHere(name: RuleName, subject: string, rule: Rule): Taken {
    const counters = here.get(name) ?? createCounters(rule.seconds * 1000)
    here.set(name, counters)
    const counter = counters.count(subject)
    const wait_ms = counter.until - performance.now()
    if (counter.points > rule.points) {
      counter.points--
      throw tooMany(wait_ms)
    }
    return {
      state: stateOf(rule, { points: counter.points, wait_ms }),
      tries: rule.tries ?? false,
      done: async () => undefined,
      async giveBack() {
        counter.points--
      },
    }
  }

  return {
    async take(name, subject) {
      const rule = rules[name]
      if (rule.each) return takeHere(name, subject, rule)
      return rule.tries ? takeTry(name, subject, rule) : takeDeed(name, subject, rule)
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
      const key = keyOf('attempt', subject)
      await options.database.run(
        forgetAll
          ? { name: 'limit_forget', text: 'delete from rate_limits where key = $1', values: [key] }
          : giveBackStatement(key),
      )
    },

    async sweep() {
      for (let swept = sweptAtOnce; swept === sweptAtOnce; ) {
        const rows = await options.database.run({
          name: 'limit_sweep',
          text: `delete from rate_limits where key in (
              select key from rate_limits where expire <= ${nowMs} order by expire limit $1) returning 1`,
          values: [sweptAtOnce],
        })
        swept = rows.length
      }
    },
  }
}

type Count = { points: number; wait_ms: number }

function stateOf(rule: Rule, { points, wait_ms }: Count): RateState {
  const resetSeconds = Math.max(1, Math.ceil(wait_ms / 1000))
  return { limit: rule.points, remaining: Math.max(0, rule.points - points), resetSeconds }
}

function tooMany(waitMs: number): Failure {
  return new Failure('request.too_many', {}, { retryAfter: Math.max(1, Math.ceil(waitMs / 1000)) })
}

function giveBackStatement(key: string): Statement {
  return {
    name: 'limit_give_back',
    text: 'update rate_limits set points = greatest(points - 1, 0) where key = $1',
    values: [key],
  }
}

const nowMs = `(extract(epoch from clock_now()) * 1000)::bigint`
/** 1, 2, 4 … seconds after the free attempts. */
const pauseMs = `(case when r.points < ${freeAttempts} then 0
  else 1000 * least(${longestPauseSeconds}, power(2, least(r.points - ${freeAttempts}, 10))) end)::bigint`
