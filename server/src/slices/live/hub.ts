import { listNames } from '@foyer/contract/conversations.ts'
import { closeCodes, type ServerFrame } from '@foyer/contract/protocol.ts'
import { type SignKind, signKinds, wantsSign } from '@foyer/contract/signs.ts'
import type { Bus, Notice } from '../../platform/bus/bus.ts'
import type { Database } from '../../platform/db/database.ts'
import type { Log } from '../../platform/log.ts'
import type { ConversationProof, HeadMemory, MyConversationProof } from '../conversations/access.ts'
import { readHead } from '../conversations/access.ts'
import { readMyPacket, readPacket } from '../conversations/reads.ts'
import {
  type ConversationChange,
  type HeadRow,
  toHead,
  toPacket,
  toPublicHead,
  toPublicPacket,
} from '../conversations/shapes.ts'
import { columnOf, type Sign, signOf } from '../notifications/model.ts'
import { readCircles } from '../notifications/reads.ts'
import { readAvailability } from '../operators/reads.ts'
import { createFeeds, type Feeds, type Follower } from './feeds.ts'
import { type ContactMember, createMembers, hears, type Members, tellAll } from './members.ts'
import { concerns } from './model.ts'
import { isContactOnline, livingIdentities, livingSessions } from './reads.ts'

export type HubContext = { database: Database; bus: Bus; heads: HeadMemory; epoch: string; log: Log }

/** Carries what the bus says to the sockets of this process that may know it. */
export type Hub = HubContext & {
  readonly members: Members
  readonly feeds: Feeds
  /** By whose right each followed log is read. */
  readonly proofs: Map<string, ConversationProof | MyConversationProof>
  close(): void
}

/** How a notice of a changed conversation looks on the bus. */
export function conversationNotice(change: ConversationChange): Notice {
  const { head, before } = change
  return {
    o: head.organization_id,
    c: head.id,
    n: head.seq,
    p: head.public_seq,
    k: head.contact_id,
    a: head.assignee_id,
    b: before.assigneeId,
    g: head.group_id,
    public: change.isPublic,
    ...signNotice(signOf(change)),
  }
}

export const operatorKey = (conversationId: string) => `o/${conversationId}`
export const contactKey = (conversationId: string) => `c/${conversationId}`

/** Rights of open sockets are read again this often, should a notice of their end have been lost. */
const recheckMs = 30_000
/** Changes of availability that come together are told once; how many slots are used may wait longer. */
const gatherMs = 150
const gatherSlotsMs = 1_000

