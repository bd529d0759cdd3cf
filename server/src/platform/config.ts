import { isIP } from 'node:net'
import { mailAddress } from '@foyer/contract/addresses.ts'
import type { ScannerAddress } from './scanner.ts'

/**
 * The settings an administrator gives in the environment, read once at start. Whatever is wrong is told at once, each
 * with how to mend it; a setting that is not used does not exist.
 */
export type Config = {
  port: number
  host: string
  /** The origin under which people reach this server; `null`: each request's own. */
  publicUrl: string | null
  dataDir: string
  /** `null`: the PostgreSQL that is started from `dataDir`. */
  databaseUrl: string | null
  /** What carries news between processes. */
  bus: 'postgres'
  roles: ReadonlySet<Role>
  /** The first operator, for a first start without a hand. */
  owner: { email: string; password: string } | null
  /** An origin of its own for the messenger's frame; `null`: the same as the Message Center's. */
  messengerUrl: string | null
  /** How many proxies stand before us, whose word on the caller's address is taken. */
  trustProxy: number
  logLevel: LogLevel
  /** By which server mail goes out, and under which address; `null`: it is kept, and sent to nobody. */
  mail: { server: MailServer; from: string } | null
  /** The bucket in which files lie; `null`: a folder below `dataDir`. */
  files: Bucket | null
  /** An origin of its own from which files are served; `null`: ours. */
  filesOrigin: string | null
  /** The clamd that files are looked through by; `null`: none. */
  scanner: ScannerAddress | null
  /** Bytes of files that an organization may store. */
  filesQuota: number
  /** For developers: serve from a database that may lose what it acknowledged. */
  allowUnsafeDatabase: boolean
}

/** A bucket of S3, or of what speaks like it. */
export type Bucket = {
  endpoint: string
  region: string
  bucket: string
  /** What all keys begin with; empty, or with a slash at its end. */
  prefix: string
  accessKeyId: string
  secretAccessKey: string
}

export type MailServer = {
  host: string
  port: number
  /** TLS from the first byte; otherwise it is asked for as soon as the server offers it. */
  secure: boolean
  login: { user: string; pass: string } | null
}
export type Role = (typeof allRoles)[number]
export type LogLevel = (typeof logLevels)[number]

const allRoles = ['http', 'socket', 'worker', 'connector'] as const
const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

const settings = [
  'PORT',
  'HOST',
  'PUBLIC_URL',
  'DATA_DIR',
  'DATABASE_URL',
  'BUS_URL',
  'ROLES',
  'OWNER_EMAIL',
  'OWNER_PASSWORD',
  'MESSENGER_URL',
  'TRUST_PROXY',
  'LOG_LEVEL',
  'SMTP_URL',
  'MAIL_FROM',
  'FILES_URL',
  'FILES_ORIGIN',
  'FILES_QUOTA_GB',
  'CLAMD_URL',
  'ALLOW_UNSAFE_DATABASE',
] as const
type Setting = (typeof settings)[number]

