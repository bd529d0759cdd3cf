import { newId } from '@foyer/client/ids.ts'
import type { Notification } from '@foyer/contract/notifications.ts'
import { listOperators, type Operator, type Workload } from '@foyer/contract/operators.ts'
import { listGroups } from '@foyer/contract/team.ts'
import type { BrowserContext } from 'playwright-core'
import type { At } from './screen.ts'
import type { Stage } from './stage.ts'

const minute = 60_000
const ago = (minutes: number) => new Date(Date.now() - minutes * minute).toISOString()

/** Colleagues as they are in the middle of a day: the sample's nobody is there, and a stage has one browser. */
const day: readonly (Pick<Operator, 'languages'> & {
  minutes: number
  is: 'online' | 'away' | 'offline'
  most: number
  with: readonly string[]
})[] = [
  { languages: ['fr', 'en'], minutes: 134, is: 'online', most: 3, with: ['Éloïse', 'Mathieu', 'Odile'] },
  { languages: ['de', 'en'], minutes: 51, is: 'online', most: 4, with: ['Thorsten'] },
  { languages: ['de'], minutes: 3, is: 'online', most: 3, with: [] },
  { languages: ['en', 'hi'], minutes: 18, is: 'away', most: 3, with: [] },
  { languages: ['en'], minutes: 1_300, is: 'offline', most: 2, with: [] },
]

/** Shows the team at work: who is there, and with whom. */
export async function peopled(context: BrowserContext, { stage }: At): Promise<void> {
  const { items } = await stage.api.call(listOperators)
  const { items: groups } = await stage.api.call(listGroups)
  const [me, ...others] = [...items].sort((a, b) => Number(b.available) - Number(a.available))
  const operators: Operator[] = others.map((other, place) => {
    const {
      languages,
      minutes,
      is,
      most,
      with: guests,
    } = day[place % day.length] ?? {
      ...other,
      minutes: 0,
      is: 'offline',
      most: 3,
      with: [],
    }
    const slots = { used: guests.length, most }
    const [available, away] = [is === 'online', is === 'away']
    return { ...other, languages, available, away, since: ago(minutes), slots }
  })
  const workloads: Workload[] = operators.map(({ id }, place) => {
    const live = guestsOf(stage, day[place % day.length]?.with ?? [])
    return { operatorId: id, running: live.length + ((place * 3) % 5), live }
  })
  if (me) {
    const live = guestsOf(stage, ['Nia', 'Daniel'])
    operators.push({ ...me, slots: { used: live.length, most: 3 }, since: ago(92) })
    workloads.push({ operatorId: me.id, running: 16, live })
  }
  const [first] = groups
  if (first) first.memberIds = operators.slice(0, 3).map(({ id }) => id)
  await context.route('**/api/v1/operators', (route) => route.fulfill({ json: { items: operators } }))
  await context.route('**/api/v1/operators/workloads', (route) =>
    route.fulfill({ json: { items: workloads } }),
  )
  await context.route('**/api/v1/groups', (route) => route.fulfill({ json: { items: groups } }))
}

function guestsOf(stage: Stage, names: readonly string[]): Workload['live'] {
  return names.map((name, place) => {
    const { id, contact } = stage.conversationOf(name)
    const { id: contactId, name: called, email } = contact
    return {
      conversationId: id,
      contact: { id: contactId, name: called, email },
      since: ago(4 + (names.length - place) * 9),
    }
  })
}

/** What colleagues did in the last days, some of it unread. */
export async function notified(context: BrowserContext, { stage }: At): Promise<void> {
  const { items: team } = await stage.api.call(listOperators)
  const colleague = (place: number) => team[place % team.length]?.id ?? null
  const told: readonly (Pick<Notification, 'kind' | 'text'> & { of: string; minutes: number })[] = [
    { kind: 'mentioned', of: 'Daniel', minutes: 4, text: '@Olga Lindner can we send the lid by courier?' },
    { kind: 'assigned', of: 'Katharina', minutes: 21, text: '' },
    { kind: 'given_to_group', of: 'Marcus', minutes: 58, text: '' },
    { kind: 'taken', of: 'Gerd', minutes: 1_500, text: '' },
    {
      kind: 'mentioned',
      of: 'Odile',
      minutes: 1_580,
      text: '@Olga Lindner the invoice address is Cabinet Fontanel, and the order goes to her home. She asked twice, so please look before it is packed.',
    },
    { kind: 'assigned', of: 'Yuki', minutes: 4_400, text: '' },
  ]
  const items: Notification[] = told.map(({ of, minutes, ...rest }, place) => {
    const { id, contact, preview } = stage.conversationOf(of)
    return {
      ...rest,
      id: newId(),
      at: ago(minutes),
      read: place > 1,
      operatorId: colleague(place),
      conversationId: id,
      contactId: contact.id,
      contactName: contact.name,
      groupName: rest.kind === 'given_to_group' ? 'Orders' : null,
      about: preview?.text ?? '',
      inInbox: true,
    }
  })
  await context.route(/\/api\/v1\/notifications(\?.*)?$/, (route) =>
    route.fulfill({ json: { items, next: null, unread: 2 } }),
  )
}