export function createHub(context: HubContext): Hub {
  const { bus, database, epoch, heads, log } = context
  const members = createMembers()
  const proofs: Hub['proofs'] = new Map()
  const feeds = createFeeds(async (key, after) => {
    const proof = proofs.get(key)
    if (!proof) throw new Error('Nobody follows this any more.')
    const has = after < 0 ? null : { after, epoch }
    return 'operator' in proof ? readPacket(context, proof, has) : readMyPacket(context, proof, has)
  }, log)
  const signs = createSigns(context, members)
  const gathering = new Map<string, ReturnType<typeof setTimeout>>()
  const reading = new Set<string>()
  /** What contacts were last told. */
  const availableBefore = new Map<string, string>()

  const unsubscribe = [
    bus.subscribe('conversation', (notice, local) => {
      if (local) changedHere(local as ConversationChange)
      else changedElsewhere(notice)
      signs.tell(notice, (local as ConversationChange | undefined)?.head)
    }),
    bus.subscribe('presence', (notice) => {
      if (notice.kind === 'contact')
        later(`contact/${notice.o}/${notice.id}`, () => tellPresence(String(notice.o), String(notice.id)))
      else later(`available/${notice.o}`, () => tellAvailability(String(notice.o)))
    }),
    bus.subscribe('slots', (notice) => {
      const organizationId = String(notice.o)
      const tell = () => tellAvailability(organizationId)
      later(`slots/${organizationId}`, tell, gatherSlotsMs)
    }),
    bus.subscribe('people', peopleChanged),
    bus.subscribe('contact', contactChanged),
    bus.subscribe('typing', (notice) => {
      typed(notice).catch((error: unknown) => log.warn('Typing could not be told.', { error }))
    }),
    bus.onMissed(() => {
      signs.forget()
      feeds.catchUpAll()
      for (const organizationId of members.organizations()) {
        for (const list of listNames) tellAll(members.operators(organizationId), { type: 'stale', list })
      }
    }),
  ]
  const rechecking = setInterval(() => void recheck(), recheckMs)

  function changedHere(change: ConversationChange): void {
    const { head } = change
    feeds.deliver(operatorKey(head.id), toPacket(epoch, change))
    if (change.isPublic) feeds.deliver(contactKey(head.id), toPublicPacket(epoch, change))
    tellHeads(head, change.before.assigneeId, change.isPublic)
  }

  function changedElsewhere(notice: Notice): void {
    const conversationId = String(notice.c)
    if ((heads.get(conversationId)?.seq ?? Number.POSITIVE_INFINITY) < Number(notice.n))
      heads.forget(conversationId)
    feeds.catchUp(operatorKey(conversationId), Number(notice.n))
    feeds.catchUp(contactKey(conversationId), Number(notice.p))
    if (!isAnyoneConcerned(notice) || reading.has(conversationId)) return
    // Notices of one conversation that come while its head is being read are covered by that reading or the next.
    reading.add(conversationId)
    setTimeout(async () => {
      reading.delete(conversationId)
      try {
        const head = await readHead(context, String(notice.o), conversationId)
        if (head) tellHeads(head, notice.b === null ? null : String(notice.b), Boolean(notice.public))
      } catch (err) {
        log.warn('A changed head could not be read; heartbeats will find it.', { error: err })
      }
    }, 5)
  }

  function isAnyoneConcerned(notice: Notice): boolean {
    for (const member of members.ofContact(String(notice.k))) if (notice.public && member) return true
    const before = { assigneeId: notice.b === null ? null : String(notice.b) }
    const after = { assigneeId: notice.a === null ? null : String(notice.a) }
    for (const member of members.operators(String(notice.o))) {
      if (concerns({ operatorId: member.proof.operatorId, lists: member.lists }, before, after)) return true
    }
    return false
  }

  function tellHeads(head: HeadRow, beforeAssignee: string | null, isPublic: boolean): void {
    const before = { assigneeId: beforeAssignee }
    const after = { assigneeId: head.assignee_id }
    let text: string | null = null
    for (const member of members.operators(head.organization_id)) {
      if (!concerns({ operatorId: member.proof.operatorId, lists: member.lists }, before, after)) continue
      text ??= JSON.stringify({ type: 'head', epoch, head: toHead(head) })
      member.connection.sendText(text)
    }
    if (!isPublic) return
    for (const member of members.ofContact(head.contact_id)) {
      if (!member.following.has(head.id) && hears(member))
        member.connection.send({ type: 'head', epoch, head: toPublicHead(head) })
    }
  }

  function peopleChanged(notice: Notice): void {
    const organizationId = String(notice.o)
    if (notice.kind === 'session.ended') {
      for (const member of [...members.operators(organizationId)]) {
        if (member.proof.sessionId === notice.sessionId)
          member.connection.close(
            notice.renewed ? closeCodes.renewed : closeCodes.revoked,
            notice.renewed ? 'session renewed' : 'session ended',
          )
      }
      return
    }
    const version = Number(notice.version ?? 0)
    if (notice.kind !== 'notified') signs.forget(organizationId)
    if (notice.groupId) return signs.tellGroup(organizationId, String(notice.groupId))
    const own = () =>
      [...members.operators(organizationId)].filter(({ proof }) => proof.operatorId === notice.operatorId)
    if (notice.kind === 'drafted') {
      tellAll(own(), { type: 'changed', what: 'drafts', version })
      return
    }
    if (notice.kind === 'notified') {
      tellAll(own(), { type: 'changed', what: 'notifications', version })
      return
    }
    if (notice.kind === 'signs.changed') {
      tellAll(own(), { type: 'changed', what: 'signs', version })
      return
    }
    if (notice.kind === 'me.changed') tellAll(own(), { type: 'changed', what: 'me', version })
    if (notice.kind === 'sample.changed')
      tellAll(members.operators(organizationId), { type: 'changed', what: 'sample', version })
    else tellAll(members.operators(organizationId), { type: 'changed', what: 'operators', version })
    later(`available/${organizationId}`, () => tellAvailability(organizationId))
  }

  /** Whose secret is none of the contact's any more, or who is blocked, hears nothing from this moment on. */
  function contactChanged(notice: Notice): void {
    const gone = new Set(String(notice.gone).split(' '))
    for (const member of [...members.ofContact(String(notice.k))]) {
      if (member.proof && gone.has(member.proof.identityId)) dismiss(member)
      else if (notice.blocked) mute(member, notice.until === null ? 0 : Date.parse(String(notice.until)))
    }
  }

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

  async function typed(notice: Notice): Promise<void> {
    const conversationId = String(notice.c)
    const kind = notice.kind === 'contact' ? 'contact' : 'operator'
    const by = { kind, id: String(notice.id), name: null } as const
    const frame = { type: 'typing', conversationId, by, on: Boolean(notice.on) } as const
    for (const member of members.operators(String(notice.o))) {
      if (member.proof.operatorId !== by.id && member.following.has(conversationId))
        member.connection.send(frame)
    }
    if (kind === 'contact') return
    const listening = [...members.ofContact(String(notice.k))].filter(
      (member) => member.following.has(conversationId) && hears(member),
    )
    if (listening.length === 0) return
    const head = heads.get(conversationId) ?? (await readHead(context, String(notice.o), conversationId))
    // Contacts see who is about to answer them, not who looks on.
    if (head?.assignee_id !== by.id) return
    tellAll(listening, { ...frame, by: { ...by, name: head.assignee_name } })
  }

  async function tellPresence(organizationId: string, contactId: string): Promise<void> {
    const watching = [...members.operators(organizationId)].filter((member) =>
      [...member.following.values()].some((following) => following.contactId === contactId),
    )
    if (watching.length === 0) return
    const online = await isContactOnline(database, organizationId, contactId)
    tellAll(watching, { type: 'presence', contactId, online })
  }

  async function tellAvailability(organizationId: string): Promise<void> {
    const { available, free } = await readAvailability(context, organizationId)
    const now = `${available} ${free}`
    if (now !== availableBefore.get(organizationId))
      tellAll(members.contacts(organizationId), { type: 'available', available, free })
    availableBefore.set(organizationId, now)
    tellAll(members.operators(organizationId), { type: 'changed', what: 'operators', version: 0 })
  }

  function later(key: string, work: () => Promise<void>, ms = gatherMs): void {
    if (gathering.has(key)) return
    gathering.set(
      key,
      setTimeout(() => {
        gathering.delete(key)
        work().catch((err: unknown) => log.warn('Presence could not be told.', { error: err }))
      }, ms),
    )
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

  return {
    ...context,
    members,
    feeds,
    proofs,
    close() {
      clearInterval(rechecking)
      for (const end of unsubscribe) end()
      for (const timer of gathering.values()) clearTimeout(timer)
    },
  }
}

/** How a sign travels beside its conversation's notice. */
function signNotice(sign: Sign | null): Notice {
  return sign ? { s: sign.kind, x: sign.by, ...(sign.to ? { t: sign.to.join() } : {}) } : {}
}

/** Tells operators of what they want to be told of. Who wants what is read once an organization, until it changes. */
function createSigns(context: HubContext, members: Members) {
  const { database, log } = context
  const known = new Map<string, ReturnType<typeof readCircles>>()

  function circlesOf(organizationId: string): ReturnType<typeof readCircles> {
    const circles = known.get(organizationId) ?? readCircles(context, organizationId)
    known.set(organizationId, circles)
    circles.catch(() => known.delete(organizationId))
    return circles
  }

  async function tell(notice: Notice, kind: SignKind, here: HeadRow | undefined): Promise<void> {
    const organizationId = String(notice.o)
    const by = notice.x ? String(notice.x) : null
    const to = notice.t ? String(notice.t).split(',') : null
    const stands = {
      assigneeId: notice.a === null ? null : String(notice.a),
      groupId: notice.g === null ? null : String(notice.g),
    }
    const circles = await circlesOf(organizationId)
    const told = [...members.operators(organizationId)].flatMap((member) => {
      const { operatorId } = member.proof
      if (operatorId === by || (to && !to.includes(operatorId))) return []
      const column = to ? ('mine' as const) : columnOf(stands, operatorId, circles)
      const settings = circles.get(operatorId)?.settings
      return column && settings && wantsSign(settings, kind, column) ? [{ member, column }] : []
    })
    if (told.length === 0) return
    const head =
      here ?? (await readHead({ database, heads: context.heads }, organizationId, String(notice.c)))
    if (!head) return
    const frame = { type: 'sign', kind, n: Number(notice.n), by, head: toHead(head) } as const
    for (const { member, column } of told) member.connection.send({ ...frame, column } satisfies ServerFrame)
  }

  return {
    /** @param here the head as the change left it, where the change was made by this process */
    tell(notice: Notice, here: HeadRow | undefined): void {
      const kind = signKinds.find((one) => one === notice.s)
      if (!kind) return
      tell(notice, kind, here).catch((error: unknown) => log.warn('A sign could not be told.', { error }))
    },
    /** What is given to a group stands among the notifications of its members. */
    tellGroup(organizationId: string, groupId: string): void {
      circlesOf(organizationId)
        .then((circles) => {
          const inGroup = [...members.operators(organizationId)].filter(({ proof }) =>
            circles.get(proof.operatorId)?.groups.has(groupId),
          )
          tellAll(inGroup, { type: 'changed', what: 'notifications', version: 0 })
        })
        .catch((error: unknown) => log.warn('A group could not be told.', { error }))
    },
    /** Somebody wants other things, or is in other groups. */
    forget(organizationId?: string): void {
      if (organizationId === undefined) known.clear()
      else known.delete(organizationId)
    },
  }
}
