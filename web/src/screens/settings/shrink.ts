const edge = 512

/**
 * The middle of a picture that is too large to send, made small enough by the browser; null where it cannot read it. The
 * server trusts none of it and makes the picture anew.
 */
export async function shrink(file: Blob): Promise<Blob | null> {
  const picture = await createImageBitmap(file).catch(() => null)
  if (!picture) return null
  const side = Math.min(picture.width, picture.height)
  const canvas = document.createElement('canvas')
  canvas.width = edge
  canvas.height = edge
  const left = (picture.width - side) / 2
  const top = (picture.height - side) / 2
  canvas.getContext('2d')?.drawImage(picture, left, top, side, side, 0, 0, edge, edge)
  picture.close()
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'))
}
