import { closeCodes, protocolVersion, type ServerFrame } from '@foyer/contract/protocol.ts'
import { type ClientFrame, clientFrame } from '@foyer/contract/socket.ts'
import { countsShown, digest } from '@foyer/contract/state.ts'
import { Failure } from '../../platform/failure.ts'
import type { Connection, ConnectionHandler } from '../../platform/socket/server.ts'
import type { ContactAccess, ContactProof } from '../contacts/access.ts'
import { accessConversation, accessMyConversation, type Subject } from '../conversations/access.ts'
import {
  countInbox,
  listConversations,
  readMyPacket,
  readNumbers,
  readPacket,
} from '../conversations/reads.ts'
import type { OperatorAccess } from '../operators/access.ts'
import { readAvailability } from '../operators/reads.ts'
import { findWidget } from '../widgets/access.ts'
import { connect, disconnect, type PresenceContext } from './actions.ts'
import type { Follower } from './feeds.ts'
import type { Hub } from './hub.ts'
import { contactKey, operatorKey } from './logs.ts'
import { type ContactMember, hears, type Member, type OperatorMember } from './members.ts'
import { isContactOnline } from './reads.ts'

/** What a connection needs beside the hub: how hellos are proven, and where presence is written down. */
export type SocketContext = PresenceContext & {
  hub: Hub
  build: string
  operatorByTicket: OperatorAccess['byTicket']
  contactByToken: ContactAccess['byToken']
}

/** A closed socket's presence outlives it by this, so that a short cut is not seen. */
const presenceGraceMs = 10_000
/** As many conversations may be followed on one socket. */
const maxFollowed = 200
/** Rows of a list's first page, over which digests are made. */
const firstPage = 30

