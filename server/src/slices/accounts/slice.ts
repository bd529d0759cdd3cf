import { defineSlice } from '../../platform/slice.ts'
import type { Sessions } from '../operators/actions.ts'
import { noteFailedLogIn } from './actions.ts'
import { accountRoutes } from './routes.ts'

export const accountsSlice = defineSlice<Sessions>()({
  name: 'accounts',
  tells: ['me', 'operators'],
  settings: ['mail'],
  open(ports) {
    const context = { ...ports, sendsMail: ports.config.mail !== null }
    return {
      routes: accountRoutes(context),
      hears: { 'operator.log_in_failed': (operator) => noteFailedLogIn(context, operator) },
      sweeps: [{ text: 'select sweep_account_links()' }],
    }
  },
})
