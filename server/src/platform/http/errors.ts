import type { ErrorBody } from '@foyer/contract/errors.ts'
import { Failure } from '../failure.ts'

/** Gives whatever was thrown its place in the catalogue. What is not ours to tell becomes `server.fault`. */
export function toFailure(error: unknown): Failure {
  if (error instanceof Failure) return error
  const { code, statusCode } = (error ?? {}) as { code?: unknown; statusCode?: unknown }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Failure('request.too_large')
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new Failure('request.unsupported_type')
  if (code === 'FST_ERR_BAD_URL' || code === 'FST_ERR_MAX_PARAM_LENGTH') return new Failure('route.unknown')
  // Anything else the server's own parser refuses: lengths that lie, aborted bodies.
  if (typeof code === 'string' && code.startsWith('FST_ERR_') && statusCode === 400) {
    return new Failure('request.invalid', { paths: [] })
  }
  // Node says so of a body whose sender went away while it was taken in; nobody is there to be answered.
  if (code === 'ECONNRESET' && error instanceof Error && error.message === 'aborted')
    return new Failure('request.invalid', { paths: [] })
  return new Failure('server.fault', {}, { cause: error })
}

export function errorBody(failure: Failure, requestId: string): ErrorBody {
  return {
    error: {
      code: failure.code,
      message: failure.message,
      requestId,
      ...(Object.keys(failure.details).length > 0 ? { details: failure.details } : {}),
    },
  }
}
