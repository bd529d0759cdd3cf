import { talk } from './cast.ts'
import { bySize, type Fault, playScene } from './fault.ts'

/** The answer is cut off the moment it comes back: the server has done it, and the client cannot know. */
export const lostAnswers: Fault = {
  name: 'F3',
  title: 'answers lost on the way',
  async run(run) {
    run.check = { staleMs: 10_000 }
    const wanted = run.options.cuts ?? bySize(run.options.size, { test: 300, small: 300, full: 3_000 })
    const stage = { database: 'beside', nodes: 1 } as const
    await playScene(run, { stage, operators: 6, contacts: 24, readers: 12 }, async ({ cast, proxy }) => {
      const began = performance.now()
      const limitMs = bySize(run.options.size, { test: 100_000, small: 120_000, full: 420_000 })
      run.begin('cutting')
      proxy.cutAnswers({ writes: 0.25, reads: 0.05, socket: 0.004 })
      const isOver = () => proxy.cuts().writes >= wanted || performance.now() - began > limitMs
      await talk(cast, { perSecond: 120, isOver, lively: true })
      proxy.cutAnswers(null)
      run.end('cutting')
      const cuts = proxy.cuts()
      run.figure('answers to writes cut off', cuts.writes)
      run.figure('other answers cut off', cuts.reads)
      run.figure('sockets cut off', cuts.socket)
      if (cuts.writes < wanted)
        run.violate({ check: 'limit', detail: `only ${cuts.writes} of ${wanted} cuts came about in time` })
    })
  },
}
