import { setTimeout as sleep } from 'node:timers/promises'
import type { Stage } from '../stage/stage.ts'
import type { Run } from './fault.ts'

/**
 * What must hold of slots at every moment, whatever happens, as one question to the database, which answers of one moment:
 * as many slots are used as conversations are live; nobody has more than their number by routing; what is live has an
 * operator and has not ended.
 */
const wrong = `
  select 'operator ' || s.operator_id || ' has ' || s.used || ' of ' || s.most || ' slots used and ' || count(c.id) || ' live' as detail
  from operator_slots s left join conversations c on c.organization_id = s.organization_id and c.assignee_id = s.operator_id
    and c.live_since is not null
  group by s.organization_id, s.operator_id having count(c.id) <> s.used or s.used > s.most
  union all
  select 'conversation ' || c.id || ' is live and ' || c.state || ', assigned to ' || coalesce(c.assignee_id::text, 'nobody')
  from conversations c where c.live_since is not null and (c.assignee_id is null or c.state = 'ended')`

/** Asks again and again until it is told to stop; every answer that should not be is a violation. */
export function watchSlots(run: Run, stage: Stage): { stop(): Promise<void> } {
  let isOver = false
  let looks = 0
  const seen = new Set<string>()
  const looking = (async () => {
    while (!isOver) {
      for (const { detail } of await stage.sql<{ detail: string }>(wrong)) {
        if (!seen.has(detail)) run.violate({ check: 'owner', detail })
        seen.add(detail)
      }
      looks++
      await sleep(100)
    }
  })()
  return {
    async stop() {
      isOver = true
      await looking
      run.figure('looks at all slots', looks)
    },
  }
}

/** How many messages were sent while contact and operator were there at once. */
export async function countLiveMessages(stage: Stage): Promise<number> {
  const [row] = await stage.sql<{ count: string }>(
    `select count(*) from entries where kind = 'message' and session = 'live'`,
  )
  return Number(row?.count)
}
