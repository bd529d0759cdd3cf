import { socketPath } from '@foyer/contract/protocol.ts'
import type { App } from '../app.ts'
import { createHttp, type Http } from '../platform/http/server.ts'

/** What a process serves over HTTP: REST, pages and files, or health alone where another role needs an address. */
export function startHttpRole(app: App, serves: { routes: boolean }): Promise<Http> {
  return createHttp({
    routes: serves.routes ? app.routes : [],
    statics: serves.routes ? app.statics : [],
    pages: app.pages,
    identify: app.identify,
    isReady: app.isReady,
    publicUrl: app.config.publicUrl,
    filesOrigin: app.config.filesOrigin,
    trustProxy: app.config.trustProxy,
    secureCookies: app.config.publicUrl?.startsWith('https:') ?? false,
    log: app.log,
    onRequest: app.onRequest,
    rateLimits: app.rateLimits,
    openapiFile: app.openapiFile,
    socketPath,
    checkAnswers: app.checkAnswers,
  })
}
