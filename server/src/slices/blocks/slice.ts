import { defineSlice } from '../../platform/slice.ts'
import type { ConversationPorts } from '../conversations/access.ts'
import { heedAddress } from './actions.ts'
import { blockRoutes } from './routes.ts'

export const blocksSlice = defineSlice<ConversationPorts>()({
  name: 'blocks',
  rights: ['contacts.block'],
  open: (ports) => ({
    routes: blockRoutes(ports),
    hears: { 'contact.addressed': (addressed) => heedAddress(ports, addressed) },
  }),
})
