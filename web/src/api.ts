import { type Api, ApiFailure, createApi } from '@foyer/client/api.ts'

const direct = createApi({ base: '' })
const lost = new Set<() => void>()

/** Calls back when the server says that nobody is logged in any more. */
export function onSessionLost(listener: () => void): () => void {
  lost.add(listener)
  return () => lost.delete(listener)
}

export function sessionLost(): void {
  for (const listener of [...lost]) listener()
}

/** The one way to the REST API. */
export const api: Api = {
  ...direct,
  async call(route, call) {
    try {
      return await direct.call(route, call)
    } catch (failure) {
      if (failure instanceof ApiFailure && failure.code === 'session.required') sessionLost()
      throw failure
    }
  },
}

const waits = [400, 1_200, 3_000]

/**
 * Makes a change that carries its own id: when no answer comes it is sent again with the same id, so it happens once.
 */
export async function withRetries<Answer>(change: () => Promise<Answer>): Promise<Answer> {
  for (const wait of waits) {
    try {
      return await change()
    } catch (failure) {
      if (!(failure instanceof ApiFailure && failure.retryable)) throw failure
      await new Promise((done) => setTimeout(done, failure.retryAfterMs ?? wait))
    }
  }
  return change()
}

export function codeOf(failure: unknown): ApiFailure['code'] {
  return failure instanceof ApiFailure ? failure.code : 'network'
}
