import { defineSlice } from '../../platform/slice.ts'
import type { ConversationPorts } from '../conversations/access.ts'
import { sampleJobs } from './jobs.ts'
import { sampleReactions } from './reactions.ts'
import { sampleRoutes } from './routes.ts'

export const samplesSlice = defineSlice<ConversationPorts>()({
  name: 'samples',
  rights: ['samples.manage'],
  tells: ['sample', 'operators'],
  reactions: sampleReactions,
  open: (ports) => ({ routes: sampleRoutes(ports), jobs: sampleJobs(ports) }),
})
