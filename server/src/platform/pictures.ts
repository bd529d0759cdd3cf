import { imageSize } from 'image-size'
import { Failure } from './failure.ts'
import { createGate } from './gate.ts'

/** A decoded picture takes four bytes a pixel, whatever it weighed when it came. */
const mostPixels = 40_000_000
/** A strip would be blown up before it is cut. */
const mostLonger = 20
const edge = 256
const quality = 82
const decodersAtOnce = 2

/**
 * Makes of a PNG, JPEG or WebP a square one: upright, small, and with nothing in it but the pixels.
 *
 * @throws Failure picture.unreadable, picture.too_large
 */
export type SquarePicture = (bytes: Uint8Array) => Promise<Buffer>

export function createSquarePicture(): SquarePicture {
  const gate = createGate(decodersAtOnce)
  return async (bytes) => {
    const { width, height } = sizeOf(bytes)
    const isStrip = Math.max(width, height) > mostLonger * Math.min(width, height)
    if (isStrip || width * height * weightOf(bytes) > mostPixels) throw new Failure('picture.too_large')
    return gate(async () => {
      // When a picture comes, and not at the start: its code is large, and many processes never see one.
      const { ResizeFit, Transformer } = await import('@napi-rs/image')
      try {
        return await new Transformer(bytes)
          .rotate()
          .resize({ width: edge, height: edge, fit: ResizeFit.Cover })
          .webp(quality)
      } catch (cause) {
        throw new Failure('picture.unreadable', {}, { cause })
      }
    })
  }
}

type Size = { width: number; height: number }

/** How large a picture says it is, read from its head alone. */
function sizeOf(bytes: Uint8Array): Size {
  const kind = kindOf(bytes)
  if (!kind) throw new Failure('picture.unreadable')
  try {
    const size = imageSize(bytes)
    if (size.type !== kind || size.width < 1 || size.height < 1) throw new Failure('picture.unreadable')
    if (kind === 'webp') demandHonestWebp(bytes, size)
    return size
  } catch (cause) {
    throw cause instanceof Failure ? cause : new Failure('picture.unreadable', {}, { cause })
  }
}

/** A pixel of 16 bits a colour, which only PNG has, takes the room of two. */
function weightOf(bytes: Uint8Array): 1 | 2 {
  return kindOf(bytes) === 'png' && bytes[24] === 16 ? 2 : 1
}

function kindOf(bytes: Uint8Array): 'png' | 'jpg' | 'webp' | null {
  const starts = (at: number, signs: string) => text(bytes, at, signs.length) === signs
  if (starts(0, '\x89PNG\r\n\x1a\n')) return 'png'
  if (starts(0, '\xff\xd8\xff')) return 'jpg'
  return starts(0, 'RIFF') && starts(8, 'WEBP') ? 'webp' : null
}

/** A WebP of the extended kind names its size twice, and only the second one is decoded. Those that move are refused. */
function demandHonestWebp(bytes: Uint8Array, said: Size): void {
  if (text(bytes, 12, 4) !== 'VP8X') return
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 12; at + 8 <= bytes.length; at += 8 + evenly(view.getUint32(at + 4, true))) {
    const name = text(bytes, at, 4)
    if (name === 'ANIM' || name === 'ANMF') break
    if (name !== 'VP8 ' && name !== 'VP8L') continue
    const plain = Buffer.concat([bytes.subarray(0, 12), bytes.subarray(at, at + 30)])
    const { width, height } = imageSize(plain)
    if (width === said.width && height === said.height) return
    break
  }
  throw new Failure('picture.unreadable')
}

/** Chunks begin at even places. */
const evenly = (length: number) => length + (length % 2)

function text(bytes: Uint8Array, at: number, length: number): string {
  return Buffer.from(bytes.subarray(at, at + length)).toString('latin1')
}
