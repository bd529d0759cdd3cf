import type { ErrorBody } from '@foyer/contract/errors.ts'
import { ApiFailure } from './api.ts'

/** Nothing has moved for so long: the line is dead. A slow one may take as long as it likes. */
const stallMs = 25_000

/**
 * Puts bytes to a path and tells how many have gone out. `fetch` tells nothing of that. Rejects with an `ApiFailure`, and with
 * the signal's reason when it was given up.
 */
export function putBytes(
  path: string,
  bytes: Uint8Array<ArrayBuffer>,
  options: { headers: Record<string, string>; signal: AbortSignal; sent: (bytes: number) => void },
): Promise<void> {
  const { headers, signal, sent } = options
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    let stalled: ReturnType<typeof setTimeout> | undefined
    const abort = () => request.abort()
    const moved = () => {
      clearTimeout(stalled)
      stalled = setTimeout(abort, stallMs)
    }
    request.open('PUT', path)
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.onprogress = ({ loaded }) => {
      moved()
      sent(loaded)
    }
    request.onloadend = () => {
      clearTimeout(stalled)
      signal.removeEventListener('abort', abort)
      if (signal.aborted) reject(signal.reason)
      else if (request.status >= 200 && request.status < 300) resolve()
      else reject(failureOf(request))
    }
    if (signal.aborted) return reject(signal.reason)
    signal.addEventListener('abort', abort)
    moved()
    request.send(bytes)
  })
}

function failureOf(request: XMLHttpRequest): ApiFailure {
  const seconds = Number(request.getResponseHeader('retry-after') ?? Number.NaN)
  const retryAfterMs = Number.isFinite(seconds) ? seconds * 1000 : null
  let error: ErrorBody['error'] | undefined
  try {
    error = (JSON.parse(request.responseText) as Partial<ErrorBody>).error
  } catch {
    // Cut in the middle, or an answer of something between us and the server.
  }
  return new ApiFailure({
    code: error?.code ?? 'network',
    status: request.status,
    retryAfterMs,
    details: error?.details,
    requestId: error?.requestId,
  })
}
