import { ApiFailure } from '@foyer/client/api.ts'
import { QueryClient } from '@tanstack/react-query'

/** The cache of what was read. The socket says what is out of date, so coming back to a window reads nothing again. */
export function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        refetchOnWindowFocus: false,
        staleTime: 60_000,
        // A connection that is away is shown by its own banner; reading goes on as soon as it is back.
        retry: (count, failure) => failure instanceof ApiFailure && failure.retryable && count < 8,
        retryDelay: (count) => Math.min(15_000, 500 * 2 ** count),
      },
    },
  })
}
