import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, type BrowserContext, type ConsoleMessage, chromium, type Page } from 'playwright-core'
import { inject } from 'vitest'
import { browserPath, lightBrowserPath } from '../../browser-path.ts'

/** Nothing of the browser's own on the network, so that every request seen is a page's. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A microphone in which it beeps; who may listen, each test says.
  '--use-fake-device-for-media-stream',
]

/**
 * `light`: for most tests. `whole`: with what only a browser with windows has, such as notifications. `closed`: the same,
 * which blocks the storage of frames from other sites.
 */
export type BrowserKind = 'light' | 'whole' | 'closed'

const open = new Map<BrowserKind, Promise<Browser>>()

/**
 * A browser of the whole run, kept between files. Contexts of it are private windows, in which Chromium would block the
 * storage of a frame from another site; as in most people's windows it is allowed, unless the test is about that. Outside
 * of tests `profiles` says in which folder it keeps what it keeps.
 */
export function openBrowser(kind: BrowserKind = 'light', profiles?: string): Promise<Browser> {
  const browser = open.get(kind) ?? launch(kind, profiles ?? inject('e2e').profiles)
  open.set(kind, browser)
  return browser
}

async function launch(kind: BrowserKind, profiles: string): Promise<Browser> {
  // Removed with the run; the browser itself ends with this process, on whose pipe it hangs.
  const profile = join(profiles, `${kind}-${process.pid}`)
  mkdirSync(join(profile, 'Default'), { recursive: true })
  const settings = { profile: { cookie_controls_mode: kind === 'closed' ? 1 : 0 } }
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(settings))
  const executablePath = kind === 'light' ? lightBrowserPath() : browserPath()
  const browser = (await chromium.launchPersistentContext(profile, { executablePath, args })).browser()
  if (!browser) throw new Error('Chromium gave no handle on itself.')
  return browser
}

/** What a page did that no page of ours may do. */
export type Complaints = {
  /** Kept until the test ends; it then fails on any. */
  readonly list: string[]
  /** From now on lines and servers are away on purpose: what the browser itself says of that is no complaint. */
  expectOutage(): void
  /** For a site that complains about itself: messages of pages that match are none of ours. */
  allow(pattern: RegExp): void
}

export type Person = { context: BrowserContext; page: Page; complaints: Complaints }

/** Asking who is logged in is how a page learns that nobody is; the browser writes every 401 down as an error. */
const nobodyLoggedIn = /status of 401.*\/api\/v1\/session$/
/** What Chromium says when it cannot get through; our code has no way to keep it from saying so. */
const outage =
  /net::ERR_(INTERNET_DISCONNECTED|CONNECTION_|EMPTY_RESPONSE|FAILED|NETWORK|INCOMPLETE|SOCKET)|WebSocket connection to .* failed|status of 50[234]/

/** Watches everything a browser context does, in all its pages and frames. */
export async function watch(
  context: BrowserContext,
  isOurs: (origin: string) => boolean,
): Promise<Complaints> {
  const list: string[] = []
  const allowed: RegExp[] = [nobodyLoggedIn]
  const complain = (line: string) => {
    if (!allowed.some((pattern) => pattern.test(line))) list.push(line)
  }
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complain(lineOf(message))
  })
  context.on('weberror', (error) => complain(`page error: ${error.error().stack || error.error().message}`))
  context.on('dialog', (dialog) => {
    complain(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  context.on('request', (request) => {
    const url = new URL(request.url())
    if (/^(https?|wss?):$/.test(url.protocol) && !isOurs(url.origin))
      complain(`request to ${url.origin}: ${url.href}`)
  })
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) =>
      console.error(
        `policy violated: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile ?? ''}`,
      ),
    )
  })
  return {
    list,
    expectOutage: () => void allowed.push(outage),
    allow: (pattern) => void allowed.push(pattern),
  }
}

function lineOf(message: ConsoleMessage): string {
  return `console ${message.type()}: ${message.text()} at ${message.location().url}`
}
