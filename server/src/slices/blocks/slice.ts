import { defineSlice } from '../../platform/slice.ts'
import type { ConversationPorts } from '../conversations/access.ts'
// For the facts it declares.
import type {} from '../files/news.ts'
import { heedAddress, noteOfContact } from './actions.ts'
import { blockRoutes } from './routes.ts'

export const blocksSlice = defineSlice<ConversationPorts>()({
  name: 'blocks',
  rights: ['contacts.block'],
  open: (ports) => ({
    routes: blockRoutes(ports),
    hears: {
      'contact.addressed': (addressed) => heedAddress(ports, addressed),
      'file.refused': (refused) => noteOfContact(ports, refused, { ...refused, by: null }),
    },
  }),
})
