import { setTimeout as sleep } from 'node:timers/promises'
import { summarize } from '../stage/figures.ts'
import { startStage } from '../stage/stage.ts'
import { bySize, type Fault } from './fault.ts'
import { sendFrom } from './from-address.ts'
import { tellNeighbour, watchNeighbour } from './neighbour.ts'

const stranger = '127.0.0.1'
const clocks = ['00:00', '02:00', '04:00', '06:00', '08:00', '10:00', '12:00', '15:00', '18:00', '21:00']
const week = (day: object[]) => ({
  zone: 'Europe/Berlin',
  week: Array.from({ length: 7 }, () => day),
  dates: [],
})
const kinds = {
  'office hours': week([{ from: '09:00', to: '17:00' }]),
  'around the clock': week([{ from: '00:00', to: '24:00' }]),
  'around the clock in ten parts': week(
    clocks.map((from, index) => ({ from, to: clocks[index + 1] ?? '24:00' })),
  ),
}

/** Strangers who look at a messenger again and again; it costs the same whenever its service is open. */
export const configuration: Fault = {
  name: 'A2',
  title: 'strangers look at a messenger',
  async run(run) {
    const many = bySize(run.options.size, { test: 200, small: 1_000, full: 5_000 })
    await using acquired = new AsyncDisposableStack()
    const medians: Record<string, number> = {}
    const stage = await startStage({ database: 'beside', nodes: 1 })
    acquired.defer(stage.close)
    const [node] = stage.nodes
    if (!node) throw new Error('There is no process.')
    const path = `/api/v1/messenger/widgets/${stage.widgetKey}`
    const ask = { path: '/readyz' }
    for (const [name, hours] of Object.entries(kinds)) {
      await stage.sql('update widgets set hours = $1', [JSON.stringify(hours)])
      // What was kept of it before is of another week.
      await node.stop()
      await node.start()
      const before = await watchNeighbour(node, ask, () => sleep(2_000))
      const took: number[] = []
      run.begin(name)
      const measured = await watchNeighbour(node, ask, async () => {
        for (let asked = 0; asked < many; asked += 40) {
          await Promise.all(
            Array.from({ length: 40 }, async () => {
              const began = performance.now()
              const { status } = await sendFrom(node, { from: stranger, method: 'GET', path })
              took.push(performance.now() - began)
              if (status !== 200) run.violate({ check: 'limit', detail: `${name}: answered ${status}` })
            }),
          )
        }
      })
      run.end(name)
      medians[name] = summarize(took).p50
      run.figure(`${name}: forty at once, p50 / max ms`, `${summarize(took).p50} / ${summarize(took).max}`)
      tellNeighbour(run, before, measured, { mb: 60, p99Ms: 250 })
    }
    // Below a tenth of a second for forty it is the machine that is measured.
    const least = Math.max(100, medians['office hours'] ?? 0)
    for (const name of ['around the clock', 'around the clock in ten parts'])
      run.limit(`${name}: times office hours`, Math.round(((medians[name] ?? 0) / least) * 10) / 10, 3)
  },
}
