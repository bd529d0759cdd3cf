import { createHash, randomUUID } from 'node:crypto'
import type { Me, updateMe as updateMeRoute } from '@foyer/contract/operators.ts'
import type { BodyOf } from '@foyer/contract/route.ts'
import { hmac, randomToken, Secret, sameSecret, sha256, verifyPassword } from '../../platform/crypto.ts'
import type { Database, Statement, Transaction } from '../../platform/db/database.ts'
import { Failure } from '../../platform/failure.ts'
import { addressPrefix } from '../../platform/http/address.ts'
import type { ReplyFacts, RequestFacts } from '../../platform/http/bind.ts'
import type { RateLimits } from '../../platform/http/limits.ts'
import type { Log } from '../../platform/log.ts'
import type { Pictures } from '../../platform/pictures.ts'
import type { Tell } from '../../platform/reactions.ts'
import type { OperatorAccess, OperatorProof } from './access.ts'
import { sessionRules } from './model.ts'
import { type OperatorKey, type TellsOfOperators, tellEnded, tellMe, tellOperators } from './news.ts'
import { type MeRow, meColumns, readMe, toMe } from './reads.ts'

export type OperatorContext = TellsOfOperators & {
  database: Database
  access: OperatorAccess
  tell: Tell
  rateLimits: RateLimits
  secret: Buffer
  log: Log
  /** Hash of a password nobody has: checking it takes the time that checking a real one would. */
  decoyHash: Promise<string>
  pictures: Pictures
}

export type LogIn = { email: string; password: string; ip: string; known: OperatorKey | null }
/** Who has proven to be an operator: by the password of this hash, or by having just come in. */
export type ProvenOperator = OperatorKey & { passwordHash?: Secret }

/** What is asked, and what can be said beside the answer: cookies. */
export type SessionHttp = { request: RequestFacts; reply: ReplyFacts }

/** How later slices log somebody in. */
export type Sessions = {
  /** Logs in who has proven to be this operator: a new session and its cookie, and the end of the one before. */
  beginSession: (operator: ProvenOperator, http: SessionHttp) => Promise<Me>
  /** Goes on with the caller's session under a new id and a new cookie. */
  renewSession: (before: OperatorProof, http: SessionHttp) => Promise<Me>
}

/** The operator of an address, if this browser has logged in as them before. */
export async function findKnown(
  context: OperatorContext,
  { email, knownMark: mark }: { email: string; knownMark: string | null },
): Promise<OperatorKey | null> {
  if (mark === null) return null
  const row = await findByEmail(context, email)
  if (!row || !sameSecret(mark, knownMark(context, row.operator_id))) return null
  return { organizationId: row.organization_id, operatorId: row.operator_id }
}

type PasswordRow = { organization_id: string; operator_id: string; password_hash: string | null }

async function findByEmail({ database }: OperatorContext, email: string): Promise<PasswordRow | undefined> {
  const [row] = await database.run<PasswordRow>({
    name: 'operator_by_email',
    text: 'select * from operator_by_email($1)',
    values: [email],
  })
  return row
}

/**
 * Checks an address and a password. Wrong ones are slowed from the sixth on, per account and per address of the network;
 * a right one works after the pause. A browser that logged in before counts apart from both, so that strangers who guess,
 * be it from the same network, do not keep the owner out.
 *
 * @throws Failure session.credentials, request.too_many
 */
