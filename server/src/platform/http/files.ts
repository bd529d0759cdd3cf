import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { extname, join, resolve, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

export type Encoding = 'br' | 'gzip' | 'identity'
export type StoredFile = {
  readonly type: string
  readonly etag: string
  readonly bytes: Readonly<Partial<Record<Encoding, Buffer>>>
  readonly text: () => string
}

/** Files of one directory, held in memory with their compressed forms from the first time they are asked for. */
export type Files = {
  /** The file at a path below the directory; `null`: there is none, or it is none of ours to give. */
  read(path: string): Promise<StoredFile | null>
  exists(): Promise<boolean>
}

export function openFiles(directory: string): Files {
  const root = resolve(directory)
  const held = new Map<string, { mark: string; file: Promise<StoredFile> }>()
  return {
    async read(path) {
      const full = inside(root, path)
      if (!full) return null
      const facts = await stat(full).catch(() => null)
      if (!facts?.isFile()) return null
      // A build replaces files under a running server.
      const mark = `${facts.mtimeMs}:${facts.size}`
      const known = held.get(full)
      if (known?.mark === mark) return known.file
      const file = load(full)
      held.set(full, { mark, file })
      file.catch(() => held.delete(full))
      return file
    },
    exists: async () => (await stat(root).catch(() => null))?.isDirectory() ?? false,
  }
}

/** The best form that the browser takes. */
export function chooseEncoding(file: StoredFile, accepted: string): Encoding {
  const names = accepted.split(',').flatMap((part) => {
    const [name = '', quality] = part.trim().split(';')
    return quality && /q=0(\.0*)?$/.test(quality) ? [] : [name]
  })
  return (
    (['br', 'gzip'] as const).find((encoding) => names.includes(encoding) && file.bytes[encoding]) ??
    'identity'
  )
}

function inside(root: string, path: string): string | null {
  let plain: string
  try {
    plain = decodeURIComponent(path)
  } catch {
    return null
  }
  if (/[\\\0]/.test(plain) || plain.split('/').some((part) => part.startsWith('.'))) return null
  const full = join(root, plain)
  return full.startsWith(root + sep) ? full : null
}

async function load(path: string): Promise<StoredFile> {
  const bytes = await readFile(path)
  const type = types[extname(path)] ?? 'application/octet-stream'
  const isText = /^text\/|javascript|json|svg/.test(type)
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
  const forms: Partial<Record<Encoding, Buffer>> = { identity: bytes }
  if (isText && bytes.length > 512) {
    const quality = { [constants.BROTLI_PARAM_QUALITY]: 9 }
    const [br, gz] = await Promise.all([
      promisify(brotliCompress)(bytes, { params: quality }),
      promisify(gzip)(bytes, { level: 9 }),
    ])
    forms.br = br
    forms.gzip = gz
  }
  return { type, etag, bytes: forms, text: () => bytes.toString('utf8') }
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.wav': 'audio/wav',
}
