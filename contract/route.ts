import type { z } from 'zod'
import type { ErrorCode } from './errors.ts'

/** The largest body of a route that takes what people write at length: twenty thousand signs, however they are written. */
export const writtenBytes = 150 * 1024

/** The same where it may be formatted: with the parts of a tree, and addresses. */
export const formattedBytes = 336 * 1024

/** Who may call a route: one of these is proven before the handler runs. */
export type Caller = 'anyone' | 'operator' | 'contact'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** A REST route as data: validation, OpenAPI, the rights matrix and the typed client are all made from it. */
export type Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
  Who extends Caller = Caller,
> = {
  readonly method: Method
  /** Path below the origin, with `:name` for parameters. */
  readonly path: string
  readonly caller: Who
  /** One line for the documentation, in the imperative. */
  readonly summary: string
  readonly params: Params
  readonly query: Query
  readonly body: Body
  readonly answer: Answer
  /** Bytes that the body's JSON may have; where this is not said 16 KB, which most are far below. */
  readonly bodyBytes?: number
  /** The body is bytes of one of these types, at most so many of them; where this is not said it is JSON. */
  readonly takes?: {
    readonly types: readonly string[]
    readonly atMost: number
    /** They are handed on as they come, and not read before it is known who calls. */
    readonly isStreamed?: true
  }
  /** The answer is bytes of this type, which stay what they are for good; where this is not said it is JSON. */
  readonly gives?: string
  /** What it gives is handed on as it is read; of which type and how long, whoever gives it says. */
  readonly isStreamed?: true
  /** Errors beyond the common ones (bad request, not logged in, too many requests). */
  readonly errors: readonly ErrorCode[]
}

export type ParamsOf<R extends Route> = z.output<R['params']>
export type QueryOf<R extends Route> = z.output<R['query']>
export type BodyOf<R extends Route> = z.output<R['body']>
export type AnswerOf<R extends Route> = z.output<R['answer']>

/** Declares a route; exists for its inference. */
/* @__NO_SIDE_EFFECTS__ */
export function route<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Answer extends z.ZodType,
  Who extends Caller,
>(definition: Route<Params, Query, Body, Answer, Who>): Route<Params, Query, Body, Answer, Who> {
  return definition
}
