import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { openPostgresBus } from '../../server/src/platform/bus/postgres.ts'
import { openDatabase } from '../../server/src/platform/db/database.ts'
import { startWorker } from '../../server/src/platform/jobs/worker.ts'
import { createLog } from '../../server/src/platform/log.ts'

// A worker of the product in a process of its own, with one kind of job: it waits, then writes an effect down in the
// transaction that ends the job.

const [name = '', holdMs = '0'] = process.argv.slice(2)
const url = process.env.DATABASE_URL ?? ''
const log = createLog({ level: 'silent' })
const database = openDatabase({ url, size: 3, onIdleError: () => undefined })

startWorker({
  database,
  bus: await openPostgresBus({ url, log }),
  log,
  workerId: randomUUID(),
  handlers: {
    async 'bench.probe'(job) {
      await sleep(Number(holdMs))
      await database.within(job.organizationId, async (transaction) => {
        await transaction.query({
          text: 'insert into effects (job_id, worker, at) values ($1, $2, clock_now())',
          values: [job.id, name],
        })
        await job.complete(transaction)
      })
    },
  },
})
process.stdout.write('working\n')
process.stdin.on('end', () => process.exit(0)).resume()
