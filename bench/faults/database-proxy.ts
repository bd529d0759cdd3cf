import { freePort } from '../stage/server-node.ts'
import { type Line, openRelay, type Target } from './relay.ts'

export type CrashPoint = 'before commit' | 'after commit'

export type DatabaseProxy = {
  readonly url: string
  /**
   * Calls back at the next write of an entry: before its statement reaches the database, or when the database has
   * committed it and says so. What was on its way does not arrive.
   */
  arm(point: CrashPoint, onPoint: () => void): void
  /** Out of reach: connections are reset, those that are there and those that come. */
  setReachable(isReachable: boolean): void
  close(): Promise<void>
}

/** Stands between the product and its database, and knows the statement that writes an entry by its name. */
export async function openDatabaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const url = new URL(databaseUrl)
  const folder = url.searchParams.get('host')
  const port = Number(url.port || 5432)
  const target: Target = folder ? { path: `${folder}/.s.PGSQL.${port}` } : { host: url.hostname, port }
  let armed: { point: CrashPoint; onPoint: () => void } | null = null

  function fire(line: Line): boolean {
    const { onPoint } = armed ?? {}
    armed = null
    onPoint?.()
    line.cut()
    return false
  }

  const relay = await openRelay({
    port: await freePort(),
    targets: () => [target],
    fromClient(line, chunk) {
      if (!armed || !chunk.includes('record_entry')) return true
      if (armed.point === 'before commit') return fire(line)
      line.armed = true
      return true
    },
    fromServer(line) {
      if (!line.armed) return true
      line.armed = false
      return armed ? fire(line) : true
    },
  })
  url.searchParams.delete('host')
  url.hostname = '127.0.0.1'
  url.port = String(relay.port)
  return {
    url: url.href,
    arm(point, onPoint) {
      armed = { point, onPoint }
    },
    setReachable(isReachable) {
      relay.refuse(!isReachable)
      if (!isReachable) relay.cutAll()
    },
    close: relay.close,
  }
}
