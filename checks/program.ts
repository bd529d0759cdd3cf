import { spawn } from 'node:child_process'
import { delimiter, dirname } from 'node:path'
import { root } from './files.ts'

/** Programs of packages start the Node we run on, whichever the machine has. */
const path = [dirname(process.execPath), process.env.PATH].join(delimiter)

/** Runs a program of the repository and answers what it printed. `show`: also prints it as it comes. */
export function runProgram(
  [program = '', ...args]: readonly string[],
  options: { show?: boolean; env?: Readonly<Record<string, string>> } = {},
): Promise<{ code: number; text: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...options.env, PATH: path },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let text = ''
    for (const [stream, shown] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ] as const) {
      stream.on('data', (chunk: Buffer) => {
        text += chunk
        if (options.show) shown.write(chunk)
      })
    }
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, text }))
  })
}
