import { setTimeout as sleep } from 'node:timers/promises'
import { startStage } from '../stage/stage.ts'
import { bySize, type Fault } from './fault.ts'
import { sendFrom } from './from-address.ts'
import { tellNeighbour, watchNeighbour } from './neighbour.ts'

const office = '127.0.0.1'
const path = '/api/v1/session'

/** Somebody guesses passwords from the office's own address; whoever logged in there before goes on logging in. */
export const guesses: Fault = {
  name: 'A4',
  title: 'somebody guesses passwords from the same address',
  async run(run) {
    const rounds = bySize(run.options.size, { test: 8, small: 20, full: 60 })
    await using acquired = new AsyncDisposableStack()
    const stage = await startStage({ database: 'beside', nodes: 1, env: { FOYER_TEST_LIMITS: 'kept' } })
    acquired.defer(stage.close)
    const [node] = stage.nodes
    if (!node) throw new Error('There is no process.')
    const { email, password } = stage.owner
    const logIn = (body: object, cookie = '') =>
      sendFrom(node, { from: office, method: 'POST', path, body, headers: cookie ? { cookie } : {} })
    const first = await logIn({ email, password })
    const known = first.cookies.filter((cookie) => cookie.includes('foyer-known')).join('; ')

    const ask = { path: '/readyz' }
    const before = await watchNeighbour(node, ask, () => sleep(2_000))
    let [right, wrong, refused] = [0, 0, 0]
    run.begin('guessing')
    const measured = await watchNeighbour(node, ask, async () => {
      for (let round = 0; round < rounds; round++) {
        const tries = Array.from({ length: 10 }, (_, index) =>
          logIn({
            email: index % 2 ? email : `person${index}@example.com`,
            password: `guess ${round} ${index}`,
          }),
        )
        if ((await logIn({ email, password }, known)).status === 200) right++
        for (const { status } of await Promise.all(tries)) {
          if (status === 401) wrong++
          if (status === 429) refused++
        }
        await sleep(300)
      }
    })
    run.end('guessing')
    run.figure('guesses looked at / refused', `${wrong} / ${refused}`)
    run.figure('the known browser let in', `${right} of ${rounds}`)
    if (right < rounds)
      run.violate({ check: 'limit', detail: `a known browser was let in ${right} times of ${rounds}` })
    if (wrong > 5 + rounds) run.violate({ check: 'limit', detail: `${wrong} guesses were looked at` })
    // Each password that is looked at takes 19 MB for a moment.
    tellNeighbour(run, before, measured, { mb: 150, p99Ms: 250 })
  },
}
