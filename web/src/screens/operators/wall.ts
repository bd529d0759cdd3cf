import type { Operator, Workload } from '@foyer/contract/operators.ts'
import type { Circle } from '@foyer/contract/team.ts'

type Given = {
  operators: readonly Operator[]
  meId: string
  /** Whose members alone are shown. */
  group: Circle | null
  locale: string
}

/** Colleagues as they hang on the wall: those who are there, and those who are not. */
export type Wall = { here: Operator[]; gone: Operator[] }

/** Me first, then who is there by name, then who is away; of the others first who left last. */
export function hang({ operators, meId, group, locale }: Given): Wall {
  const shown = operators.filter(({ id }) => !group || group.memberIds.includes(id))
  const isHere = ({ id, available, away }: Operator) => id === meId || available || away
  const place = ({ id, available }: Operator) => (id === meId ? 0 : available ? 1 : 2)
  return {
    here: shown.filter(isHere).sort((a, b) => place(a) - place(b) || a.name.localeCompare(b.name, locale)),
    gone: shown
      .filter((each) => !isHere(each))
      .sort((a, b) => Date.parse(b.since) - Date.parse(a.since) || a.name.localeCompare(b.name, locale)),
  }
}

export type Sums = { online: number; used: number; slots: number; running: number }

/** What the wall comes to; only the slots of those who are there can be used. */
export function sum({ here, gone }: Wall, workloads: ReadonlyMap<string, Workload>): Sums {
  const online = here.filter(({ available }) => available)
  return {
    online: online.length,
    used: online.reduce((total, { slots }) => total + slots.used, 0),
    slots: online.reduce((total, { slots }) => total + slots.most, 0),
    running: [...here, ...gone].reduce((total, { id }) => total + (workloads.get(id)?.running ?? 0), 0),
  }
}
