import type { SoundName } from '@foyer/contract/signs.ts'

/** A tone: when it begins, how high it is (gliding to `to`), how fast it fades, and how loud its overtones are. */
type Tone = {
  at: number
  hertz: number
  to?: number
  /** Seconds until it is a third as loud. */
  fade: number
  /** Overtones, by how many times higher they are. */
  over?: readonly (readonly [times: number, loud: number])[]
}

/** Our own sounds, as the tones they are made of; short, and soft at their beginning. */
const scores: Record<SoundName, { seconds: number; tones: readonly Tone[] }> = {
  chime: {
    seconds: 0.9,
    tones: [
      { at: 0, hertz: 659.3, fade: 0.16, over: [[2, 0.25]] },
      { at: 0.13, hertz: 880, fade: 0.22, over: [[2, 0.2]] },
    ],
  },
  drop: { seconds: 0.35, tones: [{ at: 0, hertz: 520, to: 1_040, fade: 0.07 }] },
  marimba: {
    seconds: 0.7,
    tones: [523.3, 659.3, 784].map((hertz, index) => ({
      at: index * 0.09,
      hertz,
      fade: 0.09,
      over: [[4, 0.18]] as const,
    })),
  },
  bell: {
    seconds: 1.4,
    tones: [
      {
        at: 0,
        hertz: 587.3,
        fade: 0.38,
        over: [
          [2.76, 0.35],
          [5.4, 0.12],
        ],
      },
    ],
  },
  knock: {
    seconds: 0.4,
    tones: [0, 0.14].map((at) => ({ at, hertz: 330, to: 180, fade: 0.03, over: [[2.3, 0.3]] as const })),
  },
}

const softSeconds = 0.006
const loudest = 0.8

/** The samples of a sound, between -1 and 1. */
export function synthesize(name: SoundName, sampleRate: number): Float32Array<ArrayBuffer> {
  const { seconds, tones } = scores[name]
  const samples = new Float32Array(Math.ceil(seconds * sampleRate))
  for (const tone of tones) add(samples, tone, sampleRate)
  const highest = samples.reduce((high, sample) => Math.max(high, Math.abs(sample)), 0)
  const end = 0.04 * sampleRate
  for (let index = 0; index < samples.length; index++) {
    // Nothing breaks off: the last hundredths fade to silence.
    const left = Math.min(1, (samples.length - 1 - index) / end)
    samples[index] = ((samples[index] ?? 0) / highest) * loudest * left
  }
  return samples
}

function add(samples: Float32Array, { at, hertz, to = hertz, fade, over = [] }: Tone, sampleRate: number) {
  let turn = 0
  for (let index = Math.floor(at * sampleRate); index < samples.length; index++) {
    const time = index / sampleRate - at
    turn += ((to + (hertz - to) * Math.exp(-time / fade)) / sampleRate) * 2 * Math.PI
    const envelope = Math.min(1, time / softSeconds) * Math.exp(-time / fade)
    const tone = over.reduce(
      // Overtones fade faster, as they do on anything that is struck.
      (sum, [times, loud]) =>
        sum + loud * Math.sin(turn * times) * Math.exp((-time * (times - 1)) / (fade * 2)),
      Math.sin(turn),
    )
    samples[index] = (samples[index] ?? 0) + tone * envelope
  }
}
