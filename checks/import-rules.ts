import { isOfTests } from './files.ts'
import type { Import } from './modules.ts'

/** Files of a slice that later slices may use; the others are its own. */
const open = ['model', 'access', 'news', 'reads', 'actions', 'change', 'shapes']

type Step = { from: string; target: Import['target']; isType: boolean }

/** Why an import breaks the one-way rules; `null` when it does not. `slices`: their order. */
export function refuse(step: Step, slices: readonly string[]): string | null {
  return 'package' in step.target
    ? refusePackage(step.from, step.target.package)
    : refuseFile({ ...step, to: step.target.file }, slices)
}

/** What each workspace may bring from npm, where that is part of its promise. */
function refusePackage(from: string, name: string): string | null {
  if (isOfTests(from) || name.startsWith('virtual:')) return null
  if (name.startsWith('node:')) return isBrowser(from) ? 'it runs in browsers, where there is no Node' : null
  if (from.startsWith('contract/') && name !== 'zod')
    return 'the contract is read by every part and by strangers: zod is its only dependency'
  // What hashes is loaded with the first file that somebody sends.
  if (from === 'client/carry.ts' && name === '@noble/hashes') return null
  if (from.startsWith('client/') && name !== 'intl-messageformat')
    return 'the client is in the messenger’s few kilobytes: it brings intl-messageformat and nothing else'
  if (/^messenger\/src\/loader\//.test(from) || /^messenger\/src\/bridge\//.test(from))
    return 'the loader runs on other people’s pages: it brings no package'
  return null
}

function isBrowser(file: string): boolean {
  return /^(web|messenger)\/src\//.test(file) || file.startsWith('client/')
}

function refuseFile(step: Step & { to: string }, slices: readonly string[]): string | null {
  const { from, to } = step
  if (/(^|\/)index\.tsx?$/.test(to)) return 'a barrel hides where things are: import the file itself'
  const [here, there] = [placeOf(from), placeOf(to)]
  if (here === 'e2e' && !['e2e', 'client', 'contract', 'locales', 'root'].includes(there) && !isDatabase(to))
    return 'the browser tests see the product from outside'
  if (isOfTests(from)) return null
  if (isOfTests(to) && here !== 'bench' && here !== 'checks')
    return 'what serves tests must not be in what runs'
  if (here === 'contract' && there !== 'contract')
    return 'the contract stands under everything and knows nothing above'
  if (here === 'client' && !['client', 'contract'].includes(there))
    return 'the client knows the contract alone'
  if (isBuildStep(to) && /^(web\/vite\.config|messenger\/build)\.ts$/.test(from)) return null
  if (['web', 'messenger'].includes(here) && ![here, 'client', 'contract', 'locales'].includes(there))
    return `${here} reaches the server by the contract alone`
  if (here === 'bench' && !['bench', 'client', 'contract', 'root'].includes(there) && !isMeasured(to))
    return 'measurements see the product from outside, or drive its very statements, reads and actions'
  if (here === 'root' && !['root', 'messenger', 'web'].includes(there) && !isBuildStep(from))
    return 'the build knows the front ends alone'
  if (here !== 'server' && there === 'server' && here !== 'checks' && here !== 'bench')
    return 'nobody looks into the server'
  return here === 'server' ? refuseInServer(step, slices) : null
}

/** What both builds make of what the product is given, knowing the client alone. */
function isBuildStep(path: string): boolean {
  return path === 'emoji-data.ts' || path === 'compiled-messages.ts'
}

/** What brings a database to test against, and what is in it. */
function isDatabase(to: string): boolean {
  return /^server\/src\/(platform|testing)\//.test(to)
}

/** What a measurement may take from the server: the statements, reads and actions it drives, what starts it, and builders. */
function isMeasured(to: string): boolean {
  return /^server\/src\/(platform\/|testing\/build\.ts$|slices\/\w+\/(model|shapes|statements|access|reads|actions|start|record)\.ts$)/.test(
    to,
  )
}

function refuseInServer(
  { from, to, isType }: Step & { to: string },
  slices: readonly string[],
): string | null {
  const inside = to.startsWith('server/src/')
  if (!inside) {
    if (to.startsWith('contract/') || (from === 'server/src/serve.ts' && to === 'build.ts')) return null
    return 'the server knows the contract alone'
  }
  const here = from.slice('server/src/'.length)
  const there = to.slice('server/src/'.length)
  if (here === 'app.ts') {
    return /^slices\.ts$|^platform\//.test(there)
      ? null
      : 'the app names no slice: it opens what slices.ts lists, and hands out what the platform gives'
  }
  if (here === 'main.ts') return there === 'main.js' ? null : 'it is main.js by another name'
  if (here === 'main.js') return there === 'serve.ts' ? null : 'before the start only what makes it short'
  if (here === 'serve.ts') {
    return /^(app|roles)\.ts$|^platform\//.test(there) ? null : 'the start knows the app and the roles'
  }
  if (here === 'owner-link.ts') {
    return /^platform\/|^slices\/accounts\/actions\.ts$/.test(there)
      ? null
      : 'the command knows the platform and what it does'
  }
  if (here === 'slices.ts') {
    return /^platform\/slice\.ts$|^slices\/[^/]+\/slice\.ts$/.test(there)
      ? null
      : 'the list of slices takes of each its slice.ts alone'
  }
  if (here === 'roles.ts' || here.startsWith('roles/')) {
    if (/^(platform|roles)\//.test(there) || (there === 'app.ts' && isType)) return null
    return 'a role is handed the app and knows no part of it: import its types and the platform'
  }
  if (here.startsWith('platform/')) {
    return there.startsWith('platform/')
      ? null
      : 'the platform knows no word of the domain: pass in what it needs'
  }
  return refuseInSlice({ here, there, isType }, slices)
}

function refuseInSlice(
  { here, there, isType }: { here: string; there: string; isType: boolean },
  slices: readonly string[],
): string | null {
  const [, slice = '', file = ''] = /^slices\/([^/]+)\/(.+)\.ts$/.exec(here) ?? []
  if (slice === '') return 'this place has no rule for imports: see checks/import-rules.ts'
  if (there.startsWith('platform/')) {
    return file === 'model' ? 'a model is pure rules: it takes types and earlier models' : null
  }
  const [, other = '', otherFile = ''] = /^slices\/([^/]+)\/(.+)\.ts$/.exec(there) ?? []
  if (other === '')
    return 'a slice knows the platform and earlier slices; what else it needs, app.ts hands in as a port'
  if (file === 'model' && otherFile !== 'model' && !(otherFile === 'shapes' && isType))
    return 'a model is pure rules: it takes types and earlier models'
  if (otherFile === 'slice') return 'what a slice brings is for slices.ts to list, and for app.ts to open'
  if (other === slice) return null
  if (slices.indexOf(other) >= slices.indexOf(slice))
    return `${other} comes after ${slice}: announce a fact and let ${other} react to it`
  if (!open.includes(otherFile)) return `of another slice only ${open.join(', ')} may be used`
  return null
}

function placeOf(file: string): string {
  return file.includes('/') ? (file.split('/')[0] ?? '') : 'root'
}
