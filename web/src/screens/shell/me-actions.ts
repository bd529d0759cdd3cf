import { setAvailability, updateMe } from '@foyer/contract/operators.ts'
import type { BodyOf } from '@foyer/contract/route.ts'
import { logOut } from '@foyer/contract/sessions.ts'
import { useQueryClient } from '@tanstack/react-query'
import { api, codeOf } from '../../api.ts'
import { sessionKey, useMe, useSetMe } from '../../session.ts'
import { useSync } from '../../sync.ts'
import { useErrorText } from '../../text.tsx'
import { notify } from '../../ui/notices.tsx'

/** Shows a change of mine at once, and takes it back with a word when it fails. */
function useChangeMe() {
  const me = useMe()
  const setMe = useSetMe()
  const errorText = useErrorText()
  return async (change: Partial<typeof me>, request: () => Promise<typeof me>): Promise<boolean> => {
    setMe({ ...me, ...change })
    try {
      setMe(await request())
      return true
    } catch (failure) {
      setMe(me)
      notify({ tone: 'error', text: errorText(codeOf(failure)) })
      return false
    }
  }
}

export function useSetOnline(): (online: boolean) => void {
  const change = useChangeMe()
  return (online) => void change({ online }, () => api.call(setAvailability, { body: { online } }))
}

export function useUpdateMe(): (body: BodyOf<typeof updateMe>) => Promise<boolean> {
  const change = useChangeMe()
  return (body) => {
    const { name, alias, languages, signature, locale, theme, shortcuts, undoSeconds } = body
    return change(
      {
        ...(name === undefined ? {} : { name }),
        ...(alias === undefined ? {} : { alias }),
        ...(languages === undefined ? {} : { languages }),
        ...(signature === undefined ? {} : { signature }),
        ...(locale === undefined ? {} : { locale }),
        ...(theme === undefined ? {} : { theme }),
        ...(shortcuts === undefined ? {} : { shortcuts }),
        ...(undoSeconds === undefined ? {} : { undoSeconds }),
      },
      () => api.call(updateMe, { body }),
    )
  }
}

/** Sends what could still be taken back, logs out and forgets what was read; what does not get through, and drafts, wait on this browser for the same person. */
export function useLogOut(): () => Promise<void> {
  const queries = useQueryClient()
  const errorText = useErrorText()
  const { finish } = useSync()
  return async () => {
    await finish()
    try {
      await api.call(logOut)
    } catch (failure) {
      if (codeOf(failure) !== 'session.required') {
        notify({ tone: 'error', text: errorText(codeOf(failure)) })
        return
      }
    }
    queries.setQueryData(sessionKey, null)
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] })
  }
}
