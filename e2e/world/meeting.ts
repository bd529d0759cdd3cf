import { soon } from './compare.ts'
import type { Desk } from './desk.ts'
import type { Messenger } from './messenger.ts'
import type { Company, Scene } from './scene.ts'

export type Meeting = { company: Company; desk: Desk; visitor: Messenger; id: string }

/** An operator and a contact in a conversation that the contact has begun; the operator has it, unless told otherwise. */
export async function meet(
  scene: Scene,
  options: { first?: string; assigned?: boolean; deskAt?: string; visitorAt?: string } = {},
): Promise<Meeting> {
  const company = await scene.company('Anna Berg')
  const [visitor, desk] = await Promise.all([
    scene.visitor(company.widget, options.visitorAt ? { at: options.visitorAt } : {}),
    scene.desk(one(company.operators), options.deskAt ? { at: options.deskAt } : {}),
  ])
  await visitor.open()
  await visitor.say(options.first ?? 'Is the mug dishwasher safe?')
  const id = await newestConversation(scene, company)
  await desk.openFromList(id)
  if (options.assigned ?? true) await desk.assignToMe()
  return { company, desk, visitor, id }
}

/** The id of the conversation that was begun last, after those known already. */
export async function newestConversation(
  scene: Scene,
  { organization }: Company,
  after: readonly string[] = [],
): Promise<string> {
  let id = ''
  await soon(async () => {
    const [row] = await scene.sql<{ id: string }>(
      'select id from conversations where organization_id = $1 and id <> all ($2) order by created_at desc limit 1',
      [organization.id, after],
    )
    id = row?.id ?? ''
    return id
  }).not.toBe('')
  return id
}

export function one<T>(things: readonly T[], index = 0): T {
  const thing = things[index]
  if (thing === undefined) throw new Error(`There are only ${things.length}.`)
  return thing
}
