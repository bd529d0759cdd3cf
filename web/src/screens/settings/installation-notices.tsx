import { listNotices, type NoticeKind } from '@foyer/contract/installation.ts'
import { useQuery } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide-react'
import { api } from '../../api.ts'
import { useMe } from '../../session.ts'
import { type TextKey, useText } from '../../text.tsx'

const texts: Record<NoticeKind, { title: TextKey; text: TextKey }> = {
  proxy_undeclared: {
    title: 'installation.proxyUndeclaredTitle',
    text: 'installation.proxyUndeclaredText',
  },
  database_owner: { title: 'installation.databaseOwnerTitle', text: 'installation.databaseOwnerText' },
  database_full: { title: 'installation.databaseFullTitle', text: 'installation.databaseFullText' },
  database_read_only: {
    title: 'installation.databaseReadOnlyTitle',
    text: 'installation.databaseReadOnlyText',
  },
  database_stuck: { title: 'installation.databaseStuckTitle', text: 'installation.databaseStuckText' },
  scanner_away: { title: 'installation.scannerAwayTitle', text: 'installation.scannerAwayText' },
}

/** What is wrong with the installation and how to mend it, for whoever may change settings; nothing where all is well. */
export function InstallationNotices() {
  const t = useText()
  const mayKnow = useMe().rights.includes('widgets.manage')
  const { data } = useQuery({
    queryKey: ['installation-notices'],
    queryFn: ({ signal }) => api.call(listNotices, { signal }),
    enabled: mayKnow,
    staleTime: 0,
    refetchInterval: 30_000,
  })
  if (!data || data.items.length === 0) return null
  return (
    <ul aria-label={t('installation.label')} className="flex flex-col gap-3">
      {data.items.map(({ kind }) => (
        <li key={kind} className="flex gap-3 rounded-lg bg-amber-tint px-4 py-3 text-dense text-pretty">
          <TriangleAlert size={16} className="mt-0.5 shrink-0 text-amber" aria-hidden="true" />
          <div className="min-w-0">
            <p className="font-medium">{t(texts[kind].title)}</p>
            <p className="text-soft wrap-anywhere">{t(texts[kind].text)}</p>
          </div>
        </li>
      ))}
    </ul>
  )
}
