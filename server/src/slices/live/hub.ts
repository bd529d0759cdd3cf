import type { Changed } from '@foyer/contract/changes.ts'
import type { Bus } from '../../platform/bus/bus.ts'
import type { Change, Changes } from '../../platform/changes.ts'
import type { Database } from '../../platform/db/database.ts'
import type { Log } from '../../platform/log.ts'
import type { ConversationPorts } from '../conversations/access.ts'
import type { NotificationPorts } from '../notifications/reads.ts'
import { createLogs, type Logs } from './logs.ts'
import { createMembers, type Members, type OperatorMember, tellAll } from './members.ts'
import { carryPresence } from './presence.ts'
import { endRights } from './revoking.ts'
import { carrySigns } from './signs.ts'

export type HubContext = Pick<ConversationPorts, 'heads' | 'onConversation'> &
  NotificationPorts & {
    database: Database
    bus: Bus
    changes: Changes<'operators'>
    epoch: string
    log: Log
  }

/** Carries what this process hears to the sockets it has, of those who may know it. */
export type Hub = HubContext & Logs & { readonly members: Members; close(): void }

export function createHub(context: HubContext): Hub {
  const members = createMembers()
  const logs = createLogs(context, members)
  const stops = [
    logs.stop,
    carryChanges(context, members),
    carrySigns(context, members),
    carryPresence(context, members),
    endRights(context, members, logs),
  ]
  return {
    ...context,
    ...logs,
    members,
    close() {
      for (const stop of stops) stop()
    },
  }
}

/** Tells screens what has changed, whatever it is, as far as it concerns them. */
function carryChanges({ changes, circlesOf, log }: HubContext, members: Members): () => void {
  function tell(to: Iterable<OperatorMember>, what: Changed, version = 0): void {
    tellAll(to, { type: 'changed', what, version })
  }

  async function tellGroup(groupId: string, { organizationId, what, version }: ForScreens): Promise<void> {
    const circles = await circlesOf(organizationId)
    const isIn = ({ proof }: OperatorMember) => circles.get(proof.operatorId)?.groups.has(groupId)
    tell([...members.operators(organizationId)].filter(isIn), what, version)
  }

  return changes.onAny((change) => {
    if (change.to === 'processes') return
    const { organizationId, what, to, version } = change
    const all = members.operators(organizationId)
    if (to === 'operators') tell(all, what, version)
    else if ('operatorId' in to)
      tell(
        [...all].filter(({ proof }) => proof.operatorId === to.operatorId),
        what,
        version,
      )
    else
      tellGroup(to.groupId, change).catch((error: unknown) =>
        log.warn('A group could not be told.', { error }),
      )
  })
}

type ForScreens = Extract<Change, { version?: number }>
