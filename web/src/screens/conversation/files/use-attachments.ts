import type { Upload } from '@foyer/client/uploads.ts'
import type { FileShown } from '@foyer/contract/entries/file.ts'
import { mostFiles } from '@foyer/contract/file-facts.ts'
import { useMemo } from 'react'
import { useSync } from '../../../sync.ts'
import { useText } from '../../../text.tsx'
import { notify } from '../../../ui/notices.tsx'
import { useUploads } from '../../../use-files.ts'

export type Attachments = {
  items: readonly Upload[]
  /** Whether there is one that a message can take along, now or when it has arrived. */
  some: boolean
  add: (files: readonly File[]) => void
  /** Gives those that can go to the message that is being sent. */
  take: () => readonly FileShown[]
}

/** The files chosen in a conversation that are part of no message yet. They outlive a reload. */
export function useAttachments(conversationId: string): Attachments {
  const t = useText()
  const { uploads } = useSync().files
  const all = useUploads()
  const items = useMemo(
    () => all.filter(({ place, isTaken }) => place === conversationId && !isTaken),
    [all, conversationId],
  )
  const going = items.filter(({ state }) => state !== 'refused' && state !== 'missing')
  return {
    items,
    some: going.length > 0,
    add(files) {
      // What a browser makes of a folder, too, has nothing in it.
      const empty = files.find(({ size }) => size === 0)
      if (empty) notify({ tone: 'error', text: t('files.empty', { name: empty.name }) })
      const full = files.filter(({ size }) => size > 0)
      const room = Math.max(0, mostFiles - items.length)
      if (full.length > room) notify({ tone: 'error', text: t('files.tooMany', { count: mostFiles }) })
      if (full.length > 0 && room > 0)
        void uploads.open().then((opened) => opened.add(conversationId, full.slice(0, room)))
    },
    take: () => uploads.now()?.take(going.map(({ id }) => id)) ?? [],
  }
}
