/** The files that were pasted or dropped; folders are left out, which browsers hand over as files without anything in them. */
export function filesIn(data: DataTransfer | null): readonly File[] {
  return [...(data?.items ?? [])].flatMap((item) => {
    if (item.kind !== 'file' || item.webkitGetAsEntry?.()?.isDirectory) return []
    const file = item.getAsFile()
    return file ? [file] : []
  })
}
