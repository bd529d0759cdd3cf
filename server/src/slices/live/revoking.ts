import { closeCodes } from '@foyer/contract/protocol.ts'
import { readMyPacket } from '../conversations/reads.ts'
import type { Follower } from './feeds.ts'
import type { HubContext } from './hub.ts'
import type { Logs } from './logs.ts'
import { type ContactMember, hears, type Members } from './members.ts'
import { livingIdentities, livingSessions } from './reads.ts'

/** Rights of open sockets are read again this often, should a notice of their end have been lost. */
const recheckMs = 30_000

/** Closes the sockets of those whose rights have ended, and says nothing new to contacts who are blocked. @returns ends it */
export function endRights(context: HubContext, members: Members, { feeds, proofs }: Logs): () => void {
  const { changes, database, epoch, log } = context
  const stops = [
    changes.on('session.ended', ({ organizationId, id, renewed }) => {
      for (const member of [...members.operators(organizationId)]) {
        if (member.proof.sessionId === id)
          member.connection.close(
            renewed ? closeCodes.renewed : closeCodes.revoked,
            renewed ? 'session renewed' : 'session ended',
          )
      }
    }),
    // Whose secret is none of the contact's any more, or who is blocked, hears nothing from this moment on.
    changes.on('contact.parted', ({ id = '', identityIds }) => {
      const gone = new Set(identityIds.split(' '))
      for (const member of [...members.ofContact(id)])
        if (member.proof && gone.has(member.proof.identityId)) dismiss(member)
    }),
    changes.on('contact.blocked', ({ id = '', until }) => {
      for (const member of [...members.ofContact(id)]) mute(member, until === null ? 0 : Date.parse(until))
    }),
  ]
  const rechecking = setInterval(() => void recheck(), recheckMs)

  function mute(member: ContactMember, until: number): void {
    member.mutedUntil = until
    for (const { key, follower } of member.following.values()) {
      if (!hears(member)) feeds.unfollow(key, follower)
      else feeds.follow(key, follower)
      // What they are told of it themselves may still be on its way.
      void bringUp(key, follower)
    }
  }

  async function bringUp(key: string, follower: Follower): Promise<void> {
    const proof = proofs.get(key)
    if (!proof || 'operator' in proof) return
    try {
      const packet = await readMyPacket(context, proof, { after: Math.max(0, follower.n), epoch })
      if (packet.n <= follower.n) return
      follower.n = packet.n
      follower.send({ type: 'packet', packet })
    } catch (err) {
      log.warn('A contact could not be told of their block; they read it later.', { error: err })
    }
  }

  function dismiss(member: ContactMember): void {
    for (const [id, { key, follower }] of [...member.following]) {
      feeds.unfollow(key, follower)
      member.following.delete(id)
    }
    members.remove(member)
    member.connection.close(closeCodes.revoked, 'secret ended')
  }

  async function recheck(): Promise<void> {
    for (const organizationId of members.organizations()) {
      const connected = [...members.operators(organizationId)]
      if (connected.length === 0) continue
      try {
        const ids = [...new Set(connected.map((member) => member.proof.sessionId))]
        const living = await livingSessions(database, organizationId, ids)
        for (const member of connected) {
          if (!living.has(member.proof.sessionId))
            member.connection.close(closeCodes.revoked, 'session ended')
        }
      } catch (err) {
        log.warn('Sessions of open sockets could not be checked.', { error: err })
      }
    }
    await recheckContacts()
  }

  async function recheckContacts(): Promise<void> {
    for (const organizationId of members.organizations()) {
      const known = [...members.contacts(organizationId)].filter(({ proof }) => proof !== null)
      if (known.length === 0) continue
      try {
        const ids = [...new Set(known.map(({ proof }) => proof?.identityId ?? ''))]
        const living = await livingIdentities(database, organizationId, ids)
        for (const member of known) if (!living.has(member.proof?.identityId ?? '')) dismiss(member)
      } catch (err) {
        log.warn('Secrets of open sockets could not be checked.', { error: err })
      }
    }
  }

  return () => {
    clearInterval(rechecking)
    for (const stop of stops) stop()
  }
}
