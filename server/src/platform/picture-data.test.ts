import { crc32 } from 'node:zlib'
import { Transformer } from '@napi-rs/image'
import { expect, test } from 'vitest'
import { withoutCameraData } from './picture-data.ts'

const plain = () => Transformer.fromRgbaPixels(new Uint8Array(40 * 30 * 4).fill(90), 40, 30)
const canary = Buffer.from('CANARY 48.8584 N')

/** Exif that says which way up, with a place behind it. */
function exif(orientation: number): Buffer {
  const tiff = Buffer.from('4d4d002a000000080001011200030000000100000000000000000000', 'hex').subarray(0, 26)
  const made = Buffer.from(tiff)
  made.writeUInt16BE(orientation, 18)
  return Buffer.concat([made, canary])
}

function pngChunk(name: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name), content])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(content.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

test('[C7] of a PNG texts, times and places go, and it can still be read', async () => {
  const png = await plain().png()
  const said = Buffer.concat([
    png.subarray(0, 33),
    pngChunk('tEXt', Buffer.concat([Buffer.from('Comment\0'), canary])),
    pngChunk('eXIf', exif(6)),
    pngChunk('iTXt', canary),
    png.subarray(33),
    canary,
  ])
  const clean = withoutCameraData(said, 'image/png')
  expect(clean?.includes(canary)).toBe(false)
  expect(clean?.includes('eXIf')).toBe(true)
  expect(await new Transformer(clean ?? Buffer.of()).rawPixels()).toEqual(
    await new Transformer(png).rawPixels(),
  )
})

test('[C7] of a WebP it goes too, and what its head says of it stays true', async () => {
  const webp = await plain().webp()
  const extended = Buffer.alloc(18)
  extended.write('VP8X', 0)
  extended.writeUInt32LE(10, 4)
  extended[8] = 0x0c
  extended.writeUIntLE(39, 12, 3)
  extended.writeUIntLE(29, 15, 3)
  const chunk = (name: string, content: Buffer) => {
    const head = Buffer.from(`${name}\0\0\0\0`, 'latin1')
    head.writeUInt32LE(content.length, 4)
    return Buffer.concat([head, content, Buffer.alloc(content.length % 2)])
  }
  const body = Buffer.concat([
    Buffer.from('WEBP'),
    extended,
    webp.subarray(12),
    chunk('EXIF', exif(1)),
    chunk('XMP ', canary),
  ])
  const head = Buffer.from('RIFF\0\0\0\0')
  head.writeUInt32LE(body.length, 4)
  const clean = withoutCameraData(Buffer.concat([head, body]), 'image/webp') ?? Buffer.of()
  expect(clean.includes(canary)).toBe(false)
  expect(clean[20]).toBe(0)
  expect(clean.readUInt32LE(4)).toBe(clean.length - 8)
  expect(await new Transformer(clean).metadata()).toMatchObject({ width: 40, height: 30 })
})

test('what has nothing to take out, or cannot be read, stays as it is', async () => {
  const jpeg = await plain().jpeg()
  expect(withoutCameraData(jpeg, 'image/jpeg')).toBeNull()
  for (const type of ['image/jpeg', 'image/png', 'image/webp', 'image/gif']) {
    expect(withoutCameraData(Buffer.from('no picture'), type)).toBeNull()
    expect(withoutCameraData(Buffer.of(), type)).toBeNull()
    expect(withoutCameraData(jpeg.subarray(0, 100), type)).toBeNull()
  }
})