/** Everything that is wrong with the settings, a sentence each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

/** Reads the settings from an environment, or throws a `ConfigError` that lists all that is wrong. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const problems = misspelt(env)
  const read = <T>(name: Setting, otherwise: T, parse: (value: string) => T): T => {
    // A password may begin or end with a space.
    const value = name === 'OWNER_PASSWORD' ? env[name] : env[name]?.trim()
    if (value === undefined || value === '') return otherwise
    try {
      return parse(value)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      problems.push(`${name} ${error.message}`)
      return otherwise
    }
  }
  for (const [name, partner] of [
    ['OWNER_EMAIL', 'OWNER_PASSWORD'],
    ['OWNER_PASSWORD', 'OWNER_EMAIL'],
    ['SMTP_URL', 'MAIL_FROM'],
    ['MAIL_FROM', 'SMTP_URL'],
  ] as const) {
    if (env[name]?.trim() && !env[partner]?.trim())
      problems.push(`${name} is given without ${partner}: give both or neither.`)
  }
  // A mail leaves no request whose origin could be taken.
  if (env.SMTP_URL?.trim() && !env.PUBLIC_URL?.trim())
    problems.push('SMTP_URL is given without PUBLIC_URL: give it, for links in mails begin with it.')
  const config: Config = {
    port: read('PORT', 4000, (value) => parseWhole(value, { from: 0, to: 65_535 })),
    // Customers' browsers are to reach it, and a container's port is forwarded to no loopback; before there is an
    // owner, nobody gets further than the one-time link. Not '::', which a machine without IPv6 refuses.
    host: read('HOST', '0.0.0.0', parseHost),
    publicUrl: read('PUBLIC_URL', null, parseOrigin),
    dataDir: read('DATA_DIR', './data', (value) => value),
    databaseUrl: read('DATABASE_URL', null, parseDatabaseUrl),
    bus: read('BUS_URL', 'postgres', parseBus),
    roles: read('ROLES', new Set(allRoles), parseRoles),
    owner: together(read('OWNER_EMAIL', null, parseEmail), read('OWNER_PASSWORD', null, parsePassword)),
    messengerUrl: read('MESSENGER_URL', null, parseOrigin),
    trustProxy: read('TRUST_PROXY', 0, parseTrustProxy),
    logLevel: read('LOG_LEVEL', 'info', parseLogLevel),
    mail: mailOf(read('SMTP_URL', null, parseSmtpUrl), read('MAIL_FROM', null, parseEmail)),
    files: read('FILES_URL', null, parseBucket),
    filesOrigin: read('FILES_ORIGIN', null, parseOrigin),
    scanner: read('CLAMD_URL', null, parseScanner),
    filesQuota:
      read('FILES_QUOTA_GB', 100, (value) => parseWhole(value, { from: 1, to: 1_000_000 })) * 1024 ** 3,
    allowUnsafeDatabase: read('ALLOW_UNSAFE_DATABASE', false, parseSwitch),
  }
  if (config.filesOrigin && [config.publicUrl, config.messengerUrl].includes(config.filesOrigin))
    problems.push('FILES_ORIGIN is PUBLIC_URL or MESSENGER_URL: give it a host of its own, or leave it out.')
  if (problems.length > 0) throw new ConfigError(problems)
  return config
}

/** What is wrong with one value; continues the sentence that its setting's name begins. */
class Refusal extends Error {}

function parseWhole(value: string, range: { from: number; to: number }): number {
  const number = Number(value)
  if (/^\d+$/.test(value) && number >= range.from && number <= range.to) return number
  throw new Refusal(`is "${value}": give a whole number from ${range.from} to ${range.to}.`)
}

function parseHost(value: string): string {
  if (isIP(value) || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(value)) return value
  throw new Refusal(
    `is "${value}": give an address or a name of this machine, such as 127.0.0.1, without a port.`,
  )
}

function parseOrigin(value: string): string {
  const url = parseUrl(value)
  if (url && /^https?:$/.test(url.protocol)) {
    const bare = url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password
    if (bare) return url.origin
    throw new Refusal(`is "${value}": leave out everything after the host, as in ${url.origin}.`)
  }
  throw new Refusal(
    `is "${value}": give an address that begins with http:// or https://, such as https://chat.example.com.`,
  )
}

function parseDatabaseUrl(value: string): string {
  // The value holds a password, so it is not repeated.
  const url = parseUrl(value.replace('@/', '@localhost/'))
  if (url && /^postgres(ql)?:$/.test(url.protocol) && url.pathname.length > 1) return value
  throw new Refusal(
    'is no address of a PostgreSQL database: give postgresql://user:password@host:5432/database.',
  )
}

function parseSmtpUrl(value: string): MailServer {
  // The value holds a password, so it is not repeated.
  const url = parseUrl(value)
  const decoded = url && decode(url.username) !== null && decode(url.password) !== null
  if (url && decoded && /^smtps?:$/.test(url.protocol) && url.hostname !== '' && /^\/?$/.test(url.pathname)) {
    const secure = url.protocol === 'smtps:'
    return {
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
      secure,
      login:
        url.username === '' ? null : { user: decode(url.username) ?? '', pass: decode(url.password) ?? '' },
    }
  }
  throw new Refusal(
    'is no address of a mail server: give smtp://user:password@host:587 or smtps://user:password@host:465, signs such as @ in the password as %40.',
  )
}

