import type { FileShown } from '@foyer/contract/entries/file.ts'
import { useState } from 'react'
import { codeOf } from '../../../api.ts'
import { useSync } from '../../../sync.ts'
import { useErrorText } from '../../../text.tsx'
import { notify } from '../../../ui/notices.tsx'

/** Saving and opening a file. `isGone`: whoever looks cannot read it any more. */
export function useFileActions({ id, name }: Pick<FileShown, 'id' | 'name'>) {
  const { links } = useSync().files
  const errorText = useErrorText()
  const [isGone, setGone] = useState(false)

  async function addressOf(variant: 'shown' | 'saved'): Promise<string | null> {
    try {
      const url = await links.fresh(id, variant)
      setGone(url === null)
      return url
    } catch (failure) {
      notify({ tone: 'error', text: errorText(codeOf(failure)) })
      return null
    }
  }

  return {
    isGone,
    async save() {
      const url = await addressOf('saved')
      if (!url) return
      const link = document.createElement('a')
      link.href = url
      link.download = name
      link.click()
    },
    /** Opens it in a tab of its own. */
    async open() {
      // A tab may only be opened at once, while the press still counts.
      const tab = window.open('about:blank', '_blank')
      if (tab) tab.opener = null
      const url = await addressOf('shown')
      if (url) tab?.location.replace(url)
      else tab?.close()
    },
  }
}
