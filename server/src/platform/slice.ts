import type { Changed } from '@foyer/contract/changes.ts'
import type { Right } from '@foyer/contract/roles.ts'
import type { Bus } from './bus/bus.ts'
import type { Changes } from './changes.ts'
import type { Config } from './config.ts'
import type { Database, Statement } from './db/database.ts'
import type { Identify } from './http/answer.ts'
import type { BoundRoute } from './http/bind.ts'
import type { RateLimits } from './http/limits.ts'
import type { Pages } from './http/statics.ts'
import type { Chore } from './jobs/chores.ts'
import type { JobHandler } from './jobs/worker.ts'
import type { Log } from './log.ts'
import type { Notices } from './notices/notices.ts'
import type { Pictures } from './pictures.ts'
import type { Left } from './processes.ts'
import type { Announce, Hears, Reactions, Tell } from './reactions.ts'
import type { Connection, ConnectionHandler } from './socket/server.ts'
import type { Storage } from './storage/storage.ts'

/** What every slice of a process is handed. Of changes it may publish what it tells of, of settings see what it reads. */
export type Ports<Tells extends Changed = never, Reads extends keyof Config = never> = {
  readonly database: Database
  readonly bus: Bus
  readonly changes: Changes<Tells>
  readonly config: Pick<Config, Reads>
  /** Lines in it name the slice. */
  readonly log: Log
  readonly rateLimits: RateLimits
  readonly notices: Notices
  /** Where bytes lie that are too many for the database. */
  readonly storage: Storage
  readonly pictures: Pictures
  readonly announce: Announce
  readonly tell: Tell
  /** There is work for whoever is idle. */
  readonly wakeWorkers: () => void
  /** The installation's own, from which others derive. */
  readonly secret: Buffer
  /** The database's life. */
  readonly epoch: string
  readonly processId: string
  /** What clients are told that they talk to. */
  readonly build: string
}

/** Serves connections until closed. */
export type Sockets = { serve: (connection: Connection) => ConnectionHandler; close(): void }

/** What a slice brings to one process. */
export type Opened<Gives extends object> = {
  readonly routes?: readonly BoundRoute[]
  /** How it is proven who calls. */
  readonly callers?: Partial<Identify>
  /** Works jobs of these kinds. */
  readonly jobs?: Readonly<Record<string, JobHandler>>
  readonly chores?: readonly Chore[]
  /** Statements that take away what has expired, of all organizations. */
  readonly sweeps?: readonly Statement[]
  /** What it does about what earlier slices have done. */
  readonly hears?: Hears
  /** What takes over from processes that are gone. */
  readonly onGone?: (left: readonly Left[]) => Promise<void>
  /** Begins to serve sockets; one slice of them all has it, as with the two that follow. */
  readonly openSockets?: () => Sockets
  /** What pages are told that are served as files. */
  readonly pages?: Pages
  /** Sets up from the settings if they say so; answers the token of the link to set up by hand, or null when it is done. */
  readonly setUp?: () => Promise<string | null>
  /** What later slices may use of it in this process: ports of its own. */
  readonly gives?: Gives
}

/** Everything a slice brings, in one value. */
export type Slice<Given, Gives extends object> = {
  /** As its folder. */
  readonly name: string
  /** The rights that its proofs demand. */
  readonly rights: readonly Right[]
  /** What it tells screens has changed. */
  readonly tells: readonly Changed[]
  /** The settings it reads. */
  readonly settings: readonly (keyof Config)[]
  /** What it does in others' transactions. */
  readonly reactions: Reactions
  /** Called once a process, after the slices before it. */
  readonly open: (ports: Given) => Opened<Gives>
}

/**
 * Defines a slice. Its type says what it needs of earlier ones; what it says of changes and settings is all that it gets.
 *
 * @example export const notesSlice = defineSlice<Conversing>()({ name: 'notes', open: (ports) => ({ routes: … }) })
 */
export function defineSlice<Needs extends object = object>() {
  return <
    const Tells extends readonly Changed[] = readonly [],
    const Reads extends readonly (keyof Config)[] = readonly [],
    Gives extends object = object,
  >(slice: {
    name: string
    rights?: readonly Right[]
    tells?: Tells
    settings?: Reads
    reactions?: Reactions
    open: (ports: Ports<Tells[number], Reads[number]> & Needs) => Opened<Gives>
  }): Slice<Ports<Tells[number], Reads[number]> & Needs, Gives> => ({
    rights: [],
    tells: [],
    settings: [],
    reactions: {},
    ...slice,
  })
}

/** All there is to hand to the first slice; each gets a log under its own name. */
export type AllPorts = Ports<Changed, keyof Config>

/** Slices in their order. */
export type Order<Given> = {
  readonly all: readonly Slice<never, object>[]
  /** Adds one whose needs those before it give: at any other place the compiler refuses it. */
  add<Gives extends object>(slice: Slice<Given, Gives>): Order<Given & Gives>
  /** Opens one after the other. `opened` is told of each at once, as it may say or hear something from then on. */
  open(ports: AllPorts, opened: (slice: Opened<object>) => void): void
}

/** The beginning of an order. */
export function createOrder(): Order<AllPorts> {
  return orderOf([])
}

function orderOf<Given>(all: readonly Slice<never, object>[]): Order<Given> {
  return {
    all,
    add: (slice) => orderOf([...all, slice]),
    open(ports, opened) {
      let given: object = ports
      for (const slice of all) {
        const own = { ...given, log: ports.log.of(slice.name) }
        // `add` has held its needs against what is given before it.
        const brought = slice.open(own as never)
        const twice = Object.keys(brought.gives ?? {}).find((port) => port in given)
        if (twice) throw new Error(`The slice ${slice.name} gives "${twice}", which is given already.`)
        given = { ...given, ...brought.gives }
        opened(brought)
      }
    },
  }
}
