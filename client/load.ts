import { backoff } from './backoff.ts'

/**
 * Loads a part of the program that is fetched when it is needed, and tries again for as long as the line is down.
 * Never rejects: whoever waits gets the part, later.
 */
export async function loadPatiently<Part>(load: () => Promise<Part>): Promise<Part> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await load()
    } catch {
      await new Promise((done) => setTimeout(done, backoff(attempt)))
    }
  }
}
