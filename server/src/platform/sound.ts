import { Worker } from 'node:worker_threads'

/** A recording of somebody speaking, as every browser plays it and can go to any moment of it. */
export type Sound = {
  type: 'audio/webm' | 'audio/mp4'
  /** How long it is, in milliseconds. */
  ms: number
  bytes: Uint8Array
}

/** The largest recording that is looked at, in bytes: ten minutes at 200 kilobits a second, several times what speech takes. */
export const mostSoundBytes = 15 * 1024 * 1024
/**
 * So long one may take: for the thread to begin, which on a busy machine is no fault of the recording; then for any, and for a
 * byte. What somebody has broken on purpose could take for ever.
 */
const patienceMs = { toBegin: 60_000, first: 10_000, perByte: 0.01 }
const mostMegabytes = 256

/**
 * Puts a recording into the container that all browsers play – WebM for Opus, MP4 for AAC – without decoding it, and with what
 * recorders leave out: how long it is, and where its moments are. Null for what is no such recording: anything with a picture, with
 * more than one track, or that cannot be read.
 */
export async function soundOf(recording: Uint8Array): Promise<Sound | null> {
  if (recording.byteLength === 0 || recording.byteLength > mostSoundBytes) return null
  const worker = new Worker(new URL('./sound-worker.ts', import.meta.url), {
    workerData: recording,
    resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
  })
  const { toBegin, first, perByte } = patienceMs
  let timer: ReturnType<typeof setTimeout> | undefined
  try {
    return await new Promise<Sound | null>((resolve) => {
      const giveUp = () => resolve(null)
      timer = setTimeout(giveUp, toBegin)
      worker.on('message', (message: 'begun' | Sound | null) => {
        if (message !== 'begun') return resolve(message)
        clearTimeout(timer)
        timer = setTimeout(giveUp, first + perByte * recording.byteLength)
      })
      worker.once('error', giveUp)
      worker.once('exit', giveUp)
    })
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}
