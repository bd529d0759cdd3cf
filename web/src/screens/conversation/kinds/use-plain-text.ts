import { plainText } from '@foyer/contract/entries/plain-text.ts'
import type { Entry } from '@foyer/contract/entries.ts'
import { useMe, useOperatorName } from '../../../session.ts'
import { useLocale, useText } from '../../../text.tsx'
import { fullTime } from '../../../time.ts'

/** What an entry says as text alone, to who is logged in. */
export function usePlainText(): (entry: Entry) => string {
  const t = useText()
  const { id: meId } = useMe()
  const locale = useLocale()
  const nameOf = useOperatorName()
  const moment = (at: string) => fullTime(locale, Date.parse(at))
  return (entry) => plainText(entry, { t, meId, nameOf, moment, someone: t('log.operator') })
}
