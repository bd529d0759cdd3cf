import { parseArgs } from 'node:util'

export type Size = 'test' | 'small' | 'full'
export type Options = {
  seed: number
  size: Size
  /** Which parts to run; null: all. */
  only: ReadonlySet<string> | null
  cuts: number | null
  /** Seconds, where a part has a length of its own. */
  duration: number | null
  /** A folder whose filled database is used again, and made where there is none; null: a throw-away one. */
  keep: string | null
}

/** Reads the options of a command line; says what is wrong with them and ends the process. */
export function readOptions(argv: readonly string[], parts: readonly string[]): Options {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        seed: { type: 'string' },
        size: { type: 'string', default: 'small' },
        only: { type: 'string' },
        cuts: { type: 'string' },
        duration: { type: 'string' },
        keep: { type: 'string' },
      },
    })
    const { size } = values
    if (size !== 'test' && size !== 'small' && size !== 'full')
      throw new Error(`--size ${size}: give small or full.`)
    const only = values.only ? new Set(values.only.split(',').map((name) => name.trim())) : null
    for (const name of only ?? []) {
      if (!parts.includes(name)) throw new Error(`--only ${name}: there are ${parts.join(', ')}.`)
    }
    return {
      seed: values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : whole('seed', values.seed),
      size,
      only,
      cuts: values.cuts === undefined ? null : whole('cuts', values.cuts),
      duration: values.duration === undefined ? null : whole('duration', values.duration),
      keep: values.keep ?? null,
    }
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`)
    process.exit(2)
  }
}

function whole(name: string, value: string): number {
  if (!/^\d+$/.test(value)) throw new Error(`--${name} ${value}: give a whole number.`)
  return Number(value)
}
