import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashPassword, randomToken } from '../../platform/crypto.ts'
import type { Database, Statement } from '../../platform/db/database.ts'
import type { RateLimits } from '../../platform/http/limits.ts'
import { type AccountStage, first, openAccountStage, second } from '../../testing/account-stage.ts'
import type { BuiltOperator } from '../../testing/build.ts'
import { eventually } from '../../testing/world.ts'
import { createOperatorAccess, type OperatorProof } from '../operators/access.ts'
import { checkPassword, endSessionsOf, openSession, renewSession } from '../operators/actions.ts'
import { changePassword, requestAddress } from './actions.ts'

let open: AccountStage
beforeAll(async () => {
  open = await openAccountStage()
})
afterAll(() => open[Symbol.asyncDispose]())

/** What the actions work with, so that a test takes their steps one by one. */
function context(database: Database = open.stage.world.database) {
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
  return {
    database,
    access: createOperatorAccess({ database }),
    changes: { publish: () => undefined },
    tell: async () => undefined,
    rateLimits: {
      attempt: async () => undefined,
      succeed: async () => undefined,
    } as Partial<RateLimits> as RateLimits,
    secret: Buffer.alloc(32),
    log: log as never,
    decoyHash: hashPassword(randomToken()),
    pictures: undefined as never,
    wakeWorkers: () => undefined,
    sendsMail: true,
  }
}

async function proofOf(ann: BuiltOperator): Promise<OperatorProof> {
  const token = (await open.loggedIn(ann.email, first)).cookies.foyer ?? ''
  const proof = await context().access.bySession(token)
  if (!proof) throw new Error('Nobody is logged in.')
  return proof
}

const endAll = (ann: BuiltOperator) =>
  open.stage.world.database.within(ann.organizationId, (transaction) => endSessionsOf(transaction, ann.id))
const sessionsOf = (ann: BuiltOperator) =>
  open.stage.world.db.owner('select id from sessions where operator_id = $1', [ann.id])
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code?: string }) => error.code,
  )

/** A database that stops before what a statement says, until it is let go on. */
function stoppedBefore(text: RegExp) {
  const { database } = open.stage.world
  const reached = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  const stopping: Database = {
    ...database,
    within: (organizationId, work) =>
      database.within(organizationId, (transaction) =>
        work({
          organizationId,
          async query<Row extends object>(statement: Statement) {
            if (text.test(statement.text)) {
              reached.resolve()
              await goOn.promise
            }
            return transaction.query<Row>(statement)
          },
        }),
      ),
  }
  return { database: stopping, reached: reached.promise, goOn: () => goOn.resolve() }
}

/** Until work is over or waits for somebody's lock. */
async function untilWaiting(work: Promise<unknown>): Promise<void> {
  let over = false
  const end = () => {
    over = true
  }
  work.then(end, end)
  await eventually(
    async () =>
      over ||
      (
        await open.stage.world.db.owner(
          `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        )
      ).length > 0,
    (reached) => reached,
  )
}

test('[X7] a session that was ended is not renewed', async () => {
  const ann = await open.operator()
  const proof = await proofOf(ann)
  await changePassword(context(), proof, { current: first, password: second })
  await endAll(ann)
  expect(await codeOf(renewSession(context(), proof, 'test'))).toBe('session.required')
  expect(await sessionsOf(ann)).toEqual([])
})

test('[X7] whoever ends all sessions while one is renewed ends the new one', async () => {
  const ann = await open.operator()
  const proof = await proofOf(ann)
  const stop = stoppedBefore(/delete from socket_tickets/)
  const renewed = renewSession(context(stop.database), proof, 'test')
  await stop.reached
  const ended = endAll(ann)
  await untilWaiting(ended)
  stop.goOn()
  await Promise.all([renewed, ended])
  expect(await sessionsOf(ann)).toEqual([])
})

test('[X7] who was let in by a password that was changed meanwhile gets no session', async () => {
  const ann = await open.operator()
  const proof = await proofOf(ann)
  const proven = await checkPassword(context(), { email: ann.email, password: first, ip: '::1', known: null })
  await changePassword(context(), proof, { current: first, password: second })
  expect(await codeOf(openSession(context(), proven, 'test'))).toBe('session.credentials')
  expect(await sessionsOf(ann)).toEqual([{ id: proof.sessionId }])
})

test('[X7] a log-in waits for a change of the password that is under way', async () => {
  const ann = await open.operator()
  const proof = await proofOf(ann)
  const proven = await checkPassword(context(), { email: ann.email, password: first, ip: '::1', known: null })
  const stop = stoppedBefore(/delete from sessions/)
  const changed = changePassword(context(stop.database), proof, { current: first, password: second })
  await stop.reached
  const opened = codeOf(openSession(context(), proven, 'test'))
  await untilWaiting(opened)
  stop.goOn()
  await changed
  expect(await opened).toBe('session.credentials')
  expect(await sessionsOf(ann)).toEqual([{ id: proof.sessionId }])
})

test('[X7] a session that was ended changes neither password nor address', async () => {
  const ann = await open.operator()
  const proof = await proofOf(ann)
  await endAll(ann)
  const email = `${randomUUID()}@new.example`
  expect(await codeOf(changePassword(context(), proof, { current: first, password: second }))).toBe(
    'session.required',
  )
  expect(await codeOf(requestAddress(context(), proof, { email, password: first }))).toBe('session.required')
  expect(await open.logIn(ann.email, first)).toBe('done')
})

test('[X7] an address asked for with a password that was changed meanwhile is not proven', async () => {
  const ann = await open.operator()
  const proof = await proofOf(ann)
  const stop = stoppedBefore(/for no key update/)
  const email = `${randomUUID()}@new.example`
  const asked = codeOf(requestAddress(context(stop.database), proof, { email, password: first }))
  await stop.reached
  await changePassword(context(), proof, { current: first, password: second })
  stop.goOn()
  expect(await asked).toBe('password.wrong')
})
