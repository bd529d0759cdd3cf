import { z } from 'zod'
import { route } from './route.ts'
import { id, line, nothing } from './scalars.ts'

/** All that a role can allow beyond answering conversations. A list, because browsers show it and get no schemas. */
export const rights = [
  /** Take a conversation that somebody else has. */
  'conversations.take_over',
  /** Give conversations to others, to groups, or back to nobody. */
  'conversations.assign_others',
  /** Delete for the contact what colleagues wrote, and answer a contact's wish to have a message erased in their conversations. */
  'messages.delete_others',
  /** Keep contacts from writing, and let them write again. */
  'contacts.block',
  /** Change the macros of everybody and of groups; one's own are everybody's to change. */
  'macros.manage',
  /** See everybody of the organization, invitations and roles. */
  'team.read',
  /** Invite, shut out, log out, give roles; keep groups and skills. */
  'team.manage',
  /** Make, change and remove roles. */
  'roles.manage',
  /** Change widgets. */
  'widgets.manage',
  /** See what is sent by mail, and try it. */
  'mail.read',
  /** Create and remove sample data. */
  'samples.manage',
] as const
export const right = z.enum(rights)
export type Right = z.infer<typeof right>

/** Built-in roles; an organization has one of each, and exactly one operator is its owner. */
export const roleKind = z.enum(['owner', 'manager', 'admin', 'analyst', 'operator'])
export type RoleKind = z.infer<typeof roleKind>

/** A role by its name: built-in ones have a kind, own ones a name. */
export const roleName = z.strictObject({ id, kind: roleKind.nullable(), name: z.string().nullable() })
export type RoleName = z.infer<typeof roleName>

export const role = roleName.extend({
  rights: z.array(right),
  /** How many who work here have it. */
  members: z.int(),
  version: z.int(),
})
export type Role = z.infer<typeof role>

export const listRoles = route({
  method: 'GET',
  path: '/api/v1/roles',
  caller: 'operator',
  summary: 'List the roles and what they allow',
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.strictObject({ items: z.array(role) }),
  errors: ['role.missing'],
})

export const saveRole = route({
  method: 'PUT',
  path: '/api/v1/roles',
  caller: 'operator',
  summary: 'Create a role, or let it allow this; it holds everywhere within two seconds',
  params: nothing,
  query: nothing,
  /** The name of a built-in role cannot be changed: it is left out. */
  body: z.strictObject({ id, name: line(60).nullable(), rights: z.array(right).max(100) }),
  answer: role,
  errors: ['role.missing', 'role.unknown', 'role.protected', 'role.beyond', 'role.name_taken'],
})

export const removeRole = route({
  method: 'DELETE',
  path: '/api/v1/roles/:roleId',
  caller: 'operator',
  summary: 'Remove an own role; whoever has it gets another one',
  params: z.strictObject({ roleId: id }),
  query: z.strictObject({ replacementId: id }),
  body: nothing,
  answer: nothing,
  errors: ['role.missing', 'role.unknown', 'role.protected', 'role.beyond'],
})

export const handOver = route({
  method: 'PUT',
  path: '/api/v1/owner',
  caller: 'operator',
  summary: 'Make a colleague the owner; the owner so far becomes a manager',
  params: nothing,
  query: nothing,
  body: z.strictObject({ operatorId: id }),
  answer: nothing,
  errors: ['role.missing', 'operator.unknown'],
})
