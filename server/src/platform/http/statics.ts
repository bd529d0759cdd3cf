import type { FastifyReply, FastifyRequest } from 'fastify'
import { ownOrigin } from './facts.ts'
import { chooseEncoding, openFiles, type StoredFile } from './files.ts'
import { type HeaderFacts, type Surface, securityHeaders } from './headers.ts'

/** A directory of built files and where it is served. `loader` and `link` are prefixes that are one file. */
export type StaticMount = {
  prefix: string
  directory: string
  kind: 'app' | 'messenger' | 'demo' | 'loader' | 'link'
  /** Given for addresses below the prefix that are no file, when a browser asks for a page. */
  fallback?: 'index.html'
}

/** What pages need to know that is not in the files. */
export type Pages = {
  /** Sites that may show the messenger of this widget; an empty list: any; `null`: there is no such widget. */
  frameAncestors: (widgetKey: string) => Promise<readonly string[] | null>
  /** What stands for `{{widgetKey}}`, `{{color}}` and `{{origin}}` in the demo's pages. */
  demo: (request: { ownOrigin: string }) => Promise<{ widgetKey: string; color: string; origin: string }>
}

type Asked = { request: FastifyRequest; reply: FastifyReply; isHttps: boolean }

/** Answers a GET from the mounts; `false`: none of them has the address. */
export function createStatics(
  mounts: readonly StaticMount[],
  pages: Pages,
  /** Another origin from which files are shown. */
  filesOrigin: string | null,
): (asked: Asked) => Promise<boolean> {
  const inOrder = [...mounts]
    .sort((a, b) => b.prefix.length - a.prefix.length)
    .map((mount) => ({ mount, files: openFiles(mount.directory) }))

  return async (asked) => {
    const path = (asked.request.raw.url ?? '/').split('?')[0] ?? '/'
    const found = inOrder.find(({ mount }) => isBelow(path, mount))
    if (!found) return false
    const { mount, files } = found
    // Pages name their files relative to their own place.
    if (mount.kind === 'demo' && path === mount.prefix) {
      const { reply, request, isHttps } = asked
      reply.headers(securityHeaders('api', { isHttps, host: request.host })).redirect(`${mount.prefix}/`)
      return true
    }
    const name = nameBelow(path, mount)
    const file = await files.read(name)
    if (file && !isHidden(name)) {
      await send(asked, { file, mount, name, pages, filesOrigin })
      return true
    }
    if (mount.fallback && wantsPage(asked.request, path)) {
      const page = await files.read(mount.fallback)
      if (page) {
        await send(asked, { file: page, mount, name: mount.fallback, pages, filesOrigin })
        return true
      }
    }
    if (!(await files.exists())) {
      sayUnbuilt(asked, mount.kind)
      return true
    }
    return false
  }
}

function isBelow(path: string, mount: StaticMount): boolean {
  const bare = mount.prefix.replace(/\/$/, '')
  return mount.kind === 'loader' || mount.kind === 'link'
    ? path === bare
    : path === bare || path.startsWith(`${bare}/`)
}

function nameBelow(path: string, mount: StaticMount): string {
  if (mount.kind === 'loader') return 'messenger.js'
  if (mount.kind === 'link') return 'link.html'
  const below = path.slice(mount.prefix.replace(/\/$/, '').length).replace(/^\//, '')
  if (mount.kind === 'messenger' && below === 'frame') return 'frame.html'
  if (mount.kind === 'demo' && below !== '' && !below.includes('.')) return `${below.replace(/\/$/, '')}.html`
  return below === '' ? 'index.html' : below
}

/** Maps of the source are for those who build. */
function isHidden(name: string): boolean {
  return name.endsWith('.map')
}

function wantsPage(request: FastifyRequest, path: string): boolean {
  const accepts = request.headers.accept ?? ''
  return accepts.includes('text/html') && !/^\/(api|assets)(\/|$)/.test(path)
}

async function send(
  { request, reply, isHttps }: Asked,
  {
    file,
    mount,
    name,
    pages,
    filesOrigin,
  }: { file: StoredFile; mount: StaticMount; name: string; pages: Pages; filesOrigin: string | null },
): Promise<void> {
  const facts: HeaderFacts = { isHttps, host: request.host, filesOrigin }
  if (mount.kind === 'messenger' && name === 'frame.html') {
    facts.ancestors = await pages.frameAncestors(widgetOf(request))
  }
  let page: string | null = null
  if (mount.kind === 'demo') {
    const values = await pages.demo({ ownOrigin: ownOrigin(request) })
    facts.messengerOrigin = values.origin
    if (name.endsWith('.html')) page = fill(file.text(), values)
  }
  reply.headers(securityHeaders(mount.kind satisfies Surface, facts)).type(file.type)
  if (page !== null) {
    await reply.header('cache-control', 'no-store').send(page)
    return
  }
  reply
    .header('cache-control', cacheFor(name, mount))
    .header('etag', file.etag)
    .header('vary', 'accept-encoding')
  if (request.headers['if-none-match'] === file.etag) {
    await reply.code(304).send()
    return
  }
  const encoding = chooseEncoding(file, String(request.headers['accept-encoding'] ?? ''))
  if (encoding !== 'identity') reply.header('content-encoding', encoding)
  await reply.send(file.bytes[encoding])
}

/** Names under `assets/` hold a hash of what is in them. */
function cacheFor(name: string, mount: StaticMount): string {
  if (name.startsWith('assets/') && mount.kind !== 'demo') return 'public, max-age=31536000, immutable'
  return mount.kind === 'loader' ? 'public, max-age=300' : 'no-cache'
}

function widgetOf(request: FastifyRequest): string {
  return new URLSearchParams((request.raw.url ?? '').split('?')[1] ?? '').get('widget')?.slice(0, 64) ?? ''
}

function fill(text: string, values: { widgetKey: string; color: string; origin: string }): string {
  return text.replace(/\{\{(widgetKey|color|origin)\}\}/g, (_, name: 'widgetKey' | 'color' | 'origin') =>
    escapeHtml(values[name]),
  )
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

function sayUnbuilt({ request, reply, isHttps }: Asked, kind: StaticMount['kind']): void {
  reply
    .code(404)
    .headers(securityHeaders('api', { isHttps, host: request.host }))
    .type('text/plain; charset=utf-8')
    .send(`This part of Foyer (${kind}) is not built. Run npm run build, then load the page again.\n`)
}
