import { loadPatiently } from '@foyer/client/load.ts'
import type { Recorder, Recording } from '@foyer/client/recorder.ts'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useMe } from '../../../session.ts'

const none: Recording = { step: 'none' }
const silent = () => () => undefined
/** Where somebody has spoken in this page: what is there may be kept in memory alone. */
const opened = new Set<string>()

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
    opened.add(`${meId}:${conversationId}`)
    const { recorderFor } = await loadPatiently(() => import('./recorders.ts'))
    const found = recorderFor(meId, conversationId)
    setRecorder(found)
    return found
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: `open` is of the same two
  useEffect(() => {
    if (opened.has(`${meId}:${conversationId}`) || hasKept(`foyer:voice:${meId}:`)) void open()
  }, [meId, conversationId])
  // Nobody records what they do not see: what there is stays here.
  useEffect(() => () => recorder?.leave(), [recorder])

  return { recorder, recording, begin: () => void open().then((found) => found.begin()) }
}

/** Whether anything was recorded and not sent, wherever. */
function hasKept(prefix: string): boolean {
  try {
    return Object.keys(localStorage).some((key) => key.startsWith(prefix))
  } catch {
    return false
  }
}
