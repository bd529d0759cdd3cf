import { type DestinationStream, destination as openDestination, pino } from 'pino'

/** What a line may say beside its message. A key that is not listed here does not reach the log. */
export type LogFacts = {
  error?: unknown
  module?: string
  requestId?: string
  method?: string
  /** The route's pattern, never the address: addresses hold tokens and search words. */
  route?: string
  status?: number
  code?: string
  reason?: string
  ms?: number
  count?: number
  port?: number
  roles?: string
  kind?: string
  attempts?: number
  delayMs?: number
  signal?: string
  /** Of a start, with the milliseconds each took. */
  parts?: string
  /** A setting's name, a file, an origin of our own; nothing a stranger chose. */
  subject?: string
  organizationId?: string
  operatorId?: string
  contactId?: string
  conversationId?: string
  sessionId?: string
  jobId?: string
  processId?: string
  connectionId?: string
}

type Say = (message: string, facts?: LogFacts) => void

export type Log = {
  readonly debug: Say
  readonly info: Say
  readonly warn: Say
  readonly error: Say
  readonly fatal: Say
  /** The same log for one module. */
  of(module: string): Log
}

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'

/**
 * Opens the log: one JSON line an event, on standard output. Redaction is by allow-list, so that what a person wrote, a
 * password or a token is not there even where somebody hands over a whole object.
 */
export function createLog(options: { level: LogLevel; destination?: DestinationStream }): Log {
  const lines = pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    options.destination ?? openDestination({ dest: 1, sync: true }),
  )
  return logOf(lines, {})
}

function logOf(lines: pino.Logger, own: LogFacts): Log {
  const say =
    (level: 'debug' | 'info' | 'warn' | 'error' | 'fatal'): Say =>
    (message, facts = {}) => {
      if (lines.isLevelEnabled(level)) lines[level](allowed({ ...own, ...facts }), message)
    }
  return {
    debug: say('debug'),
    info: say('info'),
    warn: say('warn'),
    error: say('error'),
    fatal: say('fatal'),
    of: (module) => logOf(lines, { ...own, module }),
  }
}

function allowed(facts: LogFacts): Record<string, unknown> {
  const line: Record<string, unknown> = {}
  for (const key of keys) {
    const value = facts[key]
    if (typeof value === 'string') line[key] = value.slice(0, 500)
    else if (typeof value === 'number' || typeof value === 'boolean') line[key] = value
  }
  if (facts.error !== undefined) line.error = describe(facts.error, 3)
  return line
}

/** What is told of an error: where and of which kind. Texts of the database repeat values, so theirs are masked. */
function describe(error: unknown, depth: number): unknown {
  if (!(error instanceof Error)) return { kind: typeof error }
  const { code, constraint, table, routine } = error as Error & Record<string, unknown>
  const isDatabases = typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)
  return {
    name: error.name,
    message: (isDatabases ? masked(error.message) : error.message).slice(0, 500),
    ...strings({ code, constraint, table, routine }),
    at: error.stack
      ?.split('\n')
      .filter((line) => line.startsWith('    at '))
      .slice(0, 12)
      .map((line) => line.slice(7)),
    ...(error.cause !== undefined && depth > 1 ? { cause: describe(error.cause, depth - 1) } : {}),
  }
}

function masked(message: string): string {
  return message.replace(/: ".*"/gs, ': "…"').replace(/: .{80,}/gs, ': …')
}

function strings(values: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

const keys = [
  'module',
  'requestId',
  'method',
  'route',
  'status',
  'code',
  'reason',
  'ms',
  'count',
  'port',
  'roles',
  'kind',
  'attempts',
  'delayMs',
  'signal',
  'parts',
  'subject',
  'organizationId',
  'operatorId',
  'contactId',
  'conversationId',
  'sessionId',
  'jobId',
  'processId',
  'connectionId',
] as const satisfies readonly (keyof LogFacts)[]
