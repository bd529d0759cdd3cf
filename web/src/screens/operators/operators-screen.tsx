import { listWorkloads, type Operator } from '@foyer/contract/operators.ts'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { useLanguageTitle } from '../../language-names.ts'
import { useMe, useOperators } from '../../session.ts'
import { useLocale, useText } from '../../text.tsx'
import { duration, fullTime, relativeTime } from '../../time.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { useNow } from '../../ui/now.ts'

/** Which colleagues are online, and how busy they are; it changes by itself. */
export function OperatorsScreen() {
  const t = useText()
  const me = useMe()
  const locale = useLocale()
  const operators = [...useOperators()].sort(
    (a, b) => Number(b.available) - Number(a.available) || a.name.localeCompare(b.name, locale),
  )
  const { data } = useQuery({
    // Read again with the operators; what changes in between without them is not far off.
    queryKey: ['operators', 'workloads'],
    queryFn: ({ signal }) => api.call(listWorkloads, { signal }),
    refetchInterval: 15_000,
  })
  const running = new Map(data?.items.map((item) => [item.operatorId, item.running]))
  const here = operators.filter(({ available }) => available)
  const slots = here.reduce((sum, each) => sum + each.slots.most, 0)
  const used = here.reduce((sum, each) => sum + each.slots.used, 0)
  return (
    <div className="h-full overflow-y-auto px-5 py-6 wide:px-10 wide:py-10">
      <div className="mx-auto flex max-w-160 flex-col gap-6">
        <header>
          <h1 className="text-title font-semibold tracking-tight">{t('nav.operators')}</h1>
          <p className="text-soft">{t('operators.now', { count: here.length, used, slots })}</p>
        </header>
        <ul aria-label={t('nav.operators')} className="flex flex-col rounded-lg border border-line">
          {operators.map((operator) => (
            <Row
              key={operator.id}
              operator={operator}
              mine={operator.id === me.id}
              running={data && (running.get(operator.id) ?? 0)}
            />
          ))}
        </ul>
      </div>
    </div>
  )
}

/** Up to here it is told how long somebody has been online; beyond, since when. */
const longMs = 2 * 24 * 60 * 60_000

type RowProps = { operator: Operator; mine: boolean; running: number | undefined }

function Row({ operator, mine, running }: RowProps) {
  const t = useText()
  const locale = useLocale()
  const now = useNow()
  const languageTitle = useLanguageTitle()
  const { name, available, away, slots } = operator
  const since = Date.parse(operator.since)
  const status = available ? t('me.online') : away ? t('operators.away') : t('me.offline')
  const share = slots.most === 0 ? 0 : Math.min(1, slots.used / slots.most)
  return (
    <li className="flex items-center gap-3 border-b border-line px-4 py-2.5 text-dense last:border-0">
      <Avatar name={name} seed={operator.id} picture={operator.picture} size="small" online={available} />
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="truncate">
          <bdi className="font-medium">{name}</bdi>
          {mine ? <span className="ms-2 text-faint">{t('assignee.me')}</span> : null}
        </span>
        {operator.languages.length > 0 ? (
          <span className="text-small text-faint">{languageTitle(...operator.languages)}</span>
        ) : null}
      </span>
      <span className="flex flex-col items-end">
        <span className={available ? 'text-green' : away ? 'text-amber' : 'text-faint'}>{status}</span>
        <time dateTime={operator.since} title={fullTime(locale, since)} className="text-small text-faint">
          {available && now - since < longMs
            ? t('operators.onlineFor', { time: duration(locale, now - since) })
            : relativeTime(locale, since, now)}
        </time>
      </span>
      <span className="tabular hidden w-24 text-end text-soft full:inline">
        {running === undefined ? '' : t('operators.running', { count: running })}
      </span>
      <span className="flex items-center wide:w-28 justify-end gap-2" title={t('me.slots', slots)}>
        <span
          className="hidden h-1.5 w-14 overflow-hidden rounded-full bg-press wide:block"
          aria-hidden="true"
        >
          <span
            className={`block h-full rounded-full ${share === 1 ? 'bg-amber' : 'bg-green'}`}
            style={{ width: `${share * 100}%` }}
          />
        </span>
        <span role="img" aria-label={t('me.slots', slots)} className="tabular w-10 text-end">
          {slots.used}/{slots.most}
        </span>
      </span>
    </li>
  )
}
