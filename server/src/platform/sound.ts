import { setImmediate } from 'node:timers/promises'
import type { InputAudioTrack } from 'mediabunny'

/** A recording of somebody speaking, as every browser plays it and can go to any moment of it. */
export type Sound = {
  type: 'audio/webm' | 'audio/mp4'
  /** How long it is, in milliseconds. */
  ms: number
  bytes: Buffer
}

/** The largest recording that is looked at, in bytes: ten minutes at 200 kilobits a second, several times what speech takes. */
export const mostSoundBytes = 15 * 1024 * 1024

/** So many are put away before whoever else waits is served: some milliseconds. */
const packetsInTurn = 16

/**
 * Puts a recording into the container that all browsers play – WebM for Opus, MP4 for AAC – without decoding it, and with what
 * recorders leave out: how long it is, and where its moments are. Null for what is no such recording: anything with a picture, with
 * more than one track, or that cannot be read.
 */
export async function soundOf(recording: Uint8Array): Promise<Sound | null> {
  if (recording.byteLength > mostSoundBytes) return null
  const { BufferSource, Input, MP4, OGG, WEBM } = await import('mediabunny')
  const input = new Input({ formats: [WEBM, MP4, OGG], source: new BufferSource(recording) })
  try {
    const [track, ...others] = await input.getTracks()
    if (!track?.isAudioTrack() || others.length > 0) return null
    return await packed(track)
  } catch {
    // Whatever is wrong with it: it is none that a browser has recorded.
    return null
  } finally {
    input.dispose()
  }
}

async function packed(track: InputAudioTrack): Promise<Sound | null> {
  const {
    BufferTarget,
    EncodedAudioPacketSource,
    EncodedPacketSink,
    Mp4OutputFormat,
    Output,
    WebMOutputFormat,
  } = await import('mediabunny')
  const codec = await track.getCodec()
  const decoderConfig = await track.getDecoderConfig()
  if ((codec !== 'opus' && codec !== 'aac') || !decoderConfig) return null
  const isOpus = codec === 'opus'
  const target = new BufferTarget()
  const output = new Output({
    format: isOpus ? new WebMOutputFormat() : new Mp4OutputFormat({ fastStart: 'in-memory' }),
    target,
  })
  const source = new EncodedAudioPacketSource(codec)
  output.addAudioTrack(source)
  await output.start()
  let first: number | null = null
  let end = 0
  let packets = 0
  for await (const packet of new EncodedPacketSink(track).packets()) {
    // A recording that another page began does not begin at nought.
    first ??= packet.timestamp
    const at = Math.max(0, packet.timestamp - first)
    end = Math.max(end, at + packet.duration)
    await source.add(packet.clone({ timestamp: at }), { decoderConfig })
    // Nothing of this waits for anything: others get their turn.
    if (++packets % packetsInTurn === 0) await setImmediate()
  }
  await output.finalize()
  if (first === null || end <= 0 || !target.buffer) return null
  return {
    type: isOpus ? 'audio/webm' : 'audio/mp4',
    ms: Math.round(end * 1000),
    bytes: Buffer.from(target.buffer),
  }
}
