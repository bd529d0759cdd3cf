import { defineSlice } from '../../platform/slice.ts'
import type { ConversationPorts } from '../conversations/access.ts'
import { noteRoutes } from './routes.ts'

export const notesSlice = defineSlice<ConversationPorts>()({
  name: 'notes',
  open: (ports) => ({ routes: noteRoutes(ports) }),
})
