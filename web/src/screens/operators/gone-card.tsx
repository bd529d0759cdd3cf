import type { Operator, Workload } from '@foyer/contract/operators.ts'
import type { Circle } from '@foyer/contract/team.ts'
import { useLanguageTitle } from '../../language-names.ts'
import { useLocale, useText } from '../../text.tsx'
import { fullTime, relativeTime } from '../../time.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { useNow } from '../../ui/now.ts'

type GoneCardProps = { operator: Operator; groups: readonly Circle[]; workload: Workload | undefined }

/** A colleague who is not there: since when, and what is assigned to them all the same. */
export function GoneCard({ operator, groups, workload }: GoneCardProps) {
  const t = useText()
  const locale = useLocale()
  const now = useNow()
  const languageTitle = useLanguageTitle()
  const since = Date.parse(operator.since)
  const about = [
    ...groups.map(({ name }) => name),
    ...(operator.languages.length > 0 ? [languageTitle(...operator.languages)] : []),
  ].join(', ')
  return (
    <li className="flex items-center gap-3 rounded-lg bg-surface/60 px-3 py-2.5 text-dense shadow-rest">
      <Avatar name={operator.name} seed={operator.id} picture={operator.picture} size="large" />
      <div className="flex min-w-0 grow flex-col">
        <bdi className="truncate font-medium" title={operator.name}>
          {operator.name}
        </bdi>
        <p className="flex min-w-0 gap-2 text-small text-faint">
          <time dateTime={operator.since} title={fullTime(locale, since)} className="min-w-0 grow truncate">
            {relativeTime(locale, since, now)}
          </time>
          {workload && workload.running > 0 ? (
            <span className="tabular shrink-0 text-soft">
              {t('operators.running', { count: workload.running })}
            </span>
          ) : null}
        </p>
        {about ? (
          <p className="truncate text-small text-faint" title={about}>
            {about}
          </p>
        ) : null}
      </div>
    </li>
  )
}
