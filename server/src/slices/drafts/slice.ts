import { defineSlice } from '../../platform/slice.ts'
import type { ConversationPorts } from '../conversations/access.ts'
import { draftRoutes } from './routes.ts'

export const draftsSlice = defineSlice<ConversationPorts>()({
  name: 'drafts',
  tells: ['drafts'],
  open: (ports) => ({ routes: draftRoutes(ports) }),
})
