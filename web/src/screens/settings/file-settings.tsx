import { fileSize } from '@foyer/client/file-size.ts'
import { readFileSettings, type FileSettings as Settings, updateFileSettings } from '@foyer/contract/files.ts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ShieldAlert, ShieldCheck } from 'lucide-react'
import { ProgressBar } from 'react-aria-components/ProgressBar'
import { api, codeOf } from '../../api.ts'
import { type TextKey, useErrorText, useLocale, useText } from '../../text.tsx'
import { classes } from '../../ui/classes.ts'
import { notify } from '../../ui/notices.tsx'
import { RowSkeleton } from '../../ui/skeleton.tsx'
import { Card } from './page-part.tsx'
import { ToggleRow } from './toggle-row.tsx'

const scanners: Record<Settings['scanner'], { title: TextKey; text: TextKey }> = {
  there: { title: 'fileSettings.scannerThere', text: 'fileSettings.scannerThereText' },
  away: { title: 'fileSettings.scannerAway', text: 'fileSettings.scannerAwayText' },
  none: { title: 'fileSettings.scannerNone', text: 'fileSettings.scannerNoneText' },
}

/** How files are dealt with: what looks through them, what becomes of what cameras write into pictures, how much room there is. */
export function FileSettings() {
  const t = useText()
  const errorText = useErrorText()
  const queries = useQueryClient()
  const { data } = useQuery({
    queryKey: ['file-settings'],
    queryFn: ({ signal }) => api.call(readFileSettings, { signal }),
  })
  if (!data) return <RowSkeleton rows={3} />
  async function keep(keepsPictureData: boolean) {
    try {
      queries.setQueryData(
        ['file-settings'],
        await api.call(updateFileSettings, { body: { keepsPictureData } }),
      )
    } catch (failure) {
      notify({ tone: 'error', text: errorText(codeOf(failure)) })
    }
  }
  return (
    <Card>
      <Scanner state={data.scanner} />
      <ToggleRow
        label={t('fileSettings.keeps')}
        help={t('fileSettings.keepsHelp')}
        on={data.keepsPictureData}
        onChange={(on) => void keep(on)}
      />
      <Room stored={data.stored} most={data.most} />
    </Card>
  )
}

function Scanner({ state }: { state: Settings['scanner'] }) {
  const t = useText()
  const isThere = state === 'there'
  const Icon = isThere ? ShieldCheck : ShieldAlert
  return (
    <div className="flex gap-3">
      <Icon
        size={18}
        className={classes('mt-0.5 shrink-0', isThere ? 'text-green' : 'text-amber')}
        aria-hidden="true"
      />
      <div className="flex min-w-0 flex-col gap-0.5">
        <p className="font-medium">
          {t('fileSettings.scanner')}: {t(scanners[state].title)}
        </p>
        <p className="text-dense text-pretty text-faint wrap-anywhere">{t(scanners[state].text)}</p>
      </div>
    </div>
  )
}

function Room({ stored, most }: { stored: number; most: number }) {
  const t = useText()
  const locale = useLocale()
  const size = (bytes: number) => fileSize(locale, bytes)
  return (
    <ProgressBar
      aria-label={t('fileSettings.stored')}
      value={stored}
      maxValue={Math.max(most, 1)}
      className="flex flex-col gap-1.5"
    >
      {({ percentage }) => (
        <>
          <p className="flex flex-wrap justify-between gap-x-4">
            <span className="font-medium">{t('fileSettings.stored')}</span>
            <span className="tabular text-dense text-soft">
              {t('fileSettings.storedOf', { stored: size(stored), most: size(most) })}
            </span>
          </p>
          <span className="block h-1.5 overflow-hidden rounded-full bg-line">
            <span
              className={classes('block h-full rounded-full', stored > most * 0.9 ? 'bg-ember' : 'bg-accent')}
              style={{ width: `${percentage ?? 0}%` }}
            />
          </span>
        </>
      )}
    </ProgressBar>
  )
}