export async function checkPassword(context: OperatorContext, input: LogIn): Promise<ProvenOperator> {
  const account = `log-in:on:${input.email.toLowerCase()}`
  const fromAddress = input.known ? null : `log-in:from:${addressPrefix(input.ip)}`
  const onAccount = input.known ? `${account}:known` : account
  if (fromAddress) await context.rateLimits.attempt(fromAddress)
  const row = await findByEmail(context, input.email)
  await context.rateLimits.attempt(onAccount)
  const isRight = await verifyPassword(row?.password_hash ?? (await context.decoyHash), input.password)
  if (!row?.password_hash || !isRight) {
    if (row && !input.known)
      context
        .tell('operator.log_in_failed', { organizationId: row.organization_id, operatorId: row.operator_id })
        .catch((error: unknown) => context.log.warn('A failed log-in could not be told of.', { error }))
    context.log.warn('A log-in failed.', row ? { operatorId: row.operator_id } : {})
    throw new Failure('session.credentials')
  }
  if (fromAddress) await context.rateLimits.succeed(fromAddress, { forgetAll: false })
  await context.rateLimits.succeed(onAccount, { forgetAll: true })
  return {
    organizationId: row.organization_id,
    operatorId: row.operator_id,
    passwordHash: new Secret(row.password_hash),
  }
}

/** What a browser keeps that logged in before; it proves nothing else. */
export function knownMark(context: { secret: Buffer }, operatorId: string): string {
  return hmac(context.secret, `known:${operatorId}`).toString('base64url')
}

/**
 * Begins a session under a new token, which only the caller learns, if the password that proved them is still theirs: a
 * change that is under way is waited for.
 *
 * @throws Failure session.credentials
 */
export async function openSession(
  { database, log }: OperatorContext,
  operator: ProvenOperator,
  device: string,
): Promise<string> {
  const { token, sessionId, statement } = newSession(operator, device)
  const opened = await database.read(operator.organizationId, statement)
  if (opened.length === 0) throw new Failure('session.credentials')
  log.info('An operator logged in.', { operatorId: operator.operatorId, sessionId })
  return token
}

function newSession({ organizationId, operatorId, passwordHash }: ProvenOperator, device: string) {
  const token = randomToken()
  const sessionId = randomUUID()
  const statement: Statement = {
    // The lock makes it come before or after a change of password, which ends what came before.
    text: `insert into sessions (organization_id, id, operator_id, token_hash, device, expires_at)
           select o.organization_id, $2, o.id, $4, $5, clock_now() + make_interval(secs => $6) from operators o
           where o.organization_id = $1 and o.id = $3 and o.deactivated_at is null
             and ($7::text is null or o.password_hash = $7) for share
           returning id`,
    values: [
      organizationId,
      sessionId,
      operatorId,
      sha256(token),
      device,
      sessionRules.absoluteSeconds,
      passwordHash?.reveal() ?? null,
    ],
  }
  return { token, sessionId, statement }
}

/** How long the sockets of a session that was renewed stay: until the browser has the new cookie, with which they come back. */
const renewalMs = 1_500

/**
 * Goes on with a session under a new id and token, if nobody has ended it meanwhile: the ones before open nothing any more.
 *
 * @throws Failure session.required
 */
export async function renewSession(
  context: OperatorContext,
  before: OperatorProof,
  device: string,
): Promise<string> {
  const { organizationId, operatorId } = before
  const { token, sessionId, statement } = newSession({ organizationId, operatorId }, device)
  await context.database.within(organizationId, async (transaction) => {
    const opened = await transaction.query(statement)
    await transaction.query({
      text: 'delete from socket_tickets where organization_id = $1 and session_id = $2',
      values: [organizationId, before.sessionId],
    })
    // Its row holds its sockets for this moment more; nobody has what it is now found by.
    const parted = await transaction.query({
      text: `update sessions set token_hash = $3, expires_at = clock_now() + make_interval(secs => $4)
        where organization_id = $1 and id = $2 and expires_at > clock_now() returning id`,
      values: [organizationId, before.sessionId, sha256(randomToken()), (2 * renewalMs) / 1000],
    })
    if (opened.length === 0 || parted.length === 0) throw new Failure('session.required')
  })
  context.access.forget(before.sessionId)
  const ended = { what: 'session.ended', to: 'processes', organizationId, id: before.sessionId } as const
  setTimeout(() => context.changes.publish({ ...ended, renewed: true }), renewalMs).unref()
  context.log.info('A session was renewed.', { operatorId, sessionId })
  return token
}

