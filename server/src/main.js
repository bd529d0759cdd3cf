import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

// Before anything else is loaded: what Node has compiled, with its types taken out, is kept for the next start. Beside the
// packages, where whoever may write could change the programs themselves; where we may not write, starts take longer.
// JavaScript, and the only file here that is: for a single one with types Node loads what takes them out, which costs time
// and memory, and is otherwise not needed.
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/foyer', import.meta.url)))
await import('./serve.ts')
