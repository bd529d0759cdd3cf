import type { FileLinks } from '@foyer/client/file-links.ts'

type Named = { id: string; name: string }

/** Saves a file; false when it cannot be read any more. Rejects when there is no line. */
export async function saveFile(links: FileLinks, { id, name }: Named): Promise<boolean> {
  const url = await links.fresh(id, 'saved')
  if (!url) return false
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  return true
}

/** Opens a file in a tab of its own; false when it cannot be read any more. */
export async function openFile(links: FileLinks, { id }: Named): Promise<boolean> {
  // A tab may only be opened at once, while the press still counts.
  const tab = window.open('about:blank', '_blank')
  if (tab) tab.opener = null
  const url = await links.fresh(id, 'shown').catch(() => null)
  if (url) tab?.location.replace(url)
  else tab?.close()
  return url !== null
}
