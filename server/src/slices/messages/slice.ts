import { defineSlice } from '../../platform/slice.ts'
import type { ConversationPorts } from '../conversations/access.ts'
import { messageRoutes } from './routes.ts'

export const messagesSlice = defineSlice<ConversationPorts>()({
  name: 'messages',
  rights: ['messages.delete_others'],
  open: (ports) => ({ routes: messageRoutes(ports) }),
})
