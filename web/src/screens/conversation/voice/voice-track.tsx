import { barsOf, spread } from '@foyer/client/waveform.ts'
import { clockOf } from '@foyer/contract/voice.ts'
import { Pause, Play } from 'lucide-react'
import { useEffect } from 'react'
import { Button } from 'react-aria-components/Button'
import { classes } from '../../../ui/classes.ts'
import { usePlayer, usePlaying } from './player.ts'
import { useVoiceText } from './voice-texts.ts'

const bars = 44
const step = 4
const height = 28

type TrackProps = { id: string; ms: number; peaks: readonly number[]; isSmall?: boolean }

/** Plays one voice message: its waveform is where it stands, and leads to any moment of it. */
export function VoiceTrack({ id, ms, peaks, isSmall = false }: TrackProps) {
  const t = useVoiceText()
  const player = usePlayer()
  const { isPlaying, at, isGone } = usePlaying(id)
  const played = Math.min(1, at / Math.max(1, ms))
  useEffect(() => () => player.leave(id), [player, id])
  const length = clockOf(ms)
  return (
    <div className="flex min-w-0 grow items-center gap-2">
      <Button
        aria-label={isPlaying ? t('pause') : t('play')}
        onPress={() => player.toggle(id)}
        isDisabled={isGone}
        className={classes(
          'thumb flex shrink-0 items-center justify-center rounded-full transition-colors data-disabled:opacity-50',
          isSmall
            ? 'size-8 text-accent data-hovered:bg-hover data-pressed:bg-press'
            : 'size-9 bg-accent text-on-accent data-hovered:bg-accent-strong',
        )}
      >
        {isPlaying ? (
          <Pause size={16} fill="currentColor" strokeWidth={1} aria-hidden="true" />
        ) : (
          <Play size={16} fill="currentColor" strokeWidth={1} className="ms-0.5" aria-hidden="true" />
        )}
      </Button>
      {/* Time goes from left to right in every language. */}
      <div
        dir="ltr"
        className="relative h-9 min-w-0 grow rounded-md has-focus-visible:outline-2 has-focus-visible:outline-accent"
      >
        <Bars peaks={peaks} className="text-ink/25" />
        <Bars peaks={peaks} className="text-accent" shown={played} />
        <input
          type="range"
          min={0}
          max={ms}
          step={Math.max(100, Math.min(1000, Math.round(ms / 20)))}
          value={Math.min(at, ms)}
          aria-label={t('position')}
          aria-valuetext={t('at', { at: clockOf(at), length })}
          disabled={isGone}
          onChange={({ currentTarget }) => player.seek(id, Number(currentTarget.value))}
          className="absolute inset-0 m-0 size-full cursor-pointer opacity-0"
        />
      </div>
      <span className="tabular w-9 shrink-0 text-end text-small text-faint">
        {isPlaying || at > 0 ? clockOf(at) : length}
      </span>
    </div>
  )
}

/** `shown`: how much of it, from 0 to 1. */
function Bars({
  peaks,
  className,
  shown = 1,
}: {
  peaks: readonly number[]
  className: string
  shown?: number
}) {
  return (
    <svg
      viewBox={`0 0 ${bars * step} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className={classes('absolute inset-x-0 top-1 h-7 w-full', className)}
      style={{ clipPath: `inset(0 ${(1 - shown) * 100}% 0 0)` }}
    >
      <path
        d={barsOf(spread(peaks, bars), { step, height })}
        stroke="currentColor"
        strokeWidth={step * 0.55}
        strokeLinecap="round"
        fill="none"
      />
    </svg>
  )
}
