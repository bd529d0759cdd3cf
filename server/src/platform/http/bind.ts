import type { AnswerOf, BodyOf, ParamsOf, QueryOf, Route } from '@foyer/contract/route.ts'
import type { RuleName } from './limits.ts'

/** What each kind of caller has proven. The slices that prove one add theirs by declaration merging. */
export interface Callers {
  anyone: null
}

export type CallerOf<R extends Route> = Callers[R['caller'] & keyof Callers]

/** What is known of a request besides its content. */
export type RequestFacts = {
  readonly id: string
  /** The peer's address, or what the trusted proxies say of it. */
  readonly ip: string
  readonly userAgent: string
  readonly origin: string | null
  /** The origin under which this request reached us. */
  readonly ownOrigin: string
  readonly acceptLanguage: string
  readonly authorization: string | null
  /** How long its body says that it is; null: it does not. */
  readonly contentLength: number | null
  readonly range: string | null
  readonly ifNoneMatch: string | null
  /** Host and port by which this request reached us. */
  readonly host: string
  /** A cookie of ours by its plain name; where the connection is secure it travels as `__Host-<name>`. */
  cookie(name: string): string | null
}

/** What a handler may say beside its answer. */
export type ReplyFacts = {
  /** Sets a cookie that scripts cannot read and other sites cannot send along, for this host alone. */
  setCookie(name: string, value: string, options: { maxAgeSeconds: number }): void
  clearCookie(name: string): void
  status(code: number): void
  /** Says something about a streamed answer; what is said of every answer may be replaced by it. */
  header(name: string, value: string): void
  /** Says that what was asked had been done before, so that it uses up nothing. */
  repeated(): void
}

export type Call<R extends Route> = {
  readonly params: ParamsOf<R>
  readonly query: QueryOf<R>
  readonly body: BodyOf<R>
  readonly caller: CallerOf<R>
  readonly request: RequestFacts
  readonly reply: ReplyFacts
  /** Counts what this call uses up, where that is known only now. @throws Failure request.too_many */
  count(uses: readonly Use[]): Promise<void>
}

/** A call before anything was done about it. */
export type Asked<R extends Route> = Omit<Call<R>, 'reply' | 'count'>

/** One use of something that is limited: which rule, and whose use (an id, a hash, an address; stored as a keyed hash). */
export type Use = { rule: RuleName; subject: string }

export type BindOptions<R extends Route> = {
  /** Pages of every origin may read the answer. Only for answers without a person's data, to requests without cookies. */
  anyOrigin?: true
  /** What a call uses up, by whom it is most widely shared first; looked at before the handler runs. */
  uses?: (call: Asked<R>) => readonly Use[]
  /** Asked only where a limit refuses: whether this very thing was done before. Then it is answered all the same. */
  wasDone?: (call: Asked<R>) => Promise<boolean>
}

/** A route with its handler, its types forgotten: what the server walks. */
export type BoundRoute = {
  readonly route: Route
  readonly anyOrigin: boolean
  readonly uses: ((call: AnyAsked) => readonly Use[]) | null
  readonly wasDone: ((call: AnyAsked) => Promise<boolean>) | null
  readonly handle: (call: AnyCall) => Promise<unknown>
}

export type AnyCall = {
  params: unknown
  query: unknown
  body: unknown
  caller: unknown
  request: RequestFacts
  reply: ReplyFacts
  count(uses: readonly Use[]): Promise<void>
}
export type AnyAsked = Omit<AnyCall, 'reply' | 'count'>

/** Gives a route of the contract its handler. What the handler gets is parsed and the caller proven. */
export function bind<R extends Route>(
  route: R,
  handle: (call: Call<R>) => Promise<AnswerOf<R>>,
  options: BindOptions<R> = {},
): BoundRoute {
  return {
    route,
    anyOrigin: options.anyOrigin ?? false,
    // The server hands over only what it parsed with this very route's schemas.
    uses: (options.uses as BoundRoute['uses'] | undefined) ?? null,
    wasDone: (options.wasDone as BoundRoute['wasDone'] | undefined) ?? null,
    handle: handle as BoundRoute['handle'],
  }
}
