import { spread } from '@foyer/client/waveform.ts'
import { clockOf } from '@foyer/contract/voice.ts'
import { useEffect } from 'preact/hooks'
import { Bars } from './bars.tsx'
import { Glyph } from './glyphs.tsx'
import { usePlayer } from './player.ts'
import { voiceText } from './texts.ts'

const bars = 32

/** Plays one voice message: its waveform is where it stands, and leads to any moment of it. */
export function VoiceTrack({ id, ms, peaks }: { id: string; ms: number; peaks: readonly number[] }) {
  const t = voiceText()
  const player = usePlayer()
  const { isPlaying, at, isGone } = player.get(id)
  useEffect(() => () => player.leave(id), [player, id])
  const drawn = spread(peaks, bars)
  return (
    <>
      <button
        type="button"
        class="round play"
        aria-label={t(isPlaying ? 'pause' : 'play')}
        disabled={isGone}
        onClick={() => player.toggle(id)}
      >
        <Glyph name={isPlaying ? 'pause' : 'play'} />
      </button>
      {/* Time goes from left to right in every language. */}
      <span class="track" dir="ltr">
        <Bars peaks={drawn} name="rest" />
        <Bars peaks={drawn} name="played" shown={Math.min(1, at / Math.max(1, ms))} />
        <input
          type="range"
          min={0}
          max={ms}
          step={Math.max(100, Math.min(1000, Math.round(ms / 20)))}
          value={Math.min(at, ms)}
          disabled={isGone}
          aria-label={t('position')}
          aria-valuetext={t('at', { at: clockOf(at), length: clockOf(ms) })}
          onInput={({ currentTarget }) => player.seek(id, Number(currentTarget.value))}
        />
      </span>
      <span class="size">{isGone ? t('gone') : clockOf(isPlaying || at > 0 ? at : ms)}</span>
    </>
  )
}
