import type { FileSettings } from '@foyer/contract/files.ts'
import { headBytes } from '../../platform/content-type.ts'
import { scannerAway } from '../../platform/notices/scanner.ts'
import { createRunningSums } from '../../platform/running-sums.ts'
import { openScanner } from '../../platform/scanner.ts'
import { defineSlice } from '../../platform/slice.ts'
import { fileChores } from './jobs.ts'
import { fileRoutes } from './routes.ts'

/** Bytes that one contact may bring within a day. */
const contactDayBytes = 500 * 1024 * 1024
/** Uploads whose sums one process remembers; of others what came is read again. */
const mostSums = 200
/** Uploads that nobody sent, removed by one sweep. */
const sweptAtOnce = 1_000

/** Files: how they come, lie, and are looked at. Messages that bring them are the conversations' business. */
export const filesSlice = defineSlice()({
  name: 'files',
  rights: ['widgets.manage'],
  settings: ['filesOrigin', 'filesQuota', 'scanner'],
  open(ports) {
    const { filesOrigin, filesQuota, scanner } = ports.config
    const { notices } = ports
    const isAway = () => notices.list().some(({ kind }) => kind === scannerAway.kind)
    const context = {
      ...ports,
      filesOrigin,
      scanner: scanner && openScanner(scanner),
      scannerState: () => (scanner ? (isAway() ? 'away' : 'there') : 'none') as FileSettings['scanner'],
      scanned: (outcome: 'there' | 'away') =>
        outcome === 'away' ? notices.say(scannerAway) : notices.over(scannerAway),
      quota: { organization: filesQuota, contactDay: contactDayBytes },
      finishing: new Map(),
      sums: createRunningSums({ most: mostSums, headBytes }),
    }
    return {
      routes: fileRoutes(context),
      chores: fileChores(context),
      sweeps: [{ text: 'select sweep_files($1)', values: [sweptAtOnce] }],
    }
  },
})
