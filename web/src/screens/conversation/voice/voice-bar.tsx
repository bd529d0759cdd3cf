import { browserKind } from '@foyer/client/microphone.ts'
import type { Recorded, Recorder, Recording } from '@foyer/client/recorder.ts'
import { barsOf } from '@foyer/client/waveform.ts'
import { clockOf, longestVoiceMs } from '@foyer/contract/voice.ts'
import { Mic, MicOff, Pause, SendHorizontal, Square, Trash2 } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { Button, IconButton } from '../../../ui/button.tsx'
import { classes } from '../../../ui/classes.ts'
import { whereThereIsRoom } from '../where-there-is-room.ts'
import { useVoiceText, type VoiceText } from './voice-texts.ts'
import { VoiceTrack } from './voice-track.tsx'

/** The end of the time is told so many seconds before. */
const toldSeconds = 30
/** What was discarded can be had back for so long, in milliseconds. */
const backMs = 10_000

type BarProps = {
  recorder: Recorder
  recording: Recording
  send: (recorded: Recorded) => Promise<void>
  /** It is gone: the focus goes to where one writes. */
  closed: () => void
}

/** Stands in the composer's place while somebody speaks: Enter sends, Escape discards, Space pauses. */
export function VoiceBar({ recorder, recording, send, closed }: BarProps) {
  const t = useVoiceText()
  const box = useRef<HTMLDivElement>(null)
  const { step } = recording
  // biome-ignore lint/correctness/useExhaustiveDependencies: each step brings other buttons
  useEffect(() => {
    // What had the focus is gone with the step before.
    if (!box.current?.contains(document.activeElement)) box.current?.focus()
  }, [step])
  useEffect(() => {
    if (step !== 'discarded') return
    const timer = setTimeout(() => recorder.close(), backMs)
    return () => clearTimeout(timer)
  }, [step, recorder])
  // Only when it goes.
  const left = useRef(closed)
  left.current = closed
  useEffect(() => () => left.current(), [])

  const isUnderWay = step === 'recording' || step === 'paused'
  const take = () => recorder.take(send)
  function onKeyDown(event: KeyboardEvent) {
    const isOfButton = event.target instanceof HTMLButtonElement
    if (event.key === 'Escape') {
      if (isUnderWay || step === 'recorded') recorder.discard()
      else recorder.close()
    } else if (event.key === 'Enter' && !isOfButton && (isUnderWay || step === 'recorded')) void take()
    else if (event.key === ' ' && event.target === box.current && isUnderWay)
      step === 'paused' ? recorder.resume() : recorder.pause()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form
    <div
      ref={box}
      role="group"
      tabIndex={-1}
      aria-label={t('label')}
      aria-description={isUnderWay || step === 'recorded' ? t('keys') : undefined}
      data-recording={step}
      onKeyDown={onKeyDown}
      className="flex min-h-24 flex-col justify-center gap-1 px-2 py-2 outline-none"
    >
      <Note recording={recording} t={t} />
      <div className="flex items-center gap-1.5">
        {isUnderWay || step === 'recorded' ? (
          <IconButton label={t('discard')} onPress={recorder.discard} className="data-hovered:text-red">
            <Trash2 size={17} aria-hidden="true" />
          </IconButton>
        ) : null}
        {recording.step === 'recorded' ? (
          <VoiceTrack id={recording.address} ms={recording.ms} peaks={recording.peaks} isSmall />
        ) : null}
        {recording.step === 'recording' || recording.step === 'paused' ? (
          <>
            <Live levels={recording.levels.values} isPaused={step === 'paused'} />
            <span className="tabular w-11 shrink-0 text-end text-dense">{clockOf(recording.ms)}</span>
            <IconButton
              label={step === 'paused' ? t('resume') : t('pause')}
              onPress={step === 'paused' ? recorder.resume : recorder.pause}
            >
              {step === 'paused' ? (
                <Mic size={17} className="text-red" aria-hidden="true" />
              ) : (
                <Pause size={17} aria-hidden="true" />
              )}
            </IconButton>
            <IconButton label={t('stop')} onPress={() => void recorder.stop()}>
              <Square size={14} fill="currentColor" aria-hidden="true" />
            </IconButton>
          </>
        ) : null}
        {isUnderWay || step === 'recorded' ? (
          <Button look="primary" onPress={() => void take()}>
            <span className={whereThereIsRoom}>{t('send')}</span>
            <SendHorizontal size={14} className="rtl:-scale-x-100" aria-hidden="true" />
          </Button>
        ) : (
          <Ways recorder={recorder} recording={recording} t={t} />
        )}
      </div>
    </div>
  )
}

