import { crc32 } from 'node:zlib'

/**
 * What a camera, a telephone or a program wrote into a picture beside its pixels – place, time, device, previews, comments –
 * taken out without a change to what is seen: pixels stay as they were encoded, colours keep their profile, and which way up it
 * is stays said.
 */

/** The picture without it, of JPEG, PNG and WebP; null where there is nothing to take out, it is another kind, or cannot be read. */
export function withoutCameraData(bytes: Buffer, type: string): Buffer | null {
  const pieces = piecesOf[type]?.(bytes)
  if (!pieces) return null
  const clean = Buffer.concat(pieces)
  return clean.equals(bytes) ? null : clean
}

const piecesOf: Readonly<Record<string, (bytes: Buffer) => Buffer[] | null>> = {
  'image/jpeg': ofJpeg,
  'image/png': ofPng,
  'image/webp': ofWebp,
}

const exifMark = Buffer.from('Exif\0\0', 'latin1')

/** Segments up to the pixels, each behind FF, its name and its length; what comes behind the picture's end goes too. */
function ofJpeg(bytes: Buffer): Buffer[] | null {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null
  const kept: Buffer[] = [bytes.subarray(0, 2)]
  let at = 2
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return null
    const name = bytes[at + 1] ?? 0
    // Fill bytes may stand before a name.
    if (name === 0xff) {
      at++
      continue
    }
    if (name === 0xda) {
      const end = endOfJpeg(bytes, at)
      return [...kept, bytes.subarray(at, end)]
    }
    const end = at + 2 + bytes.readUInt16BE(at + 2)
    if (end > bytes.length) return null
    const segment = bytes.subarray(at, end)
    if (!isSaying(name, segment)) kept.push(segment)
    else if (name === 0xe1 && segment.subarray(4, 10).equals(exifMark)) {
      const turned = orientationOf(segment.subarray(10))
      if (turned > 1) kept.push(exifSegment(turned))
    }
    at = end
  }
  return null
}

/** Whether a segment says something beside the picture: all that programs add but what pixels are made with (JFIF, ICC, Adobe). */
function isSaying(name: number, segment: Buffer): boolean {
  if (name === 0xfe) return true
  if (name < 0xe0 || name > 0xef || name === 0xe0 || name === 0xee) {
    // A small picture within, and what JFXX extends it by.
    return name === 0xe0 && segment.subarray(4, 8).toString('latin1') === 'JFXX'
  }
  return !(name === 0xe2 && segment.subarray(4, 15).toString('latin1') === 'ICC_PROFILE')
}

/** Behind the mark that ends the picture; further pictures, as telephones put behind it, bring what was written into them. */
function endOfJpeg(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1))
    if (bytes[at + 1] === 0xd9) return at + 2
  return bytes.length
}

function exifSegment(orientation: number): Buffer {
  const exif = Buffer.concat([exifMark, tiffOf(orientation)])
  const head = Buffer.from([0xff, 0xe1, 0, 0])
  head.writeUInt16BE(exif.length + 2, 2)
  return Buffer.concat([head, exif])
}

const pngSaying = new Set(['eXIf', 'tEXt', 'zTXt', 'iTXt', 'tIME', 'dSIG'])

function ofPng(bytes: Buffer): Buffer[] | null {
  const kept: Buffer[] = [bytes.subarray(0, 8)]
  let at = 8
  while (at + 12 <= bytes.length) {
    const end = at + 12 + bytes.readUInt32BE(at)
    if (end > bytes.length) return null
    const name = bytes.toString('latin1', at + 4, at + 8)
    if (!pngSaying.has(name)) kept.push(bytes.subarray(at, end))
    else if (name === 'eXIf') {
      const turned = orientationOf(bytes.subarray(at + 8, end - 4))
      if (turned > 1) kept.push(pngChunk('eXIf', tiffOf(turned)))
    }
    at = end
    if (name === 'IEND') return kept
  }
  return null
}

function pngChunk(name: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), content])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(content.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

/** Chunks behind the head RIFF, length, WEBP; what VP8X says is in it must be true. */
function ofWebp(bytes: Buffer): Buffer[] | null {
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP') return null
  const kept: Buffer[] = []
  let turned = 1
  let at = 12
  while (at + 8 <= bytes.length) {
    const length = bytes.readUInt32LE(at + 4)
    const end = at + 8 + length + (length % 2)
    if (at + 8 + length > bytes.length) return null
    const name = bytes.toString('latin1', at, at + 4)
    const chunk = Buffer.from(bytes.subarray(at, Math.min(end, bytes.length)))
    if (name === 'EXIF') turned = orientationOf(withoutMark(chunk.subarray(8, 8 + length)))
    else if (webpShown.has(name)) kept.push(chunk)
    at = end
  }
  const extended = kept.find((chunk) => chunk.toString('latin1', 0, 4) === 'VP8X')
  if (extended) {
    const exif = turned > 1 ? 0x08 : 0
    extended[8] = ((extended[8] ?? 0) & ~0x0c) | exif
    if (exif) kept.push(webpChunk('EXIF', tiffOf(turned)))
  }
  const body = Buffer.concat([Buffer.from('WEBP', 'latin1'), ...kept])
  const head = Buffer.from('RIFF\0\0\0\0', 'latin1')
  head.writeUInt32LE(body.length, 4)
  return [head, body]
}

const webpShown = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP'])

function webpChunk(name: string, content: Buffer): Buffer {
  const head = Buffer.from(`${name}\0\0\0\0`, 'latin1')
  head.writeUInt32LE(content.length, 4)
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)])
}

function withoutMark(exif: Buffer): Buffer {
  return exif.subarray(0, 6).equals(exifMark) ? exif.subarray(6) : exif
}

/** Which way up a picture is, by the first directory of its Exif; 1 where nothing readable says otherwise. */
function orientationOf(tiff: Buffer): number {
  const order = tiff.toString('latin1', 0, 2)
  if (tiff.length < 8 || (order !== 'II' && order !== 'MM')) return 1
  const short = (at: number) => (order === 'II' ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const directory = order === 'II' ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  if (directory + 2 > tiff.length) return 1
  for (
    let left = short(directory), at = directory + 2;
    left > 0 && at + 12 <= tiff.length;
    left--, at += 12
  ) {
    if (short(at) !== 0x0112) continue
    const value = short(at + 8)
    return value >= 1 && value <= 8 ? value : 1
  }
  return 1
}

/** An Exif that says which way up, and nothing else. */
function tiffOf(orientation: number): Buffer {
  const tiff = Buffer.alloc(26)
  tiff.write('MM', 0, 'latin1')
  tiff.writeUInt16BE(42, 2)
  tiff.writeUInt32BE(8, 4)
  tiff.writeUInt16BE(1, 8)
  tiff.writeUInt16BE(0x0112, 10)
  tiff.writeUInt16BE(3, 12)
  tiff.writeUInt32BE(1, 14)
  tiff.writeUInt16BE(orientation, 18)
  return tiff
}
