import { z } from 'zod'
import { mailState } from './mail.ts'
import { me, operator, someLanguages } from './operators.ts'
import { roleName } from './roles.ts'
import { route } from './route.ts'
import { email, id, line, locale, moment, newPassword, nothing } from './scalars.ts'

/** A group, or a skill, and the operators who are in it or have it. */
export const circle = z.strictObject({ id, name: z.string(), memberIds: z.array(id), version: z.int() })
export type Circle = z.infer<typeof circle>

const circleBody = z.strictObject({ id, name: line(60), memberIds: z.array(id).max(1_000) })

export const listGroups = route({
  method: 'GET',
  path: '/api/v1/groups',
  caller: 'operator',
  summary: 'List the groups and who is in them',
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.strictObject({ items: z.array(circle) }),
  errors: [],
})

export const saveGroup = route({
  method: 'PUT',
  path: '/api/v1/groups',
  caller: 'operator',
  summary: 'Create a group, or give it this name and these members',
  params: nothing,
  query: nothing,
  body: circleBody,
  bodyBytes: 64 * 1024,
  answer: circle,
  errors: ['role.missing', 'group.name_taken', 'operator.unknown'],
})

export const removeGroup = route({
  method: 'DELETE',
  path: '/api/v1/groups/:groupId',
  caller: 'operator',
  summary: 'Remove a group that no widget uses; conversations given to it stay',
  params: z.strictObject({ groupId: id }),
  query: nothing,
  body: nothing,
  answer: nothing,
  errors: ['role.missing', 'group.unknown', 'group.in_use'],
})

export const listSkills = route({
  method: 'GET',
  path: '/api/v1/skills',
  caller: 'operator',
  summary: 'List the skills and who has them',
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.strictObject({ items: z.array(circle) }),
  errors: [],
})

export const saveSkill = route({
  method: 'PUT',
  path: '/api/v1/skills',
  caller: 'operator',
  summary: 'Create a skill, or give it this name and these holders',
  params: nothing,
  query: nothing,
  body: circleBody,
  bodyBytes: 64 * 1024,
  answer: circle,
  errors: ['role.missing', 'skill.name_taken', 'operator.unknown'],
})

export const removeSkill = route({
  method: 'DELETE',
  path: '/api/v1/skills/:skillId',
  caller: 'operator',
  summary: 'Remove a skill that no widget asks for',
  params: z.strictObject({ skillId: id }),
  query: nothing,
  body: nothing,
  answer: nothing,
  errors: ['role.missing', 'skill.unknown', 'skill.in_use'],
})

export const invitation = z.strictObject({
  id,
  role: roleName,
  /** Where it was mailed to, and how far that is; `null`: the link was given by hand. */
  mail: z.strictObject({ to: z.string(), state: mailState }).nullable(),
  createdAt: moment,
  expiresAt: moment,
})
export type Invitation = z.infer<typeof invitation>

export const listInvitations = route({
  method: 'GET',
  path: '/api/v1/invitations',
  caller: 'operator',
  summary: 'List the invitations that can still be used',
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.strictObject({ items: z.array(invitation) }),
  errors: ['role.missing'],
})

export const invite = route({
  method: 'POST',
  path: '/api/v1/invitations',
  caller: 'operator',
  summary:
    'Invite a colleague, by mail too if an address is given; the token of the link is answered this once',
  params: nothing,
  query: nothing,
  body: z.strictObject({ id, roleId: id, email: email.nullable().optional() }),
  answer: z.strictObject({ invitation, token: z.string() }),
  errors: [
    'role.missing',
    'role.unknown',
    'role.beyond',
    'create.id_reused',
    'operator.email_taken',
    'invitation.mailed_enough',
  ],
})

export const withdrawInvitation = route({
  method: 'DELETE',
  path: '/api/v1/invitations/:invitationId',
  caller: 'operator',
  summary: 'Withdraw an invitation',
  params: z.strictObject({ invitationId: id }),
  query: nothing,
  body: nothing,
  answer: nothing,
  errors: ['role.missing', 'invitation.invalid'],
})

export const readInvitation = route({
  method: 'POST',
  path: '/api/v1/invitation',
  caller: 'anyone',
  summary: 'Ask where an invitation leads; it is not used by this',
  params: nothing,
  query: nothing,
  body: z.strictObject({ token: z.string().min(1).max(200) }),
  answer: z.strictObject({
    organizationName: z.string(),
    /** Where it was mailed to; whoever comes in may give another. */
    email: z.string().nullable(),
  }),
  errors: ['invitation.invalid'],
})

export const acceptInvitation = route({
  method: 'POST',
  path: '/api/v1/invitation/acceptance',
  caller: 'anyone',
  summary: 'Come in by an invitation: become an operator and be logged in',
  params: nothing,
  query: nothing,
  body: z.strictObject({
    token: z.string().min(1).max(200),
    name: line(80),
    email,
    password: newPassword,
    locale,
  }),
  answer: me,
  errors: ['invitation.invalid', 'operator.email_taken', 'password.common'],
})

export const setActive = route({
  method: 'PUT',
  path: '/api/v1/operators/:operatorId/activity',
  caller: 'operator',
  summary: 'Let a colleague work, or no longer: their sessions then end everywhere at once',
  params: z.strictObject({ operatorId: id }),
  query: nothing,
  body: z.strictObject({ active: z.boolean() }),
  answer: nothing,
  errors: ['role.missing', 'operator.unknown', 'operator.protected'],
})

export const updateColleague = route({
  method: 'PATCH',
  path: '/api/v1/operators/:operatorId',
  caller: 'operator',
  summary: 'Change how a colleague is known, how much they take on, and which groups and skills they have',
  params: z.strictObject({ operatorId: id }),
  query: nothing,
  body: z.strictObject({
    name: line(80).optional(),
    alias: line(80).nullable().optional(),
    languages: someLanguages.optional(),
    slots: z.int().min(0).max(20).optional(),
    /** All of them, as is the case with skills. */
    groupIds: z.array(id).max(1_000).optional(),
    skillIds: z.array(id).max(1_000).optional(),
  }),
  bodyBytes: 96 * 1024,
  answer: nothing,
  errors: ['role.missing', 'operator.unknown', 'operator.protected', 'group.unknown', 'skill.unknown'],
})

export const setRole = route({
  method: 'PUT',
  path: '/api/v1/operators/:operatorId/role',
  caller: 'operator',
  summary: 'Give a colleague another role; it holds everywhere within two seconds',
  params: z.strictObject({ operatorId: id }),
  query: nothing,
  body: z.strictObject({ roleId: id }),
  answer: nothing,
  errors: ['role.missing', 'role.unknown', 'role.beyond', 'operator.unknown', 'operator.protected'],
})

export const logOutColleague = route({
  method: 'DELETE',
  path: '/api/v1/operators/:operatorId/sessions',
  caller: 'operator',
  summary: 'Log a colleague out everywhere',
  params: z.strictObject({ operatorId: id }),
  query: nothing,
  body: nothing,
  answer: nothing,
  errors: ['role.missing', 'operator.unknown', 'operator.protected'],
})

export const listTeam = route({
  method: 'GET',
  path: '/api/v1/team',
  caller: 'operator',
  summary: 'List everybody of the organization, those who no longer work here too',
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.strictObject({
    items: z.array(operator.extend({ email, active: z.boolean(), sample: z.boolean() })),
  }),
  errors: ['role.missing'],
})
export type Colleague = z.infer<typeof listTeam.answer>['items'][number]
