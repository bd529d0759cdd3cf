import { mostFiles } from '@foyer/contract/file-facts.ts'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { useChanges, useScene } from '../scene.ts'
import { Icon } from './icons.tsx'

/**
 * The files that will go with the next message of a place, and the ways to choose them: a button, pasting, dropping. What
 * shows them is fetched when there is the first.
 */
export function useAttached(place: string) {
  const { t, files, takes } = useScene()
  const { uploads } = files
  const chooser = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  useChanges(uploads)
  const part = files.part()
  const items = (part?.uploads.items() ?? []).filter((upload) => upload.place === place && !upload.isTaken)
  const going = items.filter(({ state }) => state !== 'refused' && state !== 'missing')

  function add(list: FileList | null | undefined): void {
    // What a browser makes of a folder has nothing in it.
    const chosen = [...(list ?? [])].filter(({ size }) => size > 0).slice(0, mostFiles - items.length)
    if (takes && chosen.length > 0) void uploads.open().then((opened) => opened.add(place, chosen))
  }

  useEffect(() => {
    const hears = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return
      // Otherwise the file is shown in place of the messenger.
      event.preventDefault()
      if (!takes) return
      void uploads.open()
      setOver(event.type === 'dragover')
      if (event.type === 'drop') add(event.dataTransfer.files)
    }
    const left = (event: DragEvent) => event.relatedTarget === null && setOver(false)
    window.addEventListener('dragover', hears)
    window.addEventListener('drop', hears)
    window.addEventListener('dragleave', left)
    return () => {
      window.removeEventListener('dragover', hears)
      window.removeEventListener('drop', hears)
      window.removeEventListener('dragleave', left)
    }
  })

  const shown: ComponentChildren = part && (
    <>
      <part.Attached items={items} />
      {isOver && <part.DropHint />}
    </>
  )
  const tool: ComponentChildren = takes && (
    <>
      <button
        type="button"
        class="round"
        aria-label={t('files.attach')}
        onClick={() => chooser.current?.click()}
      >
        <Icon name="clip" />
      </button>
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        onChange={({ currentTarget }) => {
          add(currentTarget.files)
          // The same file can be chosen again.
          currentTarget.value = ''
        }}
      />
    </>
  )
  return {
    some: going.length > 0,
    take: () => part?.uploads.take(going.map(({ id }) => id)) ?? [],
    paste: (event: ClipboardEvent) => {
      if (!takes || !event.clipboardData?.files.length) return
      event.preventDefault()
      add(event.clipboardData.files)
    },
    shown,
    tool,
  }
}
