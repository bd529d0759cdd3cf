import { defineSlice } from '../../platform/slice.ts'
import type { Sessions } from '../operators/actions.ts'
import { teamRoutes } from './routes.ts'

export const teamSlice = defineSlice<Sessions>()({
  name: 'team',
  rights: ['team.read', 'team.manage'],
  tells: ['me', 'operators'],
  open: (ports) => ({
    routes: teamRoutes(ports),
    // Invitations and mails to addresses that came of nothing.
    sweeps: [{ text: 'select sweep_addresses()' }],
  }),
})
