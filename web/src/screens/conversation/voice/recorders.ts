import { keepFiles } from '@foyer/client/kept-files.ts'
import { createRecordingKeeper } from '@foyer/client/kept-recording.ts'
import { createRecorder, type Recorder } from '@foyer/client/recorder.ts'

/** Of this page, by operator and conversation: whoever comes back finds what they recorded. */
const recorders = new Map<string, Recorder>()

/** The recorder of a conversation. */
export function recorderFor(meId: string, conversationId: string): Recorder {
  const name = `${meId}:${conversationId}`
  let recorder = recorders.get(name)
  if (!recorder) {
    const keeper = createRecordingKeeper({
      storage: localStorage,
      storageKey: recordingsKey(meId),
      files: keepFiles(`foyer-voice-${meId}`),
    })
    recorder = createRecorder({ place: conversationId, keeper })
    recorders.set(name, recorder)
  }
  return recorder
}

function recordingsKey(meId: string): string {
  return `foyer:voice:${meId}`
}