/** Ends all sessions of an operator but one, in the transaction that gives the reason; answers which, for `tellEnded`. */
export async function endSessionsOf(
  transaction: Transaction,
  operatorId: string,
  except: string | null = null,
): Promise<string[]> {
  // Whoever is opening or renewing one holds this row: theirs is seen below, or finds what has ended.
  await transaction.query({
    text: 'select from operators where organization_id = $1 and id = $2 for no key update',
    values: [transaction.organizationId, operatorId],
  })
  const rows = await transaction.query<{ id: string }>({
    text: `delete from sessions where organization_id = $1 and operator_id = $2 and id is distinct from $3::uuid returning id`,
    values: [transaction.organizationId, operatorId, except],
  })
  return rows.map(({ id }) => id)
}

/** Ends a session of the operator's own, everywhere at once. @throws Failure session.unknown */
export async function endSession(
  context: OperatorContext,
  proof: OperatorProof,
  sessionId: string,
): Promise<void> {
  const ended = await context.database.read(proof.organizationId, {
    text: `delete from sessions where organization_id = $1 and operator_id = $2 and id = $3 returning id`,
    values: [proof.organizationId, proof.operatorId, sessionId],
  })
  if (ended.length === 0) throw new Failure('session.unknown')
  tellEnded(context, proof.organizationId, [sessionId])
  context.log.info('A session ended.', { operatorId: proof.operatorId, sessionId })
}

/** A ticket for one socket. */
export async function createSocketTicket(context: OperatorContext, proof: OperatorProof): Promise<string> {
  const ticket = randomToken()
  await context.database.read(proof.organizationId, {
    name: 'create_socket_ticket',
    text: `insert into socket_tickets (token_hash, organization_id, operator_id, session_id, expires_at)
           values ($1, $2, $3, $4, clock_now() + make_interval(secs => $5))`,
    values: [
      sha256(ticket),
      proof.organizationId,
      proof.operatorId,
      proof.sessionId,
      sessionRules.ticketSeconds,
    ],
  })
  return ticket
}

export async function updateMe(
  context: OperatorContext,
  proof: OperatorProof,
  change: BodyOf<typeof updateMeRoute>,
): Promise<Me> {
  if (Object.keys(change).length === 0) return readMe(context, proof)
  const [row] = await context.database.read<MeRow>(proof.organizationId, profileStatement(proof, change))
  const { name, alias, languages, slots } = change
  const isSeenByOthers = [name, alias, languages, slots].some((value) => value !== undefined)
  // The statement that answers sees the number of slots as it was: the new one is put in its place.
  const next = row && { ...row, slots: slots ?? row.slots }
  return changed(context, proof, { row: next, isSeenByOthers })
}

/** Changes what is given of an operator's profile and ways of working; answers a `MeRow`, with the slots as they were. */
export function profileStatement(
  { organizationId, operatorId }: OperatorKey,
  change: BodyOf<typeof updateMeRoute>,
): Statement {
  return {
    text: `with slots as (
             update operator_slots s set most = $9::smallint where s.organization_id = $1 and s.operator_id = $2 and $9::smallint is not null)
           update operators o set
             name = coalesce($3, o.name), alias = case when $4 then $5 else o.alias end,
             locale = coalesce($6, o.locale), theme = coalesce($7, o.theme),
             shortcuts = coalesce($8, o.shortcuts), languages = coalesce($10, o.languages),
             signature = case when $11 then $12 else o.signature end,
             undo_seconds = coalesce($13, o.undo_seconds), version = o.version + 1
           from organizations g where g.id = o.organization_id and o.organization_id = $1 and o.id = $2
           returning ${meColumns}`,
    values: [
      organizationId,
      operatorId,
      change.name ?? null,
      change.alias !== undefined,
      change.alias ?? null,
      change.locale ?? null,
      change.theme ?? null,
      change.shortcuts ?? null,
      change.slots ?? null,
      change.languages ?? null,
      change.signature !== undefined,
      change.signature ?? null,
      change.undoSeconds ?? null,
    ],
  }
}

