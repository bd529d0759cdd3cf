import { type Right, type RoleKind, rights } from '@foyer/contract/roles.ts'
import { sha256 } from '../../platform/crypto.ts'
import type { Database } from '../../platform/db/database.ts'
import { Failure } from '../../platform/failure.ts'
import type { RequestFacts } from '../../platform/http/bind.ts'
import { sessionRules } from './model.ts'

declare const proven: unique symbol

/** That an operator is logged in, and as whom. */
export type OperatorProof = {
  readonly [proven]: 'operator'
  readonly organizationId: string
  readonly operatorId: string
  /** What the operator's role allows, as read when this was proven. */
  readonly rights: ReadonlySet<Right>
  readonly sessionId: string
}

declare module '../../platform/http/bind.ts' {
  interface Callers {
    operator: OperatorProof
  }
}

export const sessionCookie = 'foyer'

/** Proves operators by their session, which is remembered for a moment. */
export type OperatorAccess = {
  /** @throws Failure session.required */
  identify(request: RequestFacts): Promise<OperatorProof>
  /** The operator behind a session's token, if it lives. */
  bySession(token: string): Promise<OperatorProof | null>
  /** The operator behind a socket's ticket, which is used up by this. */
  byTicket(ticket: string): Promise<OperatorProof | null>
  /** Drops what is remembered of a session, because it ended. */
  forget(sessionId: string): void
}

type Row = {
  organization_id: string
  session_id: string
  operator_id: string
  kind: RoleKind | null
  rights: string[]
  stale?: boolean
}

/** A notice of a session's end may be lost, and rights change; what was read is believed for no longer than this. */
const rememberMs = 1_500
const rememberAtMost = 10_000

export function createOperatorAccess({ database }: { database: Database }): OperatorAccess {
  const remembered = new Map<string, { proof: OperatorProof; until: number }>()
  let endings = 0

  async function bySession(token: string): Promise<OperatorProof | null> {
    if (!isToken(token)) return null
    const hash = sha256(token)
    const key = hash.toString('base64url')
    const known = remembered.get(key)
    if (known && known.until > performance.now()) return known.proof
    const endingsBefore = endings
    const [row] = await database.run<Row>({
      name: 'operator_of_session',
      text: 'select * from operator_of_session($1, make_interval(secs => $2))',
      values: [hash, sessionRules.idleSeconds],
    })
    if (!row) {
      remembered.delete(key)
      return null
    }
    const proof = toProof(row)
    if (row.stale) await noteUse(database, proof)
    // A session that ended while we asked must not be remembered as living.
    if (endings === endingsBefore) {
      if (remembered.size >= rememberAtMost) remembered.clear()
      remembered.set(key, { proof, until: performance.now() + rememberMs })
    }
    return proof
  }

  return {
    async identify(request) {
      const token = request.cookie(sessionCookie)
      const proof = token === null ? null : await bySession(token)
      if (!proof) throw new Failure('session.required')
      return proof
    },
    bySession,
    async byTicket(ticket) {
      if (!isToken(ticket)) return null
      const [row] = await database.run<Row>({
        name: 'operator_of_ticket',
        text: 'select * from operator_of_ticket($1)',
        values: [sha256(ticket)],
      })
      return row ? toProof(row) : null
    },
    forget(sessionId) {
      endings++
      for (const [key, { proof }] of remembered) if (proof.sessionId === sessionId) remembered.delete(key)
    },
  }
}

/** That an operator's role allows something. */
export type RightProof<R extends Right> = {
  readonly [proven]: R
  readonly organizationId: string
  readonly operatorId: string
}

/** @throws Failure role.missing, naming the right */
export function demandRight<R extends Right>(operator: OperatorProof, wanted: R): RightProof<R> {
  if (!operator.rights.has(wanted)) throw new Failure('role.missing', { right: wanted })
  return { organizationId: operator.organizationId, operatorId: operator.operatorId } as RightProof<R>
}

/** What a role allows: the owner's everything, and of what is written down only what this build knows. */
export function rightsOf(role: { kind: RoleKind | null; rights: readonly string[] }): Right[] {
  return rights.filter((each) => role.kind === 'owner' || role.rights.includes(each))
}

/** Requests may come to several processes at once: written once a minute whoever does. */
async function noteUse(database: Database, proof: OperatorProof): Promise<void> {
  await database.read(proof.organizationId, {
    name: 'note_session_use',
    text: `update sessions set last_seen_at = clock_now()
           where organization_id = $1 and id = $2 and last_seen_at < clock_now() - interval '1 minute'`,
    values: [proof.organizationId, proof.sessionId],
  })
}

function toProof(row: Row): OperatorProof {
  return {
    organizationId: row.organization_id,
    operatorId: row.operator_id,
    rights: new Set(rightsOf(row)),
    sessionId: row.session_id,
  } as Partial<OperatorProof> as OperatorProof
}

function isToken(text: string): boolean {
  return /^[\w-]{43}$/.test(text)
}
