import { loadPatiently } from '@foyer/client/load.ts'
import type { Recorder } from '@foyer/client/recorder.ts'
import type { ComponentChildren } from 'preact'
import { useEffect, useReducer, useState } from 'preact/hooks'
import { createLoaded } from '../loaded.ts'
import type { Said } from '../post.ts'
import { useScene } from '../scene.ts'
import { Icon } from './icons.tsx'

const useBar = createLoaded(async () => {
  const [{ VoiceBar }, { loadVoiceTexts }] = await Promise.all([
    import('../voice/voice-bar.tsx'),
    import('../voice/texts.ts'),
  ])
  await loadVoiceTexts()
  return VoiceBar
})

/** Where somebody has spoken in this page: what is there may be kept in memory alone. */
const opened = new Set<string>()

/**
 * The way to say something instead of writing it. What records is fetched when somebody wants to speak, or has something lying
 * here that was not sent. `bar` stands where one writes, while it is not null.
 */
export function useRecorder(place: string, send: (said: Said) => void) {
  const { t, files, keeper, takes, widgetKey } = useScene()
  const storageKey = `foyer:${widgetKey}:voice`
  const [recorder, setRecorder] = useState<Recorder | null>(null)
  const [, draw] = useReducer<number, void>((count) => count + 1, 0)
  const step = recorder?.now().step ?? 'none'
  const Bar = useBar(step !== 'none')

  async function open(): Promise<Recorder> {
    opened.add(place)
    const { recorderFor } = await loadPatiently(() => import('../voice/recorders.ts'))
    const found = recorderFor(keeper, { storageKey, place })
    setRecorder(found)
    return found
  }
  useEffect(() => {
    if (opened.has(place)) return void open()
    const { storage } = keeper
    for (let index = 0; index < (storage?.length ?? 0); index++)
      if (storage?.key(index)?.startsWith(`${storageKey}:`)) return void open()
  }, [place])
  useEffect(() => {
    if (!recorder) return
    const leave = recorder.subscribe(() => draw())
    draw()
    return () => {
      leave()
      // Nobody records what they do not see: what there is stays here.
      recorder.leave()
    }
  }, [recorder])

  const bar: ComponentChildren = Bar && recorder && step !== 'none' && (
    <Bar
      recorder={recorder}
      send={async ({ file, ms, peaks }) => {
        const uploads = await files.uploads.open()
        const added = uploads.add(place, [file], { ms, peaks: [...peaks] })
        send({ text: '', files: uploads.take(added.map(({ id }) => id)) })
      }}
    />
  )
  const tool: ComponentChildren = takes?.includes('audio') && (
    <button
      type="button"
      class="tool"
      aria-label={t('voice.record')}
      title={t('voice.record')}
      onClick={() => void open().then((found) => found.begin())}
    >
      <Icon name="mic" />
    </button>
  )
  return { bar, tool }
}
