import { serverNow } from '@foyer/client/clock.ts'

/** As long as what a link opened stays open. */
const keptMs = 7 * 24 * 3_600_000
const prefix = 'foyer-opened:'

/** Which links this browser has opened, and the secrets it got by them: with its own a link opens again. */
export type OpenedLinks = {
  own(secret: string): string | undefined
  keep(secret: string, token: string): void
  forget(secret: string): void
}

/** What is stored names a link by its beginning, which opens nothing. */
export function openOpenedLinks(open: () => Storage): OpenedLinks {
  const nameOf = (secret: string) => prefix + secret.slice(0, 12)

  function trying<Result>(work: (storage: Storage) => Result): Result | undefined {
    try {
      return work(open())
    } catch {
      // Blocked or full: the link then opens once.
      return undefined
    }
  }

  return {
    own: (secret) =>
      trying((storage) => {
        for (const name of Object.keys(storage))
          if (name.startsWith(prefix) && !isFresh(storage.getItem(name))) storage.removeItem(name)
        return storage.getItem(nameOf(secret))?.split(' ')[1]
      }),
    keep: (secret, token) => trying((storage) => storage.setItem(nameOf(secret), `${serverNow()} ${token}`)),
    forget: (secret) => trying((storage) => storage.removeItem(nameOf(secret))),
  }
}

/** The secrets that messengers on this origin keep: what this browser is known by already. */
export function knownSecrets(open: () => Storage): string[] {
  try {
    const storage = open()
    return Object.keys(storage)
      .filter((name) => /^foyer:[^:]*:token$/.test(name))
      .map((name) => storage.getItem(name) ?? '')
      .filter((token) => /^[\w-]{43}$/.test(token))
      .slice(0, 20)
  } catch {
    return []
  }
}

function isFresh(kept: string | null): boolean {
  return Number(kept?.split(' ')[0]) > serverNow() - keptMs
}
