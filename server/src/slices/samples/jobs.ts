import type { JobHandler } from '../../platform/jobs/worker.ts'
import { createBatch, removeBatch, type SampleContext } from './actions.ts'

/** Each job does one batch and leaves the next one behind in the same transaction: whatever happens, no batch is done twice. */
export function sampleJobs(context: SampleContext): Record<string, JobHandler> {
  return {
    'samples.create': (job) => createBatch(context, job),
    'samples.remove': (job) => removeBatch(context, job),
  }
}
