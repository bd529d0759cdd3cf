import { hashPassword, randomToken } from '../../platform/crypto.ts'
import { defineSlice } from '../../platform/slice.ts'
import { createOperatorAccess } from './access.ts'
import { operatorReactions } from './reactions.ts'
import { createSessions, operatorRoutes } from './routes.ts'

/** Who logs in and how it is proven. Gives later slices the proofs (`access`) and what logs somebody in. */
export const operatorsSlice = defineSlice()({
  name: 'operators',
  tells: ['me', 'operators'],
  reactions: operatorReactions,
  open(ports) {
    const access = createOperatorAccess(ports)
    ports.changes.on('session.ended', ({ id }) => access.forget(id ?? ''))
    const context = {
      ...ports,
      access,
      decoyHash: hashPassword(randomToken()),
    }
    const sessions = createSessions(context)
    return {
      callers: { operator: access.identify },
      routes: operatorRoutes({ ...context, ...sessions }),
      sweeps: [{ text: 'select sweep_sessions()' }],
      gives: { ...sessions, operatorByTicket: access.byTicket },
    }
  },
})
