import type { Written } from '@foyer/contract/conversations.ts'
import { codeOf, withRetries } from '../../api.ts'
import { useSync } from '../../sync.ts'
import { useErrorText } from '../../text.tsx'
import { notify } from '../../ui/notices.tsx'

/** Writes to a conversation's log; says whether it was done, and a refusal is shown. */
export function useWrite(): (request: () => Promise<Written>) => Promise<boolean> {
  const { live, lists } = useSync()
  const errorText = useErrorText()
  return async (request) => {
    try {
      const { packet } = await withRetries(request)
      live.take(packet)
      lists.take(packet.head)
      return true
    } catch (failure) {
      notify({ tone: 'error', text: errorText(codeOf(failure)) })
      return false
    }
  }
}
