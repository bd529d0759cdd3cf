import { readFile } from 'node:fs/promises'

/** Two seconds of Opus as Chromium recorded them, with a pause, in one of the containers that it knows. */
export function recorded(container: 'webm' | 'mp4'): Promise<Buffer> {
  return readFile(new URL(`./recorded.${container}`, import.meta.url))
}
