import { longestVoiceMs } from '@foyer/contract/voice.ts'
import { elapsed, serverNow } from './clock.ts'
import type { createRecordingKeeper, KeptRecording } from './kept-recording.ts'
import { meterOf, openMicrophone, type Refusal, recorderOf } from './microphone.ts'
import { type Levels, noLevels, peaksOf, withLevel } from './waveform.ts'

/** What is recorded, as it can be sent. */
export type Recorded = { file: File; ms: number; peaks: readonly number[] }

/**
 * none · asking: the browser asks the person · refused: there is no microphone · recording · paused · recorded: it can be
 * listened to, sent or discarded · discarded: it can still be had back. `ms`: how long it is; `address`: where it is in this page;
 * `isFound`: it was begun before a reload.
 */
export type Recording =
  | { step: 'none' }
  | { step: 'asking' }
  | { step: 'refused'; why: Refusal }
  | { step: 'recording' | 'paused'; ms: number; levels: Levels }
  | {
      step: 'recorded' | 'discarded'
      ms: number
      peaks: readonly number[]
      address: string
      isFound: boolean
      isFull: boolean
    }

export type Recorder = {
  now(): Recording
  begin(): Promise<void>
  pause(): void
  resume(): void
  /** Ends the recording; resolves when it can be sent. */
  stop(): Promise<void>
  /** Discards it. What is longer than a slip can be had back. */
  discard(): void
  restore(): void
  /** Lets go of what was discarded, or of a refusal. */
  close(): void
  /** Hands over what was recorded; from then on it is kept here no longer. Ends the recording first if need be. */
  take(hand: (recorded: Recorded) => Promise<void>): Promise<void>
  subscribe(listener: () => void): () => void
  /** Ends it and keeps what there is: whoever comes back finds it. */
  leave(): void
}

/** So often a piece is written down, in milliseconds: no more than that is lost with the page. */
const pieceMs = 1_000
/** So often it is looked how loud it is, in milliseconds. */
const lookMs = 50
/** What is shorter was a slip: it is discarded without a way back. */
const slipMs = 2_000

