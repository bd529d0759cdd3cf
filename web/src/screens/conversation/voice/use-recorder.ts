import { loadPatiently } from '@foyer/client/load.ts'
import type { Recorder, Recording } from '@foyer/client/recorder.ts'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useMe } from '../../../session.ts'

const none: Recording = { step: 'none' }
const silent = () => () => undefined

/** The recorder of a conversation, fetched when somebody wants to speak, or has something lying here that was not sent. */
export function useRecorder(conversationId: string): {
  recorder: Recorder | null
  recording: Recording
  begin: () => void
} {
  const { id: meId } = useMe()
  const [recorder, setRecorder] = useState<Recorder | null>(null)
  const recording = useSyncExternalStore(recorder?.subscribe ?? silent, recorder?.now ?? (() => none))

  async function open(): Promise<Recorder> {
    const { recorderFor } = await loadPatiently(() => import('./recorders.ts'))
    const opened = recorderFor(meId, conversationId)
    setRecorder(opened)
    return opened
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: `open` is of the same two
  useEffect(() => {
    if (hasKept(`foyer:voice:${meId}:`)) void open()
  }, [meId, conversationId])
  // Nobody records what they do not see: what there is stays here.
  useEffect(() => () => recorder?.leave(), [recorder])

  return { recorder, recording, begin: () => void open().then((opened) => opened.begin()) }
}

/** Whether anything was recorded and not sent, wherever. */
function hasKept(prefix: string): boolean {
  try {
    return Object.keys(localStorage).some((key) => key.startsWith(prefix))
  } catch {
    return false
  }
}
