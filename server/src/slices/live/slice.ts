import { defineSlice } from '../../platform/slice.ts'
import type { ContactAccess } from '../contacts/access.ts'
import type { ConversationPorts } from '../conversations/access.ts'
import type { NotificationPorts } from '../notifications/reads.ts'
import type { OperatorAccess } from '../operators/access.ts'
import { tellOf } from './actions.ts'
import { createHub } from './hub.ts'
import { serveConnection } from './socket.ts'

type Needs = ConversationPorts &
  NotificationPorts & {
    operatorByTicket: OperatorAccess['byTicket']
    contactByToken: ContactAccess['byToken']
  }

export const liveSlice = defineSlice<Needs>()({
  name: 'live',
  tells: ['operators'],
  open: (ports) => ({
    openSockets() {
      const hub = createHub(ports)
      const context = { ...ports, hub }
      return { serve: (connection) => serveConnection(context, connection), close: hub.close }
    },
    async onGone(left) {
      for (const { connected } of left) for (const subject of connected) tellOf(ports, subject)
    },
  }),
})
