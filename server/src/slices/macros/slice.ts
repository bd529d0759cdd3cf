import { defineSlice } from '../../platform/slice.ts'
import type { ConversationPorts } from '../conversations/access.ts'
import { countUse } from './actions.ts'
import { macroRoutes } from './routes.ts'

export const macrosSlice = defineSlice<ConversationPorts>()({
  name: 'macros',
  rights: ['macros.manage'],
  tells: ['macros'],
  open: (ports) => ({
    routes: macroRoutes(ports),
    hears: { 'message.of_macros': (used) => countUse(ports, used) },
  }),
})
