import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname } from 'node:path'

const files = new URL('../../messenger/demo/', import.meta.url)
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

export type ShopOptions = {
  widgetKey: string
  /** Where the messenger is loaded from. */
  messenger: string
  /** What a site may send along, such as a strict policy. */
  headers?: Readonly<Record<string, string>>
  /** What a site may do to its own pages. */
  change?: (html: string) => string
  /** Pages and scripts beside the demo's. */
  extra?: Readonly<Record<string, string>>
}

/** The sample shop, on another site than the server: 127.0.0.1 is not localhost to a browser. */
export type Shop = { readonly origin: string; close(): Promise<void> }

export async function openShop(options: ShopOptions): Promise<Shop> {
  const server = createServer(async (asked, answer) => {
    const path = (asked.url ?? '/').split('?')[0] ?? '/'
    const name = path === '/' ? 'index.html' : path.slice(1)
    const text = options.extra?.[name] ?? (await readFile(new URL(name, files), 'utf8').catch(() => null))
    if (text === null || name.includes('..')) return void answer.writeHead(404).end()
    const type = types[extname(name)] ?? 'text/javascript; charset=utf-8'
    const page = extname(name) === '.html' ? fill(text, options) : text
    answer.writeHead(200, { 'content-type': type, 'cache-control': 'no-store', ...options.headers }).end(page)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function fill(html: string, { widgetKey, messenger, change }: ShopOptions): string {
  const filled = html.replaceAll('{{widgetKey}}', widgetKey).replaceAll('{{origin}}', messenger)
  return change ? change(filled) : filled
}
