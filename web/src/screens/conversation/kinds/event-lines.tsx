import type { Entry } from '@foyer/contract/entries.ts'
import { useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { useLocale, useText } from '../../../text.tsx'
import { clockTime, fullTime } from '../../../time.ts'
import { usePlainText } from './use-plain-text.ts'

const foldFrom = 4

/** What happened, as small centred lines; many of them fold to the last one. */
export function EventLines({ entries }: { entries: readonly Entry[] }) {
  const t = useText()
  const [open, setOpen] = useState(false)
  const folded = entries.length >= foldFrom && !open
  const shown = folded ? entries.slice(-1) : entries
  return (
    <div className="flex flex-col items-center gap-0.5 py-2 text-center text-small text-faint">
      {folded ? (
        <Button
          onPress={() => setOpen(true)}
          className="min-h-6 rounded-md px-2 underline decoration-dotted underline-offset-2 data-hovered:text-soft"
        >
          {t('event.more', { count: entries.length - 1 })}
        </Button>
      ) : null}
      {shown.map((entry) => (
        <EventLine key={entry.id} entry={entry} />
      ))}
    </div>
  )
}

function EventLine({ entry }: { entry: Entry }) {
  const locale = useLocale()
  const textOf = usePlainText()
  const at = Date.parse(entry.at)
  return (
    <p data-entry={entry.id} className="max-w-full wrap-anywhere">
      {textOf(entry)} ·{' '}
      <time dateTime={entry.at} title={fullTime(locale, at)} className="tabular whitespace-nowrap">
        {clockTime(locale, at)}
      </time>
    </p>
  )
}
