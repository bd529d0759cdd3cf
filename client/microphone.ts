/** Why a browser gives no microphone: the person said no · the site around us does · there is none · another program has it · no TLS. */
export type Refusal = 'denied' | 'policy' | 'missing' | 'busy' | 'insecure'

/** Where in a browser the microphone is given back. */
export type BrowserKind = 'chromium' | 'firefox' | 'safari'

/** Asks for the microphone; the browser asks the person. Says why where there is none. */
export async function openMicrophone(): Promise<MediaStream | Refusal> {
  if (!navigator.mediaDevices?.getUserMedia || typeof MediaRecorder !== 'function') return 'insecure'
  if (isForbidden()) return 'policy'
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    })
  } catch (failure) {
    return refusalOf(failure)
  }
}

/** What a browser means by the failure of the question. */
export function refusalOf(failure: unknown): Refusal {
  const name = failure instanceof Error || failure instanceof DOMException ? failure.name : ''
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing'
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'denied'
}

/** Whether a page around this one keeps the microphone from it; browsers that do not tell are asked for it. */
function isForbidden(): boolean {
  const { featurePolicy } = document as Document & {
    featurePolicy?: { allowsFeature(feature: string): boolean }
  }
  return featurePolicy !== undefined && !featurePolicy.allowsFeature('microphone')
}

/** Which kind of browser this is, as far as its own settings look different. */
export function browserKind({ userAgent } = navigator): BrowserKind {
  if (/firefox|fxios/i.test(userAgent)) return 'firefox'
  return /safari/i.test(userAgent) && !/chrom(e|ium)|crios|edg/i.test(userAgent) ? 'safari' : 'chromium'
}

const bitsPerSecond = 32_000
/** Of what a browser can record, the first: what has Opus, then what others have. */
const types = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4;codecs=opus', 'audio/mp4']

/** A recorder of a stream, as small as speech needs. */
export function recorderOf(stream: MediaStream): MediaRecorder {
  const mimeType = types.find((type) => MediaRecorder.isTypeSupported(type))
  return new MediaRecorder(stream, {
    ...(mimeType ? { mimeType } : {}),
    audioBitsPerSecond: bitsPerSecond,
  })
}

/** How loud a stream is at the moment, from 0 to 1. */
export function meterOf(stream: MediaStream): { level: () => number; close: () => void } {
  const context = new AudioContext()
  void context.resume()
  const analyser = context.createAnalyser()
  analyser.fftSize = 2048
  context.createMediaStreamSource(stream).connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  return {
    level() {
      analyser.getFloatTimeDomainData(samples)
      let sum = 0
      for (const sample of samples) sum += sample * sample
      // Twice as loud is heard as less than twice: the root brings speech into the upper half.
      return Math.min(1, Math.sqrt(Math.sqrt(sum / samples.length) * 3))
    },
    close: () => void context.close().catch(() => undefined),
  }
}
