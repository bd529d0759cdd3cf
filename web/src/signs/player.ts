import type { SoundName } from '@foyer/contract/signs.ts'
import { synthesize } from './sounds.ts'

const resumeMs = 500

export type Player = {
  /** Whether the browser would let this page be heard: before anybody touched a page, it usually does not. */
  mayPlay(): boolean
  /** @param volume from 0 to 1 @returns whether it can be heard */
  play(name: SoundName, volume: number): Promise<boolean>
}

/** Plays our sounds; what does so is made at the first one, since most pages are never heard. */
export function createPlayer(): Player {
  let context: AudioContext | null = null
  const buffers = new Map<SoundName, AudioBuffer>()

  function mayPlay(): boolean {
    if (typeof AudioContext === 'undefined') return false
    // Asked before anything is made: to try in vain is noted by browsers as an error of the page.
    return context?.state === 'running' || navigator.userActivation?.hasBeenActive !== false
  }

  return {
    mayPlay,
    async play(name, volume) {
      if (!mayPlay()) return false
      context ??= new AudioContext()
      const here = context
      if (here.state !== 'running')
        await Promise.race([here.resume(), new Promise((done) => setTimeout(done, resumeMs))])
      if (here.state !== 'running') return false
      const buffer = buffers.get(name) ?? bufferOf(here, name)
      buffers.set(name, buffer)
      const source = here.createBufferSource()
      const gain = here.createGain()
      source.buffer = buffer
      // What sounds half as loud is a good deal less than half as strong.
      gain.gain.value = volume ** 2
      source.connect(gain).connect(here.destination)
      source.start()
      return true
    },
  }
}

function bufferOf(context: AudioContext, name: SoundName): AudioBuffer {
  const samples = synthesize(name, context.sampleRate)
  const buffer = context.createBuffer(1, samples.length, context.sampleRate)
  buffer.copyToChannel(samples, 0)
  return buffer
}
