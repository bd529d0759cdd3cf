import type { Notice } from '../../platform/bus/bus.ts'
import { readHead } from '../conversations/access.ts'
import { readAvailability } from '../operators/reads.ts'
import type { HubContext } from './hub.ts'
import { hears, type Members, tellAll } from './members.ts'
import { isContactOnline } from './reads.ts'

/** Changes of availability that come together are told once; how many slots are used may wait longer. */
const gatherMs = 150
const gatherSlotsMs = 1_000

/** Tells who is there: operators of contacts, contacts of whether anybody is, and both of who writes right now. @returns ends it */
export function carryPresence(context: HubContext, members: Members): () => void {
  const { bus, changes, database, heads, log } = context
  const gathering = new Map<string, ReturnType<typeof setTimeout>>()
  /** What contacts were last told. */
  const availableBefore = new Map<string, string>()

  const stops = [
    changes.on('presence', ({ organizationId, kind, id = '' }) => {
      if (kind === 'contact') later(`contact/${organizationId}/${id}`, () => tellPresence(organizationId, id))
      else later(`available/${organizationId}`, () => tellAvailability(organizationId))
    }),
    changes.on('operators', ({ organizationId }) =>
      later(`available/${organizationId}`, () => tellAvailability(organizationId)),
    ),
    changes.on('slots', ({ organizationId }) =>
      later(`slots/${organizationId}`, () => tellAvailability(organizationId), gatherSlotsMs),
    ),
    bus.subscribe('typing', (notice) => {
      typed(notice).catch((error: unknown) => log.warn('Typing could not be told.', { error }))
    }),
  ]

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

  return () => {
    for (const stop of stops) stop()
    for (const timer of gathering.values()) clearTimeout(timer)
  }
}
