import { parentPort, workerData } from 'node:worker_threads'
import {
  BufferSource,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  Input,
  type InputAudioTrack,
  MP4,
  Mp4OutputFormat,
  OGG,
  Output,
  WEBM,
  WebMOutputFormat,
} from 'mediabunny'
import type { Sound } from './sound.ts'

/*
 * A thread of its own for one recording: whoever sends something broken on purpose holds up nobody else, and is ended when it
 * takes too long.
 */

// From here on it depends on the recording how long it takes.
parentPort?.postMessage('begun')
parentPort?.postMessage(await soundIn(workerData as Uint8Array))

async function soundIn(recording: Uint8Array): Promise<Sound | null> {
  const input = new Input({ formats: [WEBM, MP4, OGG], source: new BufferSource(recording) })
  try {
    const [track, ...others] = await input.getTracks()
    if (!track?.isAudioTrack() || others.length > 0) return null
    return await packed(track)
  } catch {
    // Whatever is wrong with it: it is none that a browser has recorded.
    return null
  }
}

async function packed(track: InputAudioTrack): Promise<Sound | null> {
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
  for await (const packet of new EncodedPacketSink(track).packets()) {
    // A recording that another page began does not begin at nought.
    first ??= packet.timestamp
    const at = Math.max(0, packet.timestamp - first)
    end = Math.max(end, at + packet.duration)
    await source.add(packet.clone({ timestamp: at }), { decoderConfig })
  }
  await output.finalize()
  if (first === null || end <= 0 || !target.buffer) return null
  return {
    type: isOpus ? 'audio/webm' : 'audio/mp4',
    ms: Math.round(end * 1000),
    bytes: new Uint8Array(target.buffer),
  }
}
