import { randomBytes, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { sha256 } from '../platform/crypto.ts'
import { openFolder } from '../platform/storage/folder.ts'
import { addressOf, holdsUntil } from '../slices/files/access.ts'
import type { BuiltContact, BuiltConversation, BuiltOperator, BuiltWidget } from './build.ts'
import type { CallerName, TargetKind, TargetName } from './rights.ts'
import type { World } from './world.ts'

/** Words that stand in each conversation and tell whose it is: whoever may not know it must never receive them. */
export const canaries = {
  own: 'canary-own',
  foreign: 'canary-foreign',
  elsewhere: 'canary-elsewhere',
} as const

/** Everyone and everything that the rights matrix speaks of, in three organizations. */
export type Cast = {
  readonly operators: Readonly<Record<'assigned' | 'colleague' | 'admin' | 'stranger', BuiltOperator>>
  readonly contacts: Readonly<Record<'contact' | 'otherContact' | 'foreignContact', BuiltContact>>
  /** Operators who are no callers: assigned to `foreign` and to `elsewhere`, and one without work. */
  /** A group of the first organization. */
  readonly groupId: string
  /** The role of the first organization's operators. */
  readonly roleId: string
  readonly others: Readonly<Record<'foreign' | 'elsewhere' | 'spare', BuiltOperator>>
  readonly widgets: Readonly<Record<'own' | 'foreign' | 'elsewhere' | 'strangers', BuiltWidget>>
  /** What a caller's requests carry. */
  headersOf(caller: CallerName): Record<string, string>
  /** Logs a caller in again; for calls that end the session. */
  renew(caller: CallerName): Promise<void>
  /** Makes a conversation to be asked for, with its canary. */
  conversation(target: 'own' | 'foreign' | 'elsewhere', isEnded?: boolean): Promise<BuiltConversation>
  /** What stands in the path or the body for a target, made anew where a call may change it. */
  nameOf(kind: TargetKind, target: TargetName): Promise<string>
}

export async function buildCast(world: World): Promise<Cast> {
  const { build } = world
  const [first, second, third] = [
    await build.organization(),
    await build.organization(),
    await build.organization(),
  ]
  const inFirst = { organizationId: first.id }
  const operators = {
    assigned: await build.operator(inFirst),
    colleague: await build.operator(inFirst),
    admin: await build.operator({ ...inFirst, role: 'admin' }),
    stranger: await build.operator({ organizationId: second.id }),
  }
  const others = {
    foreign: await build.operator(inFirst),
    spare: await build.operator(inFirst),
    elsewhere: await build.operator({ organizationId: third.id }),
  }
  const contacts = {
    contact: await build.contact(inFirst),
    otherContact: await build.contact(inFirst),
    foreignContact: await build.contact({ organizationId: second.id }),
  }
  const widgets = {
    own: await build.widget(inFirst),
    foreign: await build.widget(inFirst),
    elsewhere: await build.widget({ organizationId: third.id }),
    strangers: await build.widget({ organizationId: second.id }),
  }
  const askers = {
    own: contacts.contact,
    foreign: await build.contact(inFirst),
    elsewhere: await build.contact({ organizationId: third.id }),
  }
  const organizations = { own: inFirst, foreign: inFirst, elsewhere: { organizationId: third.id } }
  const assignees = { own: operators.assigned, foreign: others.foreign, elsewhere: others.elsewhere }
  // So that no list and no search of somebody else's is empty for want of anything to find.
  await build.conversation({ contact: contacts.foreignContact, widget: widgets.strangers, text: 'canary' })

  const cookies = new Map<CallerName, string>()
  for (const [name, operator] of Object.entries(operators)) {
    cookies.set(name as CallerName, (await world.logIn(operator)).cookie)
  }
  cookies.set('ended', await endedSession())

  async function endedSession(): Promise<string> {
    const { cookie } = await world.logIn(operators.assigned)
    await fetch(`${world.url}/api/v1/session`, { method: 'DELETE', headers: { cookie, 'x-foyer': '1' } })
    return cookie
  }

  async function conversation(target: 'own' | 'foreign' | 'elsewhere', isEnded = false) {
    const built = await build.conversation({
      contact: askers[target],
      widget: widgets[target],
      assignee: assignees[target],
      text: `${canaries[target]} canary`,
    })
    if (isEnded) await build.happen(built, { kind: 'ended', by: assignees[target].id })
    return built
  }

  async function sessionOf(operator: BuiltOperator): Promise<string> {
    await world.logIn(operator)
    const [row] = await world.db.owner<{ id: string }>(
      'select id from sessions where operator_id = $1 order by created_at desc limit 1',
      [operator.id],
    )
    return row?.id ?? ''
  }

  /** A contact who wrote through the messenger, and the badge they were given. */
  async function badgeOf(widget: BuiltWidget): Promise<{ badge: string; contactId: string }> {
    const token = randomBytes(32).toString('base64url')
    const headers = { authorization: `Contact ${token}`, 'content-type': 'application/json' }
    const place = `${world.url}/api/v1/messenger/conversations`
    const body = {
      id: randomUUID(),
      widgetKey: widget.key,
      message: { id: randomUUID(), text: 'A first question' },
    }
    await fetch(place, { method: 'POST', headers, body: JSON.stringify(body) })
    const { badge } = (await (await fetch(place, { headers })).json()) as { badge: string }
    const [row] = await world.db.owner<{ contact_id: string }>(
      'select contact_id from conversations where id = $1',
      [body.id],
    )
    return { badge, contactId: row?.contact_id ?? '' }
  }

  async function erase(organizationId: string, contactId: string): Promise<void> {
    await world.database.run({ text: 'select erase_contact($1, $2)', values: [organizationId, contactId] })
  }

  async function skill(organizationId: string): Promise<string> {
    const id = randomUUID()
    await world.db.owner('insert into skills (organization_id, id, name) values ($1, $2, $3)', [
      organizationId,
      id,
      id,
    ])
    return id
  }

  async function invitation(organizationId: string, by: string): Promise<string> {
    const id = randomUUID()
    await world.db.owner(
      `insert into invitations (organization_id, id, token_hash, role_id, created_by, expires_at)
       values ($1, $2, $3, $5, $4, clock_now() + interval '1 day')`,
      [organizationId, id, randomBytes(32), by, await build.roleId(organizationId, 'operator')],
    )
    return id
  }

  async function mail(organizationId: string): Promise<string> {
    const id = randomUUID()
    await world.db.owner(
      `insert into mails (organization_id, id, kind, to_address, locale, data, state)
       values ($1, $2, 'test', 'olga@example.com', 'en', '{}', 'kept')`,
      [organizationId, id],
    )
    return id
  }

  /** The key of an operator's picture. */
  async function picture({ organizationId, id }: BuiltOperator): Promise<string> {
    const key = randomBytes(32).toString('base64url')
    await world.db.owner(
      `insert into operator_pictures (organization_id, operator_id, key, bytes) values ($1, $2, $3, 'RIFF')
       on conflict (organization_id, operator_id) do update set key = excluded.key`,
      [organizationId, id, key],
    )
    return key
  }

  /** A file of three bytes, of the operator or the contact whose target it is. */
  async function upload(
    kind: 'upload' | 'myUpload',
    target: 'own' | 'foreign' | 'elsewhere',
    { isFinished = false } = {},
  ): Promise<string> {
    const { organizationId } = organizations[target]
    const [id, key] = [randomUUID(), randomUUID()]
    const shape = { id, name: 'a.bin', type: 'application/octet-stream', bytes: 3, shows: 'file' }
    const byOperator = kind === 'upload'
    await world.db.owner(
      `insert into files (organization_id, id, key, operator_id, token_hash, name, bytes, part_bytes, received, shape)
       values ($1, $2, $3, $4, $5, 'a.bin', 3, 65536, $6, $7)`,
      [
        organizationId,
        id,
        key,
        byOperator ? assignees[target].id : null,
        byOperator ? null : sha256(askers[target].token),
        isFinished ? [0] : [],
        isFinished ? JSON.stringify(shape) : null,
      ],
    )
    if (isFinished) {
      const storage = openFolder(`${world.dataDir}/files`)
      await storage.put(`${organizationId}/${key}/0`, Readable.from([Buffer.from('abc')]), 3)
    }
    return id
  }

  async function addressOfFile(target: 'own' | 'foreign' | 'elsewhere', fileId: string): Promise<string> {
    const [row] = await world.db.owner<{ secret: Buffer }>('select secret from installation')
    const { organizationId } = organizations[target]
    const viewer = { kind: 'operator', organizationId, id: assignees[target].id } as const
    return addressOf(row?.secret ?? Buffer.of(), {
      viewer,
      fileId,
      variant: 'saved',
      until: holdsUntil(Date.now()),
    })
  }

  async function erased(kind: TargetKind): Promise<string> {
    switch (kind) {
      case 'session': {
        const id = await sessionOf(operators.assigned)
        await world.db.owner('delete from sessions where id = $1', [id])
        return id
      }
      case 'widget': {
        const widget = await build.widget(inFirst)
        await world.db.owner('delete from widgets where id = $1', [widget.id])
        return widget.key
      }
      case 'badge': {
        const { badge, contactId } = await badgeOf(widgets.own)
        await erase(first.id, contactId)
        return badge
      }
      case 'upload':
      case 'myUpload': {
        const id = await upload(kind, 'own')
        await world.db.owner('delete from files where id = $1', [id])
        return id
      }
      case 'file': {
        const id = await upload('upload', 'own')
        const address = await addressOfFile('own', id)
        await world.db.owner('delete from files where id = $1', [id])
        return address
      }
      case 'picture': {
        const key = await picture(others.spare)
        await world.db.owner('delete from operator_pictures where key = $1', [key])
        return key
      }
      default: {
        const contact = await build.contact(inFirst)
        const { id } = await build.conversation({ contact, widget: widgets.own })
        await erase(first.id, contact.id)
        return kind === 'contact' ? contact.id : id
      }
    }
  }

  const groupId = await build.group(inFirst)

  return {
    operators,
    groupId,
    roleId: operators.colleague.roleId,
    contacts,
    others,
    widgets,
    headersOf(caller) {
      if (caller in contacts)
        return { authorization: `Contact ${contacts[caller as keyof typeof contacts].token}` }
      const cookie = cookies.get(caller)
      return cookie ? { cookie } : {}
    },
    async renew(caller) {
      const operator = caller in operators ? operators[caller as keyof typeof operators] : null
      if (operator) cookies.set(caller, (await world.logIn(operator)).cookie)
      if (caller === 'ended') cookies.set('ended', await endedSession())
    },
    conversation,
    async nameOf(kind, target) {
      if (target === 'invented')
        return ['badge', 'widget', 'picture', 'file'].includes(kind)
          ? randomBytes(32).toString('base64url')
          : randomUUID()
      if (target === 'erased') return erased(kind)
      switch (kind) {
        case 'session':
          return sessionOf(assignees[target])
        case 'widget':
          return widgets[target].key
        case 'badge':
          return (await badgeOf(widgets[target])).badge
        case 'contact':
          return (await build.contact(organizations[target])).id
        case 'operator':
          return (await build.operator(organizations[target])).id
        case 'group':
          return build.group(organizations[target])
        case 'skill':
          return skill(organizations[target].organizationId)
        case 'mail':
          return mail(organizations[target].organizationId)
        case 'picture':
          return picture(assignees[target])
        case 'upload':
        case 'myUpload':
          return upload(kind, target)
        case 'file':
          return addressOfFile(target, await upload('upload', target, { isFinished: true }))
        case 'invitation':
          return invitation(organizations[target].organizationId, assignees[target].id)
        default:
          return (await conversation(target)).id
      }
    },
  }
}