function parseBucket(value: string): Bucket {
  // The value holds a secret, so it is not repeated.
  const url = parseUrl(value)
  const [, bucket = '', prefix = ''] =
    /^\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(url?.pathname ?? '') ?? []
  const accessKeyId = url && decode(url.username)
  const secretAccessKey = url && decode(url.password)
  if (
    url &&
    /^s3(\+http)?:$/.test(url.protocol) &&
    url.hostname !== '' &&
    bucket &&
    accessKeyId &&
    secretAccessKey
  )
    return {
      endpoint: `${url.protocol === 's3:' ? 'https' : 'http'}://${url.host}`,
      region: url.searchParams.get('region') ?? 'us-east-1',
      bucket,
      prefix: prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`,
      accessKeyId,
      secretAccessKey,
    }
  throw new Refusal(
    'is no address of a bucket: give s3://key:secret@host/bucket?region=eu-west-1, signs such as / in the secret as %2F; s3+http:// for one without TLS.',
  )
}

function parseScanner(value: string): ScannerAddress {
  const url = parseUrl(value)
  if (url?.protocol === 'unix:' && url.pathname.startsWith('/'))
    return { path: decodeURIComponent(url.pathname) }
  if (url?.protocol === 'tcp:' && url.hostname !== '' && /^\/?$/.test(url.pathname))
    return { host: url.hostname.replace(/^\[|\]$/g, ''), port: url.port === '' ? 3310 : Number(url.port) }
  throw new Refusal(`is "${value}": give tcp://127.0.0.1:3310, or unix:///run/clamav/clamd.ctl.`)
}

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part)
  } catch {
    return null
  }
}

function parseBus(value: string): 'postgres' {
  if (value === 'postgres') return value
  throw new Refusal(`is "${value}": this release carries news through PostgreSQL only; leave BUS_URL out.`)
}

function parseRoles(value: string): ReadonlySet<Role> {
  const names = value.split(',').map((name) => name.trim())
  const roles = names.filter((name): name is Role => (allRoles as readonly string[]).includes(name))
  if (roles.length === names.length) return new Set(roles)
  throw new Refusal(`is "${value}": give one or more of ${allRoles.join(', ')}, with commas between.`)
}

function parseEmail(value: string): string {
  const address = mailAddress(value)
  if (address) return address
  throw new Refusal(`is "${value}": give an email address, such as you@example.com.`)
}

function parsePassword(value: string): string {
  if (value.length < 8) throw new Refusal('is shorter than 8 characters: give a longer one.')
  if (value.length > 1024) throw new Refusal('is longer than 1024 characters: give a shorter one.')
  return value
}

function parseTrustProxy(value: string): number {
  if (/^\d$/.test(value)) return Number(value)
  throw new Refusal(`is "${value}": give the number of proxies before this server, such as 1, or 0 for none.`)
}

function parseLogLevel(value: string): LogLevel {
  const level = logLevels.find((known) => known === value.toLowerCase())
  if (level) return level
  throw new Refusal(`is "${value}": give one of ${logLevels.join(', ')}.`)
}

function parseSwitch(value: string): boolean {
  if (/^(1|true|on|yes)$/i.test(value)) return true
  if (/^(0|false|off|no)$/i.test(value)) return false
  throw new Refusal(`is "${value}": give on or off.`)
}

function parseUrl(value: string): URL | null {
  return URL.canParse(value) ? new URL(value) : null
}

function together(email: string | null, password: string | null): Config['owner'] {
  return email !== null && password !== null ? { email, password } : null
}

function mailOf(server: MailServer | null, from: string | null): Config['mail'] {
  return server !== null && from !== null ? { server, from } : null
}

function misspelt(env: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(env).flatMap(([name, value]) => {
    if (settings.some((setting) => setting === name) || isForeign(name, value ?? '')) return []
    const bare = name.toUpperCase().replace(/^FOYER_/, '')
    const meant = settings.find((setting) => distance(bare, setting) <= (setting.length < 8 ? 1 : 2))
    if (meant) return [`${name} is no setting: did you mean ${meant}? Rename it or take it out.`]
    if (/^FOYER_/i.test(name))
      return [`${name} is no setting: take it out. There are ${settings.join(', ')}.`]
    return []
  })
}

/** Names that come near ours by chance. */
function isForeign(name: string, value: string): boolean {
  // What tests of ours hand down, and what Kubernetes tells every pod of a service that is called foyer.
  return /^FOYER_(TEST_|SERVICE_(HOST|PORT)|PORT_\d+_(TCP|UDP))/.test(name) || /^(tcp|udp):\/\//.test(value)
}

/** How many letters are wrong, missing, too many, or swapped with their neighbour. */
function distance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const change = a[row - 1] === b[column - 1] ? 0 : 1
      let least = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + change)
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      if (row > 1 && column > 1 && swapped) least = Math.min(least, at(beforeLast, column - 2) + 1)
      current.push(least)
    }
    beforeLast = last
    last = current
  }
  return at(last, b.length)
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY
}
