import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { RichText } from '@foyer/contract/rich-text/tree.ts'
import type { Right } from '@foyer/contract/roles.ts'
import type { Locale } from '@foyer/contract/scalars.ts'
import type { Database } from '../platform/db/database.ts'
import { actorOf, type ConversationEvent, decide, unborn } from '../slices/conversations/model.ts'
import { decidable, withBody } from '../slices/conversations/record.ts'
import type { ConversationRow, Decision } from '../slices/conversations/shapes.ts'
import { beginStatement, recordStatement } from '../slices/conversations/statements.ts'

export type BuiltOrganization = { id: string; name: string }
export type BuiltOperator = {
  id: string
  organizationId: string
  name: string
  email: string
  password: string
  /** A kind of built-in role. */
  role: string
  roleId: string
}
export type BuiltWidget = { id: string; organizationId: string; key: string }
export type BuiltContact = {
  id: string
  organizationId: string
  name: string | null
  identityId: string
  token: string
}
export type BuiltConversation = {
  id: string
  organizationId: string
  contact: BuiltContact
  row: ConversationRow
}

/** The password of every operator built here, hashed once. */
const builtPassword = 'correct horse battery'

/** Makes things for tests, the missing parents included: `build.conversation()` alone has an organization and a contact. */
export type Build = ReturnType<typeof createBuild>

