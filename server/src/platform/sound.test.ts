import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import {
  BufferSource,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedPacketSink,
  Input,
  MP4,
  Mp4OutputFormat,
  Output,
  WEBM,
} from 'mediabunny'
import { describe, expect, test } from 'vitest'
import { recorded } from '../testing/recorded.ts'
import { soundOf } from './sound.ts'

/** What a reader that is not ours sees of it. */
async function seen(bytes: Uint8Array) {
  const input = new Input({ formats: [WEBM, MP4], source: new BufferSource(bytes) })
  const track = await input.getPrimaryAudioTrack()
  if (!track) throw new Error('no track')
  let packets = 0
  for await (const _ of new EncodedPacketSink(track).packets()) packets++
  return {
    codec: await track.getCodec(),
    duration: await input.computeDuration(),
    told: await input.getDurationFromMetadata(),
    packets,
  }
}

/** A recording as Safari makes it before it knows Opus: AAC, in fragments, without how long it is. */
async function fragmentsOfAac(seconds: number): Promise<Buffer> {
  const target = new BufferTarget()
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: 'fragmented' }), target })
  const source = new EncodedAudioPacketSource('aac')
  output.addAudioTrack(source)
  await output.start()
  const frame = 1024 / 48_000
  const decoderConfig = {
    codec: 'mp4a.40.2',
    sampleRate: 48_000,
    numberOfChannels: 1,
    description: Uint8Array.of(0x11, 0x88),
  }
  for (let at = 0; at < seconds; at += frame)
    await source.add(new EncodedPacket(new Uint8Array(90), 'key', at, frame), { decoderConfig })
  await output.finalize()
  return Buffer.from(target.buffer as ArrayBuffer)
}

describe('[C9] a recording becomes what all browsers play', () => {
  test('WebM as Chromium and Firefox record it is told how long it is', async () => {
    const given = await recorded('webm')
    expect((await seen(given)).told).toBeNull()
    const sound = await soundOf(given)
    expect(sound).toMatchObject({ type: 'audio/webm' })
    const { codec, told, packets } = await seen(sound?.bytes as Uint8Array)
    expect(codec).toBe('opus')
    expect(packets).toBe((await seen(given)).packets)
    expect(told).toBeCloseTo((sound?.ms ?? 0) / 1000, 1)
    expect(sound?.ms).toBeGreaterThan(2_000)
    expect(sound?.ms).toBeLessThan(2_600)
  })

  test('Opus in MP4 becomes WebM, AAC stays in MP4, whole and with its length', async () => {
    const opus = await soundOf(await recorded('mp4'))
    expect(opus).toMatchObject({ type: 'audio/webm' })
    expect(await seen(opus?.bytes as Uint8Array)).toMatchObject({ codec: 'opus' })
    const aac = await soundOf(await fragmentsOfAac(3))
    expect(aac).toMatchObject({ type: 'audio/mp4' })
    expect(Buffer.from(aac?.bytes ?? []).includes('moof')).toBe(false)
    expect(aac?.ms).toBeGreaterThanOrEqual(3_000)
    expect(aac?.ms).toBeLessThan(3_100)
  })

  test('one that a reload cut off is what was there of it', async () => {
    const whole = await recorded('webm')
    const cut = await soundOf(whole.subarray(0, Math.floor(whole.byteLength * 0.7)))
    expect(cut?.ms).toBeGreaterThan(500)
    expect(cut?.ms).toBeLessThan(2_000)
  })
})

describe('[C9] what is no recording is none', () => {
  test.each(['picture', 'text', 'nothing'])('%s', async (what) => {
    const bytes =
      what === 'picture'
        ? await readFile(new URL('../../../e2e/world/face.png', import.meta.url))
        : Buffer.from(what === 'text' ? 'Good morning' : '')
    expect(await soundOf(bytes)).toBeNull()
  })

  test('broken ones are refused or mended, and nothing falls over', async () => {
    const whole = await recorded('webm')
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.byteLength - 1), fc.nat(255)), { minLength: 1, maxLength: 40 }),
        async (changes) => {
          const broken = Buffer.from(whole)
          for (const [at, byte] of changes) broken[at] = byte
          const sound = await soundOf(broken)
          expect(sound === null || sound.ms > 0).toBe(true)
        },
      ),
      { numRuns: 10 },
    )
  }, 150_000)
})
