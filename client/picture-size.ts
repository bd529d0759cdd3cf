/** How large the picture at this address is, in pixels as it is shown, turned upright; null for what is none. */
export async function pictureSize(address: string): Promise<{ width: number; height: number } | null> {
  const picture = new Image()
  picture.src = address
  try {
    await picture.decode()
  } catch {
    return null
  }
  const { naturalWidth: width, naturalHeight: height } = picture
  return width > 0 && height > 0 ? { width, height } : null
}
