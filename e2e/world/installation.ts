import { createServer } from 'node:net'
import { type Balancer, startBalancer } from './balancer.ts'
import { type ServerProcess, startServer } from './server.ts'

export type Mode = 'one' | 'many'

/** The product on one database, at one address. */
export type Installation = {
  readonly databaseUrl: string
  readonly port: number
  readonly origin: string
  readonly processes: readonly ServerProcess[]
  /** Only with several processes. */
  readonly balancer: Balancer | null
  stop(): Promise<void>
}

const parts = [
  ['http-1', 'http'],
  ['http-2', 'http'],
  ['socket-1', 'socket'],
  ['socket-2', 'socket'],
  ['worker', 'worker'],
  ['connector', 'connector'],
] as const

/** Starts the product: all roles in one process, or each role in processes of its own behind one address. */
export async function startInstallation(
  mode: Mode,
  databaseUrl: string,
  mail: { SMTP_URL: string; MAIL_FROM: string } | null = null,
): Promise<Installation> {
  // Tests' clusters may lose what they acknowledged, which the server is told not to mind.
  const settings = { DATABASE_URL: databaseUrl, ALLOW_UNSAFE_DATABASE: 'on' }
  if (mode === 'one') {
    const server = await startServer(
      'all',
      mail ? { ...settings, ...mail, ...(await knownOrigin()) } : settings,
    )
    return installation(databaseUrl, server.port, [server], null)
  }
  const start = (some: readonly (typeof parts)[number][], more: Record<string, string>) =>
    Promise.all(
      some.map(([name, role]) => startServer(name, { ...settings, ...more, ROLES: role, TRUST_PROXY: '1' })),
    )
  const isWorker = ([name]: (typeof parts)[number]) => name === 'worker'
  // All are given the same settings; where mail goes out they must know under which address they are found.
  const known = mail ? await knownOrigin() : null
  const more = mail && known ? { ...mail, PUBLIC_URL: known.PUBLIC_URL } : {}
  const processes = await start(
    parts.filter((part) => !isWorker(part)),
    more,
  )
  const ofRole = (role: string) => processes.filter(({ name }) => name.startsWith(role))
  const targets = { http: ofRole('http'), socket: ofRole('socket') }
  const balancer = await startBalancer(targets, Number(known?.PORT ?? 0))
  processes.push(...(await start(parts.filter(isWorker), more)))
  return installation(databaseUrl, balancer.port, processes, balancer)
}

/** A free port that is known before the server has it. */
async function knownOrigin(): Promise<{ PORT: string; PUBLIC_URL: string }> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return { PORT: `${port}`, PUBLIC_URL: `http://localhost:${port}` }
}

function installation(
  databaseUrl: string,
  port: number,
  processes: ServerProcess[],
  balancer: Balancer | null,
): Installation {
  return {
    databaseUrl,
    port,
    origin: `http://localhost:${port}`,
    processes,
    balancer,
    async stop() {
      const codes = await Promise.all(processes.map((each) => each.stop('SIGTERM')))
      await balancer?.close()
      const wrong = processes.flatMap(({ name }, index) =>
        codes[index] === 0 ? [] : [`${name}: ${codes[index]}`],
      )
      if (wrong.length > 0) throw new Error(`Processes did not stop cleanly: ${wrong.join(', ')}`)
    },
  }
}
