import { browserKind } from '@foyer/client/microphone.ts'
import type { Recorded, Recorder, Recording } from '@foyer/client/recorder.ts'
import { clockOf, longestVoiceMs } from '@foyer/contract/voice.ts'
import { useEffect, useRef } from 'preact/hooks'
import { Bars } from './bars.tsx'
import { Glyph } from './glyphs.tsx'
import { voiceText } from './texts.ts'
import { VoiceTrack } from './voice-track.tsx'
import '../styles/voice.css'

/** The end of the time is told so many seconds before. */
const toldSeconds = 30
/** What was discarded can be had back for so long, in milliseconds. */
const backMs = 10_000
const liveBars = 32

/** Stands where one writes while one speaks: Enter sends, Escape discards, Space pauses. */
export function VoiceBar(props: { recorder: Recorder; send: (recorded: Recorded) => Promise<void> }) {
  const { recorder, send } = props
  const t = voiceText()
  const box = useRef<HTMLDivElement>(null)
  const recording = recorder.now()
  const { step } = recording
  useEffect(() => {
    // What had the focus is gone with the step before.
    if (!box.current?.contains(document.activeElement)) box.current?.focus({ preventScroll: true })
    if (step !== 'discarded') return
    const timer = setTimeout(() => recorder.close(), backMs)
    return () => clearTimeout(timer)
  }, [step, recorder])

  const isUnderWay = step === 'recording' || step === 'paused'
  const hasSomething = isUnderWay || step === 'recorded'
  const take = () => void recorder.take(send)
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') hasSomething ? recorder.discard() : recorder.close()
    else if (event.key === 'Enter' && hasSomething && !(event.target instanceof HTMLButtonElement)) take()
    else if (event.key === ' ' && event.target === box.current && isUnderWay)
      step === 'paused' ? recorder.resume() : recorder.pause()
    else return
    event.preventDefault()
    // Escape is for the recording, not for the messenger.
    event.stopPropagation()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form
    <div
      ref={box}
      class="recording"
      role="group"
      tabIndex={-1}
      aria-label={t('label')}
      aria-description={hasSomething ? t('keys') : undefined}
      data-recording={step}
      onKeyDown={onKeyDown}
    >
      <Note recording={recording} />
      <div class="controls">
        {hasSomething && (
          <button type="button" class="tool" aria-label={t('discard')} onClick={recorder.discard}>
            <Glyph name="discard" />
          </button>
        )}
        {recording.step === 'recorded' && (
          <VoiceTrack id={recording.address} ms={recording.ms} peaks={recording.peaks} />
        )}
        {(recording.step === 'recording' || recording.step === 'paused') && (
          <>
            <span class="track" dir="ltr">
              <Bars peaks={lastOf(recording.levels.values)} name={step === 'paused' ? 'rest' : 'live'} />
            </span>
            <span class="size">{clockOf(recording.ms)}</span>
            <button
              type="button"
              class="tool"
              aria-label={t(step === 'paused' ? 'resume' : 'pause')}
              onClick={step === 'paused' ? recorder.resume : recorder.pause}
            >
              <Glyph name={step === 'paused' ? 'mic' : 'pause'} />
            </button>
            <button type="button" class="tool" aria-label={t('stop')} onClick={() => void recorder.stop()}>
              <Glyph name="stop" />
            </button>
          </>
        )}
        {hasSomething ? (
          <button type="button" class="send" aria-label={t('send')} onClick={take}>
            <Glyph name="send" />
          </button>
        ) : (
          <Ways recorder={recorder} />
        )}
      </div>
    </div>
  )
}

/** The last seconds as they were heard, the newest at the end. */
function lastOf(levels: readonly number[]): number[] {
  const last = levels.slice(-liveBars).map((level) => level * 100)
  return [...Array.from({ length: liveBars - last.length }, () => 0), ...last]
}

/** What there is to say of it, and what is read out. */
function Note({ recording }: { recording: Recording }) {
  const t = voiceText()
  const { step } = recording
  const left =
    recording.step === 'recording' || recording.step === 'paused'
      ? Math.ceil((longestVoiceMs - recording.ms) / 1000)
      : toldSeconds
  return (
    <div class={step === 'recording' ? 'note hears' : 'note'}>
      <p role={step === 'refused' ? 'alert' : 'status'}>{noteOf(recording)}</p>
      {left < toldSeconds && (
        <>
          {/* Read out once; the seconds are for the eye. */}
          <p role="status" class="unseen">
            {t('left', { seconds: toldSeconds })}
          </p>
          <p aria-hidden="true" class="late">
            {t('left', { seconds: left })}
          </p>
        </>
      )}
    </div>
  )
}

function noteOf(recording: Recording): string {
  const t = voiceText()
  switch (recording.step) {
    case 'refused':
      return t(recording.why === 'denied' ? `denied.${browserKind()}` : recording.why)
    case 'recorded':
      return recording.isFull ? t('full') : recording.isFound ? t('found') : ''
    case 'asking':
      return t('wait')
    case 'none':
      return ''
    default:
      return t(recording.step)
  }
}

/** What can be done where nothing is recorded. */
function Ways({ recorder }: { recorder: Recorder }) {
  const t = voiceText()
  const recording = recorder.now()
  return (
    <span class="choices">
      <button type="button" class="plain" onClick={recorder.close}>
        {t('close')}
      </button>
      {recording.step === 'discarded' && (
        <button type="button" class="plain" onClick={recorder.restore}>
          {t('undo')}
        </button>
      )}
      {recording.step === 'refused' && recording.why !== 'policy' && recording.why !== 'insecure' && (
        <button type="button" class="plain" onClick={() => void recorder.begin()}>
          {t('again')}
        </button>
      )}
    </span>
  )
}
