/** Passes bytes on. @throws Error where fewer or more come than are to */
export async function* counted(
  content: AsyncIterable<Uint8Array>,
  bytes: number,
): AsyncGenerator<Uint8Array, void> {
  let came = 0
  for await (const chunk of content) {
    came += chunk.byteLength
    if (came > bytes) break
    yield chunk
  }
  if (came !== bytes) throw new Error(`${came > bytes ? 'More' : 'Fewer'} than ${bytes} bytes came.`)
}
