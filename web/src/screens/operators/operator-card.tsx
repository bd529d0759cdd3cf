import type { Operator, Workload } from '@foyer/contract/operators.ts'
import type { Circle } from '@foyer/contract/team.ts'
import { Languages, Users } from 'lucide-react'
import type { ReactNode } from 'react'
import { useLanguageTitle } from '../../language-names.ts'
import { useLocale, useText } from '../../text.tsx'
import { duration, fullTime, relativeTime } from '../../time.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { useNow } from '../../ui/now.ts'
import { LiveWith } from './live-with.tsx'
import { Slots } from './slots.tsx'

/** Up to here it is told how long somebody has been online; beyond, since when. */
const longMs = 2 * 24 * 60 * 60_000

type OperatorCardProps = {
  operator: Operator
  mine: boolean
  groups: readonly Circle[]
  /** Undefined while it is not known. */
  workload: Workload | undefined
}

/** A colleague who is there: their face, how long, with whom, and what else they have. */
export function OperatorCard({ operator, mine, groups, workload }: OperatorCardProps) {
  const t = useText()
  const languageTitle = useLanguageTitle()
  const { name, available } = operator
  return (
    <li className="flex flex-col rounded-xl bg-surface p-4 text-dense shadow-rest">
      <div className="flex items-center gap-3.5">
        <Avatar name={name} seed={operator.id} picture={operator.picture} size="person" online={available} />
        <div className="min-w-0 grow">
          <p className="flex min-w-0 items-baseline gap-2 text-body">
            <bdi className="truncate font-bold" title={name}>
              {name}
            </bdi>
            {mine ? <span className="shrink-0 text-small text-faint">{t('assignee.me')}</span> : null}
          </p>
          <Status operator={operator} />
        </div>
      </div>
      <div className="mt-4 flex min-h-5 items-center justify-between gap-3">
        <Slots slots={operator.slots} live={workload?.live ?? []} />
        <span className="tabular shrink-0 text-small text-soft">
          {workload ? t('operators.running', { count: workload.running }) : null}
        </span>
      </div>
      {workload && workload.live.length > 0 ? <LiveWith live={workload.live} mine={mine} /> : null}
      {groups.length > 0 || operator.languages.length > 0 ? (
        <div className="mt-auto flex flex-col gap-1 pt-3 text-small text-faint">
          {groups.length > 0 ? (
            <Line icon={<Users size={13} aria-hidden="true" />} label={t('team.groups')}>
              {groups.map((group) => group.name).join(', ')}
            </Line>
          ) : null}
          {operator.languages.length > 0 ? (
            <Line icon={<Languages size={13} aria-hidden="true" />} label={t('team.languages')}>
              {languageTitle(...operator.languages)}
            </Line>
          ) : null}
        </div>
      ) : null}
    </li>
  )
}

function Line({ icon, label, children }: { icon: ReactNode; label: string; children: string }) {
  return (
    <p className="flex min-w-0 items-center gap-1.5" title={`${label}: ${children}`}>
      <span className="shrink-0">{icon}</span>
      <bdi className="truncate">{children}</bdi>
    </p>
  )
}

/** Whether somebody is there, and for how long. */
function Status({ operator }: { operator: Operator }) {
  const t = useText()
  const locale = useLocale()
  const now = useNow()
  const { available, away } = operator
  const since = Date.parse(operator.since)
  const status = available ? t('me.online') : away ? t('operators.away') : t('me.offline')
  return (
    <p className="flex flex-wrap items-baseline gap-x-1.5">
      <span className={available ? 'font-medium text-green' : away ? 'font-medium text-amber' : 'text-faint'}>
        {status}
      </span>
      <time dateTime={operator.since} title={fullTime(locale, since)} className="text-small text-faint">
        {available && now - since < longMs
          ? t('operators.onlineFor', { time: duration(locale, now - since) })
          : relativeTime(locale, since, now)}
      </time>
    </p>
  )
}
