import type { ListName } from '@foyer/contract/conversations.ts'
import type { ServerFrame } from '@foyer/contract/protocol.ts'
import type { Connection } from '../../platform/socket/server.ts'
import type { ContactProof } from '../contacts/access.ts'
import type { OperatorProof } from '../operators/access.ts'
import type { Follower } from './feeds.ts'

/** A conversation that a connection follows. */
export type Following = { follower: Follower; key: string; contactId: string }

type Common = {
  readonly connection: Connection
  readonly organizationId: string
  readonly following: Map<string, Following>
}

/** An operator's connection. */
export type OperatorMember = Common & {
  readonly kind: 'operator'
  readonly proof: OperatorProof
  /** The lists whose heads it wants to hear of. */
  lists: ReadonlySet<ListName>
}

/** A contact's connection; the proof is missing until their first message has made them one. */
export type ContactMember = Common & {
  readonly kind: 'contact'
  proof: ContactProof | null
  readonly findProof: () => Promise<ContactProof | null>
  /** Until when they hear nothing new, because they are blocked; in milliseconds since 1970, 0: they do. */
  mutedUntil: number
}

export type Member = OperatorMember | ContactMember

/** Who is connected to this process, found by what news is about. */
export type Members = {
  add(member: Member): void
  remove(member: Member): void
  /** Files a contact's connection under the contact it turned out to be. */
  recognize(member: ContactMember, proof: ContactProof): void
  operators(organizationId: string): Iterable<OperatorMember>
  contacts(organizationId: string): Iterable<ContactMember>
  ofContact(contactId: string): Iterable<ContactMember>
  organizations(): Iterable<string>
}

export function createMembers(): Members {
  const operators = new Map<string, Set<OperatorMember>>()
  const contacts = new Map<string, Set<ContactMember>>()
  const byContact = new Map<string, Set<ContactMember>>()
  return {
    add(member) {
      if (member.kind === 'operator') put(operators, member.organizationId, member)
      else {
        put(contacts, member.organizationId, member)
        if (member.proof) put(byContact, member.proof.contactId, member)
      }
    },
    remove(member) {
      if (member.kind === 'operator') take(operators, member.organizationId, member)
      else {
        take(contacts, member.organizationId, member)
        if (member.proof) take(byContact, member.proof.contactId, member)
      }
    },
    recognize(member, proof) {
      member.proof = proof
      put(byContact, proof.contactId, member)
    },
    operators: (organizationId) => operators.get(organizationId) ?? [],
    contacts: (organizationId) => contacts.get(organizationId) ?? [],
    ofContact: (contactId) => byContact.get(contactId) ?? [],
    organizations: () => new Set([...operators.keys(), ...contacts.keys()]),
  }
}

/** Whether a connection is to be told what is new. */
export function hears(member: Member): boolean {
  return member.kind === 'operator' || member.mutedUntil <= Date.now()
}

/** Sends a frame to many, written out once. */
export function tellAll(members: Iterable<Member>, frame: ServerFrame): void {
  const text = JSON.stringify(frame)
  for (const member of members) member.connection.sendText(text)
}

function put<Key, Value>(map: Map<Key, Set<Value>>, key: Key, value: Value): void {
  const of = map.get(key)
  if (of) of.add(value)
  else map.set(key, new Set([value]))
}

function take<Key, Value>(map: Map<Key, Set<Value>>, key: Key, value: Value): void {
  const of = map.get(key)
  of?.delete(value)
  if (of?.size === 0) map.delete(key)
}
