import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { FastifyInstance } from 'fastify'
import { securityHeaders } from './headers.ts'

export type Readiness = { ready: boolean; reason?: string }

/** `/livez`: the process runs, and how late its event loop is. `/readyz`: it can do its work. */
export function addHealth(
  app: FastifyInstance,
  options: { isReady: () => Promise<Readiness>; isDraining: () => boolean; isHttps: boolean },
): void {
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()
  app.addHook('onClose', async () => {
    delay.disable()
  })
  const headers = securityHeaders('api', { isHttps: options.isHttps, host: '' })

  // Some balancers ask for the head alone.
  const head = { exposeHeadRoute: true }
  app.get('/livez', head, async (_request, reply) => {
    reply.headers(headers)
    const eventLoopDelayMs = Math.round(delay.percentile(99) / 1e4) / 100
    delay.reset()
    return { status: 'live', eventLoopDelayMs: Number.isFinite(eventLoopDelayMs) ? eventLoopDelayMs : 0 }
  })

  app.get('/readyz', head, async (_request, reply) => {
    reply.headers(headers)
    const readiness = options.isDraining()
      ? { ready: false, reason: 'stopping' }
      : await options.isReady().catch((): Readiness => ({ ready: false, reason: 'unknown' }))
    if (readiness.ready) return { status: 'ready' }
    reply.code(503).header('retry-after', '1')
    return { status: 'unready', reason: readiness.reason ?? 'unknown' }
  })
}
