import type { Role } from '@foyer/contract/operators.ts'
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
  readonly role: Role
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
  /** Whether a proof made earlier still holds: the session lives and the operator may log in. */
  stillHolds(proof: OperatorProof): Promise<boolean>
  /** Drops what is remembered of a session, because it ended. */
  forget(sessionId: string): void
}

type Row = { organization_id: string; session_id: string; operator_id: string; role: Role; stale?: boolean }

/** A notice of a session's end may be lost; it is believed for no longer than this. */
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
      name: 'session_by_hash',
      text: 'select * from session_by_hash($1, make_interval(secs => $2))',
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
        name: 'take_socket_ticket',
        text: 'select * from take_socket_ticket($1)',
        values: [sha256(ticket)],
      })
      return row ? toProof(row) : null
    },
    async stillHolds(proof) {
      const rows = await database.read(proof.organizationId, {
        name: 'session_still_holds',
        text: `select from sessions s
               join operators o on o.organization_id = s.organization_id and o.id = s.operator_id
               where s.organization_id = $1 and s.id = $2 and s.expires_at > clock_now()
                 and o.deactivated_at is null and o.role = $3`,
        values: [proof.organizationId, proof.sessionId, proof.role],
      })
      return rows.length > 0
    },
    forget(sessionId) {
      endings++
      for (const [key, { proof }] of remembered) if (proof.sessionId === sessionId) remembered.delete(key)
    },
  }
}

/** @throws Failure role.missing */
export function requireAdmin(proof: OperatorProof): void {
  if (proof.role === 'operator') throw new Failure('role.missing')
}

/** An open socket is a use too, and so are requests of several processes: written once a minute whoever does. */
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
    role: row.role,
    sessionId: row.session_id,
  } as OperatorProof
}

function isToken(text: string): boolean {
  return /^[\w-]{43}$/.test(text)
}
