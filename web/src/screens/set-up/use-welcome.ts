import { setAvailability } from '@foyer/contract/operators.ts'
import { api } from '../../api.ts'
import { useSetMe } from '../../session.ts'
import { useText } from '../../text.tsx'
import { notify } from '../../ui/notices.tsx'

/** Says to who has just come in that they are offline, and lets them go online; it stays until it is done or dismissed. */
export function useWelcome(): (name: string) => void {
  const t = useText()
  const setMe = useSetMe()
  return (name) => {
    const goOnline = () =>
      void api
        .call(setAvailability, { body: { online: true } })
        .then(setMe)
        // The switch at the bottom is still there.
        .catch(() => undefined)
    const action = { label: t('welcome.goOnline'), run: goOnline }
    notify({ tone: 'plain', text: t('welcome.text', { name }), action, stays: true })
  }
}
