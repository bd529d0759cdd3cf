/** Two soft notes, in Hz, and when each begins, in seconds. */
const notes = [
  [659.26, 0],
  [880, 0.11],
] as const
const loudness = 0.06
const lengthS = 0.45
/** Of several tabs one is heard; the others stay still for so long. */
const holdMs = 1_500

/**
 * Sounds that words have come: softly, once, and only for somebody who has touched the messenger before, since browsers and
 * people alike want no page to speak up by itself.
 */
export async function chime(): Promise<void> {
  if (!navigator.userActivation?.hasBeenActive) return
  try {
    await navigator.locks?.request('foyer:chime', { ifAvailable: true }, async (lock) => {
      if (!lock) return
      const context = new AudioContext()
      for (const [pitch, after] of notes) {
        const at = context.currentTime + after
        const tone = new OscillatorNode(context, { frequency: pitch })
        const volume = new GainNode(context, { gain: 0 })
        volume.gain.linearRampToValueAtTime(loudness, at + 0.01)
        volume.gain.exponentialRampToValueAtTime(0.0001, at + lengthS)
        tone.connect(volume).connect(context.destination)
        tone.start(at)
        tone.stop(at + lengthS)
      }
      await new Promise((resolve) => setTimeout(resolve, holdMs))
      await context.close()
    })
  } catch {
    // A browser without sound, or that does not allow it: what came is seen.
  }
}
