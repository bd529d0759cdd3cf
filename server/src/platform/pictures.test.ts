import { Transformer } from '@napi-rs/image'
import { imageSize } from 'image-size'
import { expect, test } from 'vitest'
import { createPictures } from './pictures.ts'

const { square } = createPictures()
const [yellow, green, red, black] = ['yellow', 'green', 'red', 'black'] as const

/** Four fields: yellow and green above, red and black below. */
function fields(width: number, height: number): Transformer {
  const pixels = new Uint8Array(width * height * 4)
  for (let at = 0; at < width * height; at++) {
    const isLeft = at % width < width / 2
    pixels.set([isLeft ? 255 : 0, at < (width * height) / 2 ? 255 : 0, 0, 255], at * 4)
  }
  return Transformer.fromRgbaPixels(pixels, width, height)
}

/** The fields of a picture of 256 by 256: top left, top right, bottom left, bottom right. */
async function fieldsOf(picture: Buffer): Promise<string[]> {
  const pixels = await new Transformer(picture).rawPixels()
  const bytesEach = pixels.length / (256 * 256)
  return [20, 235].flatMap((y) =>
    [20, 235].map((x) => {
      const at = (y * 256 + x) * bytesEach
      const [isRed, isGreen] = [(pixels[at] ?? 0) > 127, (pixels[at + 1] ?? 0) > 127]
      return isRed ? (isGreen ? yellow : red) : isGreen ? green : black
    }),
  )
}

/** A JPEG as a camera writes it that was held in another way, with a word of its own. */
function turned(jpeg: Buffer, orientation: number): Buffer {
  const directory = [
    0x4d,
    0x4d,
    0,
    42,
    0,
    0,
    0,
    8,
    0,
    1,
    0x01,
    0x12,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    orientation,
    0,
    0,
    0,
    0,
    0,
    0,
  ]
  const exif = Buffer.concat([Buffer.from('Exif\0\0'), Buffer.from(directory), Buffer.from('48.2082 N')])
  const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2])
  return Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)])
}

/** A WebP of the extended kind that says this size. */
function extended(webp: Buffer, width: number, height: number): Buffer {
  const head = Buffer.alloc(30)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(webp.length + 10, 4)
  head.write('WEBPVP8X', 8, 'latin1')
  head.writeUInt32LE(10, 16)
  head.writeUIntLE(width - 1, 24, 3)
  head.writeUIntLE(height - 1, 27, 3)
  return Buffer.concat([head, webp.subarray(12)])
}

test.each(['png', 'jpeg', 'webp'] as const)('[X7] a %s becomes a small square WebP', async (kind) => {
  const picture = await square(await fields(600, 400)[kind]())
  expect(imageSize(picture)).toMatchObject({ type: 'webp', width: 256, height: 256 })
  expect(await fieldsOf(picture)).toEqual([yellow, green, red, black])
})

test.each([
  [1, [yellow, green, red, black]],
  [3, [black, red, green, yellow]],
  [6, [red, yellow, black, green]],
  [8, [green, black, yellow, red]],
])(
  '[X7] orientation %i is turned upright, and what the camera wrote is gone',
  async (orientation, expected) => {
    const sent = turned(await fields(600, 400).jpeg(), orientation)
    expect(sent.includes('48.2082 N')).toBe(true)
    const picture = await square(sent)
    expect(await fieldsOf(picture)).toEqual(expected)
    for (const trace of ['Exif', 'EXIF', '48.2082', 'XMP', 'ICCP'])
      expect(picture.includes(trace)).toBe(false)
  },
)

test('[X7] what hides behind a picture is not carried on', async () => {
  const png = await fields(300, 300).png()
  const picture = await square(Buffer.concat([png, Buffer.from('<script>alert(1)</script>')]))
  expect(picture.includes('script')).toBe(false)
})

test('[X7] bombs are refused from their head alone', async () => {
  const png = await fields(20, 20).png()
  const saying = (width: number, height: number) => {
    const changed = Buffer.from(png)
    changed.writeUInt32BE(width, 16)
    changed.writeUInt32BE(height, 20)
    return changed
  }
  // The library is read once before time is taken.
  await square(png)
  // Sixteen bits a colour.
  const deep = saying(6_000, 6_000)
  deep[24] = 16
  for (const bomb of [
    deep,
    saying(16_000, 16_000),
    saying(30_000, 30_000),
    saying(2 ** 31 - 1, 1),
    saying(1, 21),
  ]) {
    const began = performance.now()
    await expect(square(bomb)).rejects.toMatchObject({ code: 'picture.too_large' })
    expect(performance.now() - began).toBeLessThan(50)
  }
})

test('[X7] a WebP that says another size than it has is refused, an honest one is not', async () => {
  const webp = await fields(600, 400).webp(80)
  await expect(square(extended(webp, 10, 10))).rejects.toMatchObject({ code: 'picture.unreadable' })
  expect(imageSize(await square(extended(webp, 600, 400)))).toMatchObject({ width: 256 })
})

test('[X7] a JPEG that says its size twice is refused', async () => {
  const jpeg = await fields(600, 400).jpeg()
  let at = 2
  while (jpeg[at + 1] !== 0xc0 && jpeg[at + 1] !== 0xc2) at += 2 + jpeg.readUInt16BE(at + 2)
  const first = Buffer.from(jpeg.subarray(at, at + 2 + jpeg.readUInt16BE(at + 2)))
  first.writeUInt32BE(0x000a_000a, 5)
  const twice = Buffer.concat([jpeg.subarray(0, at), first, jpeg.subarray(at)])
  expect(imageSize(twice)).toMatchObject({ width: 10 })
  await expect(square(twice)).rejects.toMatchObject({ code: 'picture.unreadable' })
})

test('[X7] what is no picture of ours is refused, whatever it calls itself', async () => {
  const png = await fields(300, 300).png()
  const webp = await fields(300, 300).webp(80)
  const others = {
    nothing: new Uint8Array(0),
    gif: Buffer.from('R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64'),
    svg: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    html: Buffer.from('<!doctype html><script>alert(1)</script>'),
    noise: Buffer.concat([png.subarray(0, 8), Buffer.alloc(5_000, 7)]),
    'noise behind the first signs of a JPEG': Buffer.concat([
      Buffer.from([0xff, 0xd8, 0xff]),
      Buffer.alloc(500_000, 0xff),
    ]),
    'half a PNG': png.subarray(0, png.length / 2),
    'half a WebP': webp.subarray(0, webp.length / 2),
    'a WebP that moves': Buffer.concat([
      extended(webp, 300, 300).subarray(0, 30),
      Buffer.from('ANIM\x06\0\0\0\0\0\0\0\0\0'),
    ]),
  }
  for (const [name, bytes] of Object.entries(others)) {
    const began = performance.now()
    await expect(square(bytes), name).rejects.toMatchObject({ code: 'picture.unreadable' })
    expect(performance.now() - began, name).toBeLessThan(50)
  }
})

test('many at once are all answered', async () => {
  const png = await fields(900, 900).png()
  const pictures = await Promise.all(Array.from({ length: 8 }, () => square(png)))
  expect(new Set(pictures.map((picture) => picture.toString('base64'))).size).toBe(1)
})
