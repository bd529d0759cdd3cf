import { keepFiles } from '@foyer/client/kept-files.ts'
import { createRecordingKeeper } from '@foyer/client/kept-recording.ts'
import { createRecorder, type Recorder } from '@foyer/client/recorder.ts'
import type { Keeper } from '../storage.ts'

/** Of this page, by where one writes: whoever comes back finds what they recorded. */
const recorders = new Map<string, Recorder>()

/** The recorder of a place. */
export function recorderFor(keeper: Keeper, { storageKey, place }: { storageKey: string; place: string }) {
  let recorder = recorders.get(place)
  if (!recorder) {
    const files = keeper.kept ? keepFiles(storageKey) : null
    recorder = createRecorder({
      place,
      keeper: createRecordingKeeper({ storage: keeper.storage, storageKey, files }),
    })
    recorders.set(place, recorder)
  }
  return recorder
}
