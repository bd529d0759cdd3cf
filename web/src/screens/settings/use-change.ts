import { useQueryClient } from '@tanstack/react-query'
import { codeOf, withRetries } from '../../api.ts'
import { useErrorText } from '../../text.tsx'
import { notify } from '../../ui/notices.tsx'

/** Does something to the team, reads it again, and says so when it was refused; answers what was done, or null. */
export function useChange(): <Answer>(request: () => Promise<Answer>) => Promise<Answer | null> {
  const queries = useQueryClient()
  const errorText = useErrorText()
  return async (request) => {
    try {
      const answer = await withRetries(request)
      await queries.invalidateQueries({ queryKey: ['operators'] })
      return answer
    } catch (failure) {
      notify({ tone: 'error', text: errorText(codeOf(failure)) })
      return null
    }
  }
}
