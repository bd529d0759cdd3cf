import { timingSafeEqual } from 'node:crypto'
import { hmac, sha256 } from '../../platform/crypto.ts'
import type { Database } from '../../platform/db/database.ts'
import { Failure } from '../../platform/failure.ts'
import type { RequestFacts } from '../../platform/http/bind.ts'

import { endOf } from './model.ts'

declare const proven: unique symbol

/** That whoever calls is this contact, by the secret that the messenger's frame made. */
export type ContactProof = {
  readonly [proven]: 'contact'
  readonly organizationId: string
  readonly contactId: string
  readonly identityId: string
  /** Until when they are kept from writing; null: they are not. */
  readonly blockedUntil: string | null
  /** Their browser has proven to read what is sent to the contact's address. */
  readonly isProven: boolean
}

/** Somebody with a contact's secret, who becomes a contact by writing for the first time. */
export type ContactCaller = {
  readonly tokenHash: Buffer
  readonly token: string
  /** What this contact may show to ask how much is unread, and nothing else. */
  readonly badge: string
  readonly known: ContactProof | null
  /** Looks again: a request beside this one may have made the contact. */
  find(): Promise<ContactProof | null>
}

declare module '../../platform/http/bind.ts' {
  interface Callers {
    contact: ContactCaller
  }
}

export type ContactAccess = {
  /** @throws Failure contact.required */
  identify(request: RequestFacts): Promise<ContactCaller>
  /** The same for a socket's hello; `null`: this is no token. */
  byToken(token: string): Promise<ContactCaller | null>
}

export function createContactAccess({
  database,
  secret,
}: {
  database: Database
  secret: Buffer
}): ContactAccess {
  async function find(tokenHash: Buffer): Promise<ContactProof | null> {
    type Row = {
      organization_id: string
      identity_id: string
      contact_id: string
      proven: boolean
      blocked_until: string | null
    }
    const [row] = await database.run<Row>({
      name: 'contact_by_hash',
      text: `select * from contact_by_hash('website', $1)`,
      values: [tokenHash],
    })
    return row
      ? proofOf({
          organizationId: row.organization_id,
          contactId: row.contact_id,
          identityId: row.identity_id,
          isProven: row.proven,
          blockedUntil: row.blocked_until,
        })
      : null
  }

  async function byToken(token: string): Promise<ContactCaller | null> {
    if (!/^[\w-]{43}$/.test(token)) return null
    const tokenHash = sha256(token)
    return {
      tokenHash,
      token,
      badge: badgeOf(secret, token),
      known: await find(tokenHash),
      find: () => find(tokenHash),
    }
  }

  return {
    async identify(request) {
      const token = /^Contact ([\w-]{43})$/.exec(request.authorization ?? '')?.[1]
      const caller = token ? await byToken(token) : null
      if (!caller) throw new Failure('contact.required')
      return caller
    },
    byToken,
  }
}

/** For a contact that was made in this very transaction. */
export function proofOf(contact: Omit<ContactProof, typeof proven>): ContactProof {
  return contact as ContactProof
}

/** Derived, so that it need not be stored and every process gives the same. */
function badgeOf(secret: Buffer, token: string): string {
  return hmac(secret, `badge:${token}`).toString('base64url')
}

/** What a browser is given that shows whose contact is blocked: the block's id, signed. */
export function markOf(secret: Buffer, blockId: string): string {
  return `${blockId}.${hmac(secret, `block:${blockId}`).toString('base64url')}`
}

/** The block of a mark that we have signed. */
export function blockOfMark(secret: Buffer, mark: string | undefined): string | null {
  const blockId = mark?.slice(0, mark.lastIndexOf('.')) ?? ''
  if (!mark || !/^[0-9a-f-]{36}$/.test(blockId)) return null
  const [own, shown] = [Buffer.from(markOf(secret, blockId)), Buffer.from(mark)]
  return own.length === shown.length && timingSafeEqual(own, shown) ? blockId : null
}

/** Why a blocked contact's message is not taken. */
export function blockedFailure(until: string): Failure {
  return new Failure('contact.blocked', { until: endOf(until) })
}