/** Serves the frames of one connection, as `routes` serve requests. */
export function serveConnection(context: SocketContext, connection: Connection): ConnectionHandler {
  const { hub } = context
  let member: Member | null = null
  let closed = false

  async function receive(value: unknown): Promise<void> {
    const parsed = clientFrame.safeParse(value)
    if (!parsed.success) return connection.close(closeCodes.badFrame, 'unknown frame')
    const frame = parsed.data
    if (frame.type === 'hello')
      return member ? connection.close(closeCodes.badFrame, 'second hello') : greet(frame)
    if (!member) return connection.close(closeCodes.unauthorized, 'hello first')
    try {
      await follow(member, frame)
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      const conversationId = 'conversationId' in frame ? frame.conversationId : undefined
      tell({ type: 'error', code: error.code, ...(conversationId ? { conversationId } : {}) })
    }
  }

  function tell(frame: ServerFrame): void {
    connection.send(frame)
  }

  async function greet(hello: Extract<ClientFrame, { type: 'hello' }>): Promise<void> {
    if (hello.protocol !== protocolVersion) return connection.close(closeCodes.version, 'reload')
    const known = hello.ticket ? await operatorOf(hello.ticket) : await contactOf(hello)
    if (!known) return connection.close(closeCodes.unauthorized, 'not recognized')
    if (closed) return
    member = known
    hub.members.add(known)
    tell({
      type: 'welcome',
      protocol: protocolVersion,
      build: context.build,
      epoch: hub.epoch,
      now: new Date().toISOString(),
    })
    const subject = subjectOf(known)
    if (subject) await connect(context, connection.id, subject)
    // What the page was told of it before may be old; from here on it hears of every change.
    if (known.kind === 'contact')
      tell({ type: 'available', ...(await readAvailability(hub, known.organizationId)) })
  }

  async function operatorOf(ticket: string): Promise<OperatorMember | null> {
    const proof = await context.operatorByTicket(ticket)
    return (
      proof && {
        kind: 'operator',
        connection,
        organizationId: proof.organizationId,
        proof,
        following: new Map(),
        lists: new Set(),
      }
    )
  }

  async function contactOf(hello: Extract<ClientFrame, { type: 'hello' }>): Promise<ContactMember | null> {
    if (!hello.contactToken || !hello.widgetKey) return null
    const token = hello.contactToken
    const findProof = async () => (await context.contactByToken(token))?.known ?? null
    const [widget, proof] = await Promise.all([findWidget(context, hello.widgetKey), findProof()])
    const organizationId = widget?.organization_id
    if (!organizationId || (proof && proof.organizationId !== organizationId)) return null
    return {
      kind: 'contact',
      connection,
      organizationId,
      proof,
      findProof,
      mutedUntil: mutedUntilOf(proof),
      following: new Map(),
    }
  }

  async function follow(who: Member, frame: Exclude<ClientFrame, { type: 'hello' }>): Promise<void> {
    switch (frame.type) {
      case 'watch':
        return watch(who, frame)
      case 'unwatch':
        return unwatch(who, frame.conversationId)
      case 'typing':
        return type(who, frame)
      case 'lists':
        return who.kind === 'operator' ? compareLists(who, frame) : refuse()
      case 'ping':
        tell({ type: 'pong', now: new Date().toISOString() })
        return compareLogs(who)
    }
  }

  function refuse(): void {
    connection.close(closeCodes.badFrame, 'not for contacts')
  }

  async function watch(who: Member, frame: Extract<ClientFrame, { type: 'watch' }>): Promise<void> {
    const { conversationId } = frame
    if (!who.following.has(conversationId) && who.following.size >= maxFollowed)
      throw new Failure('request.too_many')
    const has =
      frame.n !== undefined && frame.epoch === hub.epoch ? { after: frame.n, epoch: frame.epoch } : null
    const n = has?.after ?? -1
    const read =
      who.kind === 'operator'
        ? await operatorWatch(who, conversationId, n)
        : await contactWatch(who, conversationId, n)
    const follower = read.follower
    const packet = await read.packet(has)
    // A packet made meanwhile may already have gone out, which then covers this one.
    if (packet.n < follower.n && has && has.after <= packet.n) return
    follower.n = packet.n
    tell({ type: 'packet', packet } as ServerFrame)
  }

  async function operatorWatch(who: OperatorMember, conversationId: string, n: number) {
    const proof = await accessConversation(hub, who.proof, conversationId)
    const contactId = hub.heads.get(conversationId)?.contact_id ?? ''
    const target = { conversationId, key: operatorKey(conversationId), contactId, n }
    const follower = register(who, target, proof)
    if (contactId) {
      const online = await isContactOnline(hub.database, who.organizationId, contactId)
      tell({ type: 'presence', contactId, online })
    }
    return { follower, packet: (has: Parameters<typeof readPacket>[2]) => readPacket(hub, proof, has) }
  }

  async function contactWatch(who: ContactMember, conversationId: string, n: number) {
    const contact = await recognize(who)
    const proof = await accessMyConversation(hub, contact, conversationId)
    const contactId = contact?.contactId ?? ''
    const follower = register(who, { conversationId, key: contactKey(conversationId), contactId, n }, proof)
    return { follower, packet: (has: Parameters<typeof readMyPacket>[2]) => readMyPacket(hub, proof, has) }
  }

  /** A contact is made by their first message; a socket opened before it learns here who it belongs to. */
  async function recognize(who: ContactMember): Promise<ContactProof | null> {
    if (who.proof) return who.proof
    const proof = await who.findProof()
    if (proof && proof.organizationId === who.organizationId && !closed) {
      hub.members.recognize(who, proof)
      who.mutedUntil = mutedUntilOf(proof)
      await connect(context, connection.id, {
        organizationId: proof.organizationId,
        kind: 'contact',
        id: proof.contactId,
      })
    }
    return who.proof
  }

  /** From the first moment on a follower stands where its client is, so that what comes meanwhile is told from there. */
  function register(
    who: Member,
    target: { conversationId: string; key: string; contactId: string; n: number },
    proof: Parameters<Hub['proofs']['set']>[1],
  ): Follower {
    const { conversationId, key, contactId, n } = target
    const known = who.following.get(conversationId)
    if (known) {
      known.follower.n = n
      if (hears(who)) hub.feeds.follow(key, known.follower)
      return known.follower
    }
    const follower: Follower = { n, send: connection.send, sendText: connection.sendText }
    who.following.set(conversationId, { follower, key, contactId })
    hub.proofs.set(key, proof)
    if (hears(who)) hub.feeds.follow(key, follower)
    return follower
  }

  function unwatch(who: Member, conversationId: string): void {
    const following = who.following.get(conversationId)
    if (!following) return
    who.following.delete(conversationId)
    hub.feeds.unfollow(following.key, following.follower)
    if (!hub.feeds.isFollowed(following.key)) hub.proofs.delete(following.key)
  }

  function type(who: Member, frame: Extract<ClientFrame, { type: 'typing' }>): void {
    const following = who.following.get(frame.conversationId)
    const id = who.kind === 'operator' ? who.proof.operatorId : who.proof?.contactId
    if (!following || !id || !hears(who)) return
    hub.bus.publish('typing', {
      o: who.organizationId,
      c: frame.conversationId,
      k: following.contactId,
      kind: who.kind,
      id,
      on: frame.on,
    })
  }

  async function compareLists(
    who: OperatorMember,
    { digests, group }: Extract<ClientFrame, { type: 'lists' }>,
  ): Promise<void> {
    const named = Object.entries(digests) as [keyof typeof digests, string | null][]
    who.lists = new Set(named.map(([list]) => list))
    const shown = named.filter(([, print]) => print !== null)
    if (shown.length === 0) return
    const counts = await countInbox(hub, who.proof, group)
    for (const [list, print] of shown) {
      const { items } = await listConversations(hub, who.proof, { list, group, limit: firstPage })
      if (digest(items, countsShown(list, counts)) !== print) tell({ type: 'stale', list })
    }
  }

  async function compareLogs(who: Member): Promise<void> {
    if (who.following.size === 0 || !hears(who)) return
    // Whose block has ended by itself hears again from here on.
    for (const { key, follower } of who.following.values()) hub.feeds.follow(key, follower)
    const numbers = await readNumbers(hub, who.organizationId, [...who.following.keys()])
    for (const { id, seq, publicSeq } of numbers) {
      const following = who.following.get(id)
      if (following) hub.feeds.catchUp(following.key, who.kind === 'operator' ? seq : publicSeq)
    }
  }

  return {
    receive,
    isKnown: () => member !== null,
    closed() {
      closed = true
      if (!member) return
      hub.members.remove(member)
      for (const conversationId of [...member.following.keys()]) unwatch(member, conversationId)
      const subject = subjectOf(member)
      if (!subject) return
      setTimeout(() => {
        // If the database is away the row stays until this process's lease lapses or it stops.
        disconnect(context, connection.id, subject).catch(() => undefined)
      }, presenceGraceMs).unref()
    },
  }
}

function mutedUntilOf(proof: ContactProof | null): number {
  return proof?.blockedUntil ? Date.parse(proof.blockedUntil) : 0
}

function subjectOf(member: Member): Subject | null {
  if (member.kind === 'operator') {
    return { organizationId: member.organizationId, kind: 'operator', id: member.proof.operatorId }
  }
  return (
    member.proof && { organizationId: member.organizationId, kind: 'contact', id: member.proof.contactId }
  )
}
