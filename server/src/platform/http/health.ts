import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { FastifyInstance } from 'fastify'
import { securityHeaders } from './headers.ts'

export type Readiness = { ready: boolean; reason?: string }

/** `/livez`: the process runs, and how late its event loop is. `/readyz`: it can do its work. */
export function addHealth(
  app: FastifyInstance,
  options: { isReady: () => Promise<Readiness>; isDraining: () => boolean; isHttps: boolean },
): void {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs })
  delay.enable()
  app.addHook('onClose', async () => {
    delay.disable()
  })
  const headers = securityHeaders('api', { isHttps: options.isHttps, host: '' })

  // Some balancers ask for the head alone.
  const head = { exposeHeadRoute: true }
  app.get('/livez', head, async (_request, reply) => {
    reply.headers(headers)
    // What is measured is the time between two looks, of which the resolution is meant to pass.
    const lateMs = delay.percentile(99) / 1e6 - resolutionMs
    delay.reset()
    return { status: 'live', eventLoopDelayMs: lateMs > 0 ? Math.round(lateMs * 100) / 100 : 0 }
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

const resolutionMs = 20
