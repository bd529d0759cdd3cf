import { fileTypeFromBuffer } from 'file-type'

/** From so many of its first bytes it is told what a file is. */
export const headBytes = 64 * 1024

/**
 * What a file is, by its first bytes: what its name or its sender says of it is not asked. `application/octet-stream` where
 * nothing is known; text is told by having no sign that text has not.
 */
export async function contentTypeOf(head: Buffer): Promise<string> {
  // Whatever its markup is hidden behind: what a browser could take for a page is one.
  const markup = markupOf(head)
  const found = await fileTypeFromBuffer(head).catch(() => undefined)
  const known = found && (sameTypes[found.mime] ?? found.mime)
  if (known && !known.endsWith('/xml')) return ofTracks(known, head)
  if (markup) return markup
  return known ?? (isText(head) ? 'text/plain' : 'application/octet-stream')
}

/** Other names of types that we speak of. */
const sameTypes: Readonly<Record<string, string>> = {
  'audio/x-m4a': 'audio/mp4',
  'video/x-m4v': 'video/mp4',
  'audio/vnd.wave': 'audio/wav',
  'audio/x-flac': 'audio/flac',
  'audio/ogg; codecs=opus': 'audio/ogg',
  'application/ogg': 'audio/ogg',
  'video/matroska': 'video/x-matroska',
  'image/apng': 'image/png',
}

/** Containers of pictures that move may hold sound alone. */
function ofTracks(type: string, head: Buffer): string {
  if (type === 'video/webm' || type === 'video/x-matroska')
    return head.includes('V_') || !head.includes('A_') ? type : type.replace('video', 'audio')
  if (type === 'video/mp4') return head.includes('soun') && !head.includes('vide') ? 'audio/mp4' : type
  return type
}

/** Text that is a page, a drawing or a program to whoever opens it. */
function markupOf(head: Buffer): string | null {
  const text = textOf(head.subarray(0, 4_096)).toLowerCase()
  if (/<svg[\s>:]/.test(text) || /<!doctype\s+svg/.test(text)) return 'image/svg+xml'
  if (/<(!doctype\s+html|html|head|body|script|iframe|object|embed|form|meta|link|style)[\s>/]/.test(text))
    return 'text/html'
  if (/^\s*<\?xml/.test(text)) return 'application/xml'
  if (/^mime-version:/m.test(text) && /^content-type:/m.test(text)) return 'multipart/related'
  if (text.startsWith('#!')) return 'text/x-script'
  return null
}

/** Its beginning as signs, whichever of the usual ways it is written in. */
function textOf(head: Buffer): string {
  if (head[0] === 0xff && head[1] === 0xfe) return head.subarray(2).toString('utf16le')
  if (head[0] === 0xfe && head[1] === 0xff)
    return Buffer.from(head.subarray(2, head.length - (head.length % 2)))
      .swap16()
      .toString('utf16le')
  return head.toString('latin1').replace(/^\xef\xbb\xbf/, '')
}

function isText(head: Buffer): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  return !/[\x00-\x08\x0e-\x1a\x1c-\x1f]/.test(textOf(head))
}
