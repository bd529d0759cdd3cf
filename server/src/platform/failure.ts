import { type ErrorCode, errors } from '@foyer/contract/errors.ts'

/** Something that went wrong in a way the caller can be told: a code of the catalogue and, where it helps, details. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly code: ErrorCode
  readonly details: Record<string, unknown>
  /** Seconds to wait before trying again, for answers that say so. */
  readonly retryAfter: number | null

  constructor(
    code: ErrorCode,
    details: Record<string, unknown> = {},
    options: { retryAfter?: number; cause?: unknown } = {},
  ) {
    super(errors[code].text, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.details = details
    this.retryAfter = options.retryAfter ?? null
  }

  get status(): number {
    return errors[this.code].status
  }
}
