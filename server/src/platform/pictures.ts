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

/** The longer side of a small picture that is shown in place of a large one. */
const thumbnailEdge = 640

/** Makes pictures of pictures; all who do share the few turns there are, because each holds all of its pixels. */
export type Pictures = {
  /**
   * Makes of a PNG, JPEG or WebP a square one: upright, small, and with nothing in it but the pixels.
   *
   * @throws Failure picture.unreadable, picture.too_large
   */
  square(bytes: Uint8Array): Promise<Buffer>
  /** How large a picture of this type is when it stands upright; null where that cannot be read, or it is too large to be shown. */
  sizeOf(bytes: Uint8Array, type: string): Size | null
  /** A small one of it, upright, as WebP; null where it is small already or of a kind that is not decoded. Only in turn. */
  thumbnail(bytes: Uint8Array, size: Size): Promise<Buffer | null>
  /** Lets one work on pictures when it is their turn. */
  inTurn<T>(work: () => Promise<T>): Promise<T>
}

export function createPictures(): Pictures {
  const inTurn = createGate(decodersAtOnce)
  return {
    inTurn,

    async square(bytes) {
      const { width, height } = sizeOf(bytes)
      if (isTooLarge({ width, height }, bytes)) throw new Failure('picture.too_large')
      return inTurn(async () => {
        const { ResizeFit, Transformer } = await decoder()
        try {
          return await new Transformer(bytes)
            .rotate()
            .resize({ width: edge, height: edge, fit: ResizeFit.Cover })
            .webp(quality)
        } catch (cause) {
          throw new Failure('picture.unreadable', {}, { cause })
        }
      })
    },

    sizeOf(bytes, type) {
      try {
        const { width, height, orientation = 1 } = imageSize(bytes)
        if (width < 1 || height < 1 || isTooLarge({ width, height }, bytes)) return null
        if (type === 'image/webp') demandHonestWebp(bytes, { width, height })
        return orientation > 4 ? { width: height, height: width } : { width, height }
      } catch {
        return null
      }
    },

    async thumbnail(bytes, { width, height }) {
      const longer = Math.max(width, height)
      if (longer <= thumbnailEdge || !kindOf(bytes)) return null
      const scale = thumbnailEdge / longer
      const { Transformer } = await decoder()
      return new Transformer(bytes)
        .rotate()
        .resize(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)))
        .webp(quality)
        .catch(() => null)
    },
  }
}

/** When a picture comes, and not at the start: its code is large, and many processes never see one. */
function decoder() {
  return import('@napi-rs/image')
}

function isTooLarge({ width, height }: Size, bytes: Uint8Array): boolean {
  const isStrip = Math.max(width, height) > mostLonger * Math.min(width, height)
  return isStrip || width * height * weightOf(bytes) > mostPixels
}

export type Size = { width: number; height: number }

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
