import { randomUUID } from 'node:crypto'
import * as messenger from '@foyer/contract/messenger.ts'
import { setAvailability } from '@foyer/contract/operators.ts'
import { expect } from 'vitest'
import type { BuiltContact, BuiltOperator, BuiltWidget } from './build.ts'
import { type ContactClient, eventually, type OperatorClient, type World } from './world.ts'

export type Team = {
  organizationId: string
  widget: BuiltWidget
  operators: { built: BuiltOperator; client: OperatorClient }[]
  write(text?: string): Promise<Asker>
}
/** A contact who has written. */
export type Asker = { contact: BuiltContact; client: ContactClient; conversationId: string; head: Held }
type Held = messenger.PublicHead

export const at = (conversationId: string) => ({ params: { conversationId } })

/** Operators who are online, contacts with an open messenger, and what the database holds of them. */
export type LiveStage = ReturnType<typeof createLiveStage>

export function createLiveStage(world: World) {
  /** Operators who are online with so many slots each, and a widget. */
  async function team(slots: number[]): Promise<Team> {
    const first = await world.build.operator({ name: 'Operator 0' })
    const { organizationId } = first
    const widget = await world.build.widget({ organizationId })
    const operators = []
    for (const [index, most] of slots.entries()) {
      const built =
        index === 0 ? first : await world.build.operator({ organizationId, name: `Operator ${index}` })
      const client = await world.operator(built)
      await world.db.owner('update operator_slots set most = $2 where operator_id = $1', [built.id, most])
      await client.api.call(setAvailability, { body: { online: true } })
      await eventually(
        () => slotsOf(built.id),
        (row) => row?.present === true,
      )
      operators.push({ built, client })
    }
    return { organizationId, widget, operators, write: (text) => write({ organizationId, widget }, text) }
  }

  async function slotsOf(operatorId: string) {
    const [row] = await world.db.owner<{ used: number; free: number; present: boolean; most: number }>(
      'select used, free, present, most from operator_slots where operator_id = $1',
      [operatorId],
    )
    return row
  }

  async function headOf(conversationId: string) {
    const [row] = await world.db.owner<{
      state: string
      assignee_id: string | null
      group_id: string | null
      live_since: Date | null
      live_until: Date | null
      wants_live: boolean
      seq: string
      public_seq: string
    }>('select * from conversations where id = $1', [conversationId])
    if (!row) throw new Error('There is no such conversation.')
    return row
  }

  /** A contact with an open messenger who writes for the first time. */
  async function write(
    place: { organizationId: string; widget: BuiltWidget },
    text = 'Is anybody there?',
    contact?: BuiltContact,
  ): Promise<Asker> {
    const built = contact ?? (await world.build.contact({ organizationId: place.organizationId }))
    const client = world.contact(built, place.widget.key)
    await eventually(
      () => isConnected(built.id),
      (connected) => connected,
    )
    const conversationId = randomUUID()
    const body = { id: conversationId, widgetKey: place.widget.key, message: { id: randomUUID(), text } }
    const { packet } = await client.api.call(messenger.startConversation, { body })
    return { contact: built, client, conversationId, head: packet.head }
  }

  async function isConnected(id: string): Promise<boolean> {
    const rows = await world.db.owner('select from presence where subject_id = $1', [id])
    return rows.length > 0
  }

  const say = (asker: Asker, text = 'And another thing') =>
    asker.client.api.call(messenger.writeMessage, {
      ...at(asker.conversationId),
      body: { id: randomUUID(), text },
    })
  const eventsOf = (conversationId: string) =>
    world.db.owner<{ event: string; reason: string | null; session: string }>(
      `select body->>'event' as event, body->>'reason' as reason, session from entries
     where conversation_id = $1 and kind = 'event' order by seq`,
      [conversationId],
    )

  /** What must hold of every conversation and every operator at every moment. */
  async function expectInvariants(organizationId: string): Promise<void> {
    const wrong = await world.db.owner(
      `select s.operator_id, s.used, s.most, count(c.id) as live from operator_slots s
     left join conversations c on c.organization_id = s.organization_id and c.assignee_id = s.operator_id
       and c.live_since is not null
     where s.organization_id = $1 group by s.operator_id, s.used, s.most
     having count(c.id) <> s.used`,
      [organizationId],
    )
    expect(wrong).toEqual([])
  }

  async function writeAgain(
    place: { organizationId: string; widget: BuiltWidget },
    asker: Asker,
  ): Promise<Asker> {
    return write(place, 'Once more', asker.contact)
  }

  async function addSkill(
    organizationId: string,
    widgetId: string,
    name: string,
    who: readonly string[],
  ): Promise<void> {
    const id = randomUUID()
    await world.db.owner('insert into skills (organization_id, id, name) values ($1, $2, $3)', [
      organizationId,
      id,
      name,
    ])
    await world.db.owner('insert into widget_skills values ($1, $2, $3)', [organizationId, widgetId, id])
    for (const operator of who)
      await world.db.owner('insert into operator_skills values ($1, $2, $3)', [organizationId, operator, id])
  }

  return { team, write, writeAgain, say, slotsOf, headOf, eventsOf, expectInvariants, addSkill }
}