/** What there is to say of it, and what is read out. */
function Note({ recording, t }: { recording: Recording; t: VoiceText }) {
  const { step } = recording
  const seconds =
    step === 'recording' || step === 'paused'
      ? Math.ceil((longestVoiceMs - recording.ms) / 1000)
      : toldSeconds
  const isLate = (step === 'recording' || step === 'paused') && seconds < toldSeconds
  const text =
    recording.step === 'refused'
      ? t(recording.why === 'denied' ? `denied.${browserKind()}` : recording.why)
      : recording.step === 'recorded'
        ? recording.isFull
          ? t('full')
          : recording.isFound
            ? t('found')
            : ''
        : step === 'asking'
          ? t('wait')
          : step === 'discarded'
            ? t('discarded')
            : t(step === 'paused' ? 'paused' : 'recording')
  return (
    <div className="flex items-start gap-2 px-2 text-small text-soft">
      {step === 'refused' ? (
        <MicOff size={16} className="mt-0.5 shrink-0 text-amber" aria-hidden="true" />
      ) : step === 'recording' ? (
        <span className="mt-1.5 size-2 shrink-0 animate-pulse rounded-full bg-red motion-reduce:animate-none" />
      ) : null}
      <p role={step === 'refused' ? 'alert' : 'status'} className="text-pretty">
        {text}
      </p>
      {/* Read out once; the seconds are for the eye. */}
      {isLate ? (
        <>
          <p role="status" className="sr-only">
            {t('left', { seconds: toldSeconds })}
          </p>
          <p aria-hidden="true" className="tabular ms-auto font-medium text-amber">
            {t('left', { seconds })}
          </p>
        </>
      ) : null}
    </div>
  )
}

/** What can be done where nothing is recorded. */
function Ways({ recorder, recording, t }: { recorder: Recorder; recording: Recording; t: VoiceText }) {
  const { step } = recording
  return (
    <div className="flex grow flex-wrap justify-end gap-2 px-1">
      <Button look="quiet" onPress={recorder.close}>
        {t('close')}
      </Button>
      {step === 'discarded' ? <Button onPress={recorder.restore}>{t('undo')}</Button> : null}
      {step === 'refused' && recording.why !== 'policy' && recording.why !== 'insecure' ? (
        <Button onPress={() => void recorder.begin()}>{t('again')}</Button>
      ) : null}
    </div>
  )
}

const liveBars = 48
const step = 4
const height = 28

/** The last seconds as they were heard, the newest at the end. */
function Live({ levels, isPaused }: { levels: readonly number[]; isPaused: boolean }) {
  const last = levels.slice(-liveBars)
  const shown = [...Array.from({ length: liveBars - last.length }, () => 0), ...last]
  return (
    <svg
      viewBox={`0 0 ${liveBars * step} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className={classes('h-7 min-w-0 grow', isPaused ? 'text-ink/30' : 'text-red')}
    >
      <path
        d={barsOf(
          shown.map((level) => level * 100),
          { step, height },
        )}
        stroke="currentColor"
        strokeWidth={step * 0.55}
        strokeLinecap="round"
        fill="none"
      />
    </svg>
  )
}
