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
    const began = renewals
    try {
      return await direct.call(route, call)
    } catch (failure) {
      if (!isSessionLost(failure)) throw failure
      // It went out with the cookie before.
      if (renewing || renewals !== began) {
        await renewing
        return direct.call(route, call)
      }
      sessionLost()
      throw failure
    }
  },
}

let renewing: Promise<unknown> | null = null
let renewals = 0

/** Makes a call by which the session gets another cookie: what is refused meanwhile is asked again with the new one. */
export const renew: Api['call'] = async (route, call) => {
  const answered = direct.call(route, call)
  renewing = answered.catch(() => undefined)
  try {
    return await answered
  } catch (failure) {
    if (isSessionLost(failure)) sessionLost()
    throw failure
  } finally {
    renewals++
    renewing = null
  }
}

function isSessionLost(failure: unknown): boolean {
  return failure instanceof ApiFailure && failure.code === 'session.required'
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