export function createBuild(database: Database, hashPassword: (password: string) => Promise<string>) {
  let hash: Promise<string> | null = null
  let count = 0

  async function organization(given: { name?: string } = {}): Promise<BuiltOrganization> {
    const built = { id: randomUUID(), name: given.name ?? `Organization ${++count}` }
    await insert(built.id, 'insert into organizations (id, name) values ($1, $2)', [built.id, built.name])
    return built
  }

  async function operator(
    given: Partial<BuiltOperator> & { alias?: string; locale?: Locale; online?: boolean } = {},
  ): Promise<BuiltOperator> {
    const organizationId = given.organizationId ?? (await organization()).id
    const id = given.id ?? randomUUID()
    hash ??= hashPassword(builtPassword)
    const built = {
      id,
      organizationId,
      name: given.name ?? `Operator ${++count}`,
      email: given.email ?? `${id}@example.com`,
      password: builtPassword,
      role: given.role ?? 'operator',
      roleId: given.roleId ?? (await roleId(organizationId, given.role ?? 'operator')),
    }
    await insert(
      organizationId,
      `insert into operators (organization_id, id, email, name, alias, password_hash, role_id, locale, online)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        organizationId,
        id,
        built.email,
        built.name,
        given.alias ?? null,
        await hash,
        built.roleId,
        given.locale ?? 'en',
        given.online ?? false,
      ],
    )
    return built
  }

  /** The built-in role of a kind. */
  async function roleId(organizationId: string, kind: string): Promise<string> {
    const [row] = await database.read<{ id: string }>(organizationId, {
      text: 'select id from roles where organization_id = $1 and kind = $2',
      values: [organizationId, kind],
    })
    return row?.id ?? ''
  }

  /** An own role that allows this. */
  async function role(given: { organizationId: string; rights?: readonly Right[] }): Promise<string> {
    const id = randomUUID()
    await insert(
      given.organizationId,
      'insert into roles (organization_id, id, name, rights) values ($1, $2, $3, $4)',
      [given.organizationId, id, `Role ${++count}`, given.rights ?? []],
    )
    return id
  }

  async function widget(
    given: { organizationId?: string; key?: string; allowedSites?: string[] } = {},
  ): Promise<BuiltWidget> {
    const organizationId = given.organizationId ?? (await organization()).id
    const built = { id: randomUUID(), organizationId, key: given.key ?? randomBytes(8).toString('hex') }
    await insert(
      organizationId,
      'insert into widgets (organization_id, id, key, name, allowed_sites) values ($1, $2, $3, $4, $5)',
      [organizationId, built.id, built.key, 'Website', given.allowedSites ?? []],
    )
    return built
  }

  async function contact(
    given: { organizationId?: string; name?: string | null; token?: string } = {},
  ): Promise<BuiltContact> {
    const organizationId = given.organizationId ?? (await organization()).id
    const built = {
      id: randomUUID(),
      organizationId,
      name: given.name ?? null,
      identityId: randomUUID(),
      token: given.token ?? randomBytes(32).toString('base64url'),
    }
    await insert(organizationId, 'insert into contacts (organization_id, id, name) values ($1, $2, $3)', [
      organizationId,
      built.id,
      built.name,
    ])
    await insert(
      organizationId,
      `insert into identities (organization_id, id, contact_id, channel, address_hash) values ($1, $2, $3, 'website', $4)`,
      [organizationId, built.identityId, built.id, createHash('sha256').update(built.token).digest()],
    )
    return built
  }

  /** A conversation that its contact began; then whatever `events` say, through the real rules and statements. */
  async function conversation(
    given: {
      contact?: BuiltContact
      widget?: BuiltWidget
      text?: string
      assignee?: BuiltOperator | null
    } = {},
  ): Promise<BuiltConversation> {
    const organizationId =
      given.contact?.organizationId ?? given.assignee?.organizationId ?? given.widget?.organizationId
    const by = given.contact ?? (await contact(organizationId ? { organizationId } : {}))
    const at = given.widget ?? (await widget({ organizationId: by.organizationId }))
    const id = randomUUID()
    const { outcome, ...rest } = decide(unborn, { kind: 'contact_wrote' }) as Decision
    // Whoever happens to be there is not given it.
    const decision: Decision = { ...rest, outcome: { ...outcome, live: 'stop', route: null } }
    const [row] = await database.run<ConversationRow>(
      beginStatement({
        organizationId: by.organizationId,
        conversationId: id,
        contactId: by.id,
        widgetId: at.id,
        channel: 'website',
        decision,
        draft: {
          id: randomUUID(),
          routedId: randomUUID(),
          text: given.text ?? 'Hello, is anybody there?',
          identityId: by.identityId,
        },
        actor: { kind: 'contact', id: by.id },
        hash: randomBytes(32),
      }),
    )
    if (!row) throw new Error('The conversation could not be built.')
    const built = { id, organizationId: by.organizationId, contact: by, row }
    if (given.assignee) {
      const { id: to, name } = given.assignee
      await happen(built, { kind: 'assigned', by: to, to, from: null, toName: name })
    }
    return built
  }

  /** Lets an event happen to a conversation. `content`: what the text is made of, where it is formatted. */
  async function happen(
    conversation: BuiltConversation,
    event: ConversationEvent,
    text = '',
    content?: RichText,
  ): Promise<ConversationRow> {
    const { row } = conversation
    const head = decidable(row)
    const decided = decide(head, event)
    if (typeof decided === 'string') throw new Error(`Refused: ${decided}`)
    const decision = withBody(decided, { content })
    const actor = actorOf(event, row.contact_id)
    const [next] = await database.run<ConversationRow>(
      recordStatement({
        organizationId: row.organization_id,
        conversationId: row.id,
        decidedOn: head,
        decision,
        draft: { id: randomUUID(), routedId: randomUUID(), text, identityId: null },
        actor,
        hash: randomBytes(32),
      }),
    )
    if (!next) throw new Error('The head is not as it was built.')
    conversation.row = next
    return next
  }

  async function group(given: {
    organizationId: string
    name?: string
    members?: readonly BuiltOperator[]
  }): Promise<string> {
    const { organizationId } = given
    const id = randomUUID()
    await insert(organizationId, 'insert into groups (organization_id, id, name) values ($1, $2, $3)', [
      organizationId,
      id,
      given.name ?? `Group ${++count}`,
    ])
    for (const member of given.members ?? [])
      await insert(organizationId, 'insert into group_members values ($1, $2, $3)', [
        organizationId,
        id,
        member.id,
      ])
    return id
  }

  async function insert(organizationId: string, text: string, values: unknown[]): Promise<void> {
    await database.read(organizationId, { text, values })
  }

  return { organization, operator, role, roleId, group, widget, contact, conversation, happen }
}
