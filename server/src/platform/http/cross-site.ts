import { Failure } from '../failure.ts'

export type Sender = {
  method: string
  origin: string | undefined
  /** The browser's word on where the request comes from. */
  fetchSite: string | undefined
  /** The header that a form of another site cannot set. */
  mark: string | undefined
  host: string
}

/**
 * Refuses a request that another site made in our user's name. `byCookie`: the browser adds what proves the caller, or the
 * answer sets it (log-in, set-up).
 */
export function refuseCrossSite(
  sender: Sender,
  options: { publicOrigin: string | null; byCookie: boolean },
): void {
  if (sender.method === 'GET') {
    // No page of another site has a reason to ask, and the time an answer takes can tell something.
    if (options.byCookie && sender.fetchSite === 'cross-site') throw new Failure('request.cross_site')
    return
  }
  if (options.byCookie && sender.mark !== '1') throw new Failure('request.cross_site')
  if (sender.origin !== undefined) {
    if (!isOwn(sender.origin, sender.host, options.publicOrigin)) throw new Failure('request.cross_site')
  } else if (sender.fetchSite === 'cross-site' || sender.fetchSite === 'same-site') {
    throw new Failure('request.cross_site')
  }
}

/** Whether an origin is ours: the public one, or the one this request was sent to. */
export function isOwn(origin: string, host: string, publicOrigin: string | null): boolean {
  if (publicOrigin !== null && origin === publicOrigin) return true
  // The scheme is not compared: behind a proxy that ends TLS we see http.
  return origin === `https://${host}` || origin === `http://${host}`
}
