import { Failure } from '../failure.ts'

type DatabaseError = Error & { code?: string; constraint?: string }

/**
 * SQLSTATE classes and system errors that say: the database is away, overwhelmed, cannot write (25006, 58030), or somebody
 * holds a lock for too long (55P03). Try again.
 */
const away = /^(08|53|57P0|57014|55P03|25P03|25006|58030|ECONN|EPIPE|ENOENT|ETIMEDOUT|EHOSTUNREACH)/

/**
 * Gives an error of the database its meaning: it cannot serve right now (503, retried by clients), or itself, which is a
 * fault of ours. A `Failure` thrown inside a transaction passes through.
 */
export function fromDatabase(error: unknown): Error {
  if (error instanceof Failure || !(error instanceof Error)) return error as Error
  const { code, message } = error as DatabaseError
  if (
    (code && away.test(code)) ||
    /Connection terminated|timeout exceeded when trying to connect|not queryable|Client was closed/.test(
      message,
    )
  ) {
    return new Failure('server.unavailable', {}, { retryAfter: 1, cause: error })
  }
  return error
}

/** Whether an insert failed because this unique constraint or index already holds the value. */
export function violates(error: unknown, constraint: string): boolean {
  const { code, constraint: name } = error as DatabaseError
  return code === '23505' && name === constraint
}