/** Records the voice messages of one place. Nothing is asked of the browser before `begin`. */
export function createRecorder(options: {
  place: string
  keeper: ReturnType<typeof createRecordingKeeper>
}): Recorder {
  const { place, keeper } = options
  const listeners = new Set<() => void>()
  let state: Recording = { step: 'none' }
  /** Of what is under way. */
  let running: Running | null = null
  /** Of what was recorded. */
  let done: { recording: Blob; kept: KeptRecording } | null = null
  let isLeft = false
  /** Somebody has pressed twice. */
  let isTaken = false
  void find()

  function show(next: Recording): void {
    state = next
    for (const listener of [...listeners]) listener()
  }

  async function find(): Promise<void> {
    const found = await keeper.find(place)
    if (!found || state.step !== 'none') return
    const { facts, recording, kept } = found
    finish({ recording, kept, ms: facts.ms, levels: facts.levels, isFound: true })
  }

  function finish(ended: {
    recording: Blob
    kept: KeptRecording
    ms: number
    levels: Levels
    isFound?: boolean
  }): void {
    const { recording, kept, ms, levels, isFound = false } = ended
    done = { recording, kept }
    show({
      step: 'recorded',
      ms,
      peaks: peaksOf(levels),
      address: URL.createObjectURL(recording),
      isFound,
      isFull: ms >= longestVoiceMs,
    })
  }

  function drop(): void {
    if (state.step === 'recorded' || state.step === 'discarded') URL.revokeObjectURL(state.address)
    done?.kept.remove()
    done = null
    show({ step: 'none' })
  }

  function isAsking(): boolean {
    return state.step === 'asking'
  }

  async function begin(): Promise<void> {
    isLeft = false
    if (state.step !== 'none' && state.step !== 'refused' && state.step !== 'discarded') return
    drop()
    show({ step: 'asking' })
    const stream = await openMicrophone()
    if (typeof stream === 'string') return isAsking() ? show({ step: 'refused', why: stream }) : undefined
    // It was closed, or left, while the browser asked.
    if (isLeft || !isAsking()) return release(stream)
    running = run(stream, {
      kept: keeper.begin(place),
      show: (ms, levels, isPaused) => show({ step: isPaused ? 'paused' : 'recording', ms, levels }),
      ended: (end) => {
        running = null
        // A recorder that gave nothing has heard nothing.
        if (end.recording.size > 0) return finish(end)
        end.kept.remove()
        show({ step: 'refused', why: 'busy' })
      },
    })
  }

  return {
    now: () => state,
    begin,
    pause: () => running?.pause(),
    resume: () => running?.resume(),
    stop: async () => running?.stop(),
    discard() {
      const ms = 'ms' in state ? state.ms : 0
      if (!running && state.step !== 'recorded') return drop()
      void Promise.resolve(running?.stop()).then(() => {
        if (ms < slipMs || state.step !== 'recorded') drop()
        else show({ ...state, step: 'discarded' })
      })
    },
    restore() {
      if (state.step === 'discarded') show({ ...state, step: 'recorded' })
    },
    close() {
      if (state.step === 'refused' || state.step === 'discarded' || state.step === 'asking') drop()
    },
    async take(hand) {
      await running?.stop()
      if (!done || isTaken || state.step !== 'recorded') return
      const { ms, peaks } = state
      const file = new File([done.recording], nameOf(done.recording.type), { type: done.recording.type })
      isTaken = true
      await hand({ file, ms, peaks }).finally(() => {
        isTaken = false
      })
      drop()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    leave() {
      isLeft = true
      // Whoever comes back asks again.
      if (state.step === 'refused') drop()
      void running?.stop()
    },
  }
}

/** A recording under way. */
type Running = { pause(): void; resume(): void; stop(): Promise<void> }

function run(
  stream: MediaStream,
  to: {
    kept: KeptRecording
    show: (ms: number, levels: Levels, isPaused: boolean) => void
    ended: (end: { recording: Blob; kept: KeptRecording; ms: number; levels: Levels }) => void
  },
): Running {
  const recorder = recorderOf(stream)
  const meter = meterOf(stream)
  const pieces: Blob[] = []
  let levels = noLevels
  /** How long it is without what goes on since it began or was resumed, and when that was. */
  let before = 0
  let since = elapsed()
  const lasted = () =>
    Math.min(longestVoiceMs, before + (recorder.state === 'recording' ? elapsed() - since : 0))
  const tell = () => to.show(lasted(), levels, recorder.state === 'paused')

  recorder.ondataavailable = ({ data }) => {
    if (data.size === 0) return
    pieces.push(data)
    to.kept.add(data, { type: recorder.mimeType, ms: lasted(), levels })
  }
  const timer = setInterval(() => {
    if (recorder.state !== 'recording') return
    levels = withLevel(levels, lasted(), meter.level())
    if (lasted() >= longestVoiceMs) void stop()
    else tell()
  }, lookMs)
  let stopping: Promise<void> | null = null
  function stop(): Promise<void> {
    stopping ??= new Promise((resolve) => {
      const ms = lasted()
      before = ms
      clearInterval(timer)
      recorder.onstop = () => {
        meter.close()
        release(stream)
        to.ended({ recording: new Blob(pieces, { type: recorder.mimeType }), kept: to.kept, ms, levels })
        resolve()
      }
      if (recorder.state === 'inactive') recorder.onstop(new Event('stop'))
      else recorder.stop()
    })
    return stopping
  }
  function pause(): void {
    if (recorder.state !== 'recording') return
    before = lasted()
    recorder.pause()
    // What was said so far is written down, whatever comes.
    recorder.requestData()
    tell()
  }
  function resume(): void {
    if (recorder.state !== 'paused') return
    since = elapsed()
    recorder.resume()
    tell()
  }
  for (const track of stream.getTracks()) {
    // It was unplugged, or taken back.
    track.addEventListener('ended', () => void stop())
    // A call has it: silence is nothing to record.
    track.addEventListener('mute', pause)
  }
  recorder.onerror = () => void stop()
  recorder.start(pieceMs)
  since = elapsed()
  tell()
  return { pause, resume, stop }
}

function release(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}

/** A name that sorts by when it was said; what it ends with is what it is. */
function nameOf(type: string): string {
  const at = new Date(serverNow()).toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '.')
  return `voice ${at}.${type.startsWith('audio/mp4') ? 'm4a' : type.startsWith('audio/ogg') ? 'ogg' : 'weba'}`
}