/**
 * Makes of what was sent the operator's picture. Its key is derived from it, so that the same one again changes nothing, and
 * with a secret of the installation's, so that whoever has the picture still cannot ask whose it is.
 *
 * @throws Failure picture.unreadable, picture.too_large
 */
export async function setPicture(
  context: OperatorContext,
  proof: OperatorProof,
  sent: Uint8Array,
): Promise<Me> {
  const bytes = await context.pictures.square(sent)
  const { organizationId, operatorId } = proof
  const digest = createHash('sha256').update(bytes).digest('hex')
  const key = hmac(context.secret, `picture:${organizationId}:${operatorId}:${digest}`).toString('base64url')
  const [row] = await context.database.read<MeRow>(organizationId, {
    text: `with stored as (
             insert into operator_pictures as p (organization_id, operator_id, key, bytes) values ($1, $2, $3, $4)
             on conflict (organization_id, operator_id) do update set key = excluded.key, bytes = excluded.bytes)
           update operators o set picture = $3, version = o.version + 1
           from organizations g where g.id = o.organization_id and o.organization_id = $1 and o.id = $2
           returning ${meColumns}`,
    values: [organizationId, operatorId, key, bytes],
  })
  return changed(context, proof, { row, isSeenByOthers: true })
}

/** Removes the operator's picture; whoever still knows where it was finds nothing there. */
export async function removePicture(context: OperatorContext, proof: OperatorProof): Promise<Me> {
  const [row] = await context.database.read<MeRow>(proof.organizationId, {
    text: `with removed as (delete from operator_pictures where organization_id = $1 and operator_id = $2)
           update operators o set picture = null, version = o.version + 1
           from organizations g where g.id = o.organization_id and o.organization_id = $1 and o.id = $2
             and o.picture is not null
           returning ${meColumns}`,
    values: [proof.organizationId, proof.operatorId],
  })
  return row ? changed(context, proof, { row, isSeenByOthers: true }) : readMe(context, proof)
}

/** Turns the operator's switch; the same position again changes nothing. */
export async function setAvailability(
  context: OperatorContext,
  proof: OperatorProof,
  online: boolean,
): Promise<Me> {
  const [row] = await context.database.read<MeRow>(proof.organizationId, {
    text: `update operators o set online = $3, version = o.version + 1
           from organizations g where g.id = o.organization_id and o.organization_id = $1 and o.id = $2
             and o.online <> $3
           returning ${meColumns}`,
    values: [proof.organizationId, proof.operatorId, online],
  })
  return row ? changed(context, proof, { row, isSeenByOthers: true }) : readMe(context, proof)
}

/** The first operator of an organization. A first visit starts offline. */
export async function createOwner(
  transaction: Transaction,
  owner: { id: string; name: string; email: string; passwordHash: Secret; locale: string },
): Promise<void> {
  await transaction.query({
    text: `insert into operators (organization_id, id, email, name, password_hash, role_id, locale)
           select $1, $2, $3, $4, $5, r.id, $6 from roles r where r.organization_id = $1 and r.kind = 'owner'`,
    values: [
      transaction.organizationId,
      owner.id,
      owner.email,
      owner.name,
      owner.passwordHash.reveal(),
      owner.locale,
    ],
  })
}

function changed(
  context: OperatorContext,
  proof: OperatorProof,
  { row, isSeenByOthers }: { row: MeRow | undefined; isSeenByOthers: boolean },
): Me {
  if (!row) throw new Failure('session.required')
  tellMe(context, proof, row.version)
  if (isSeenByOthers) tellOperators(context, proof, row.version)
  return toMe(row)
}
