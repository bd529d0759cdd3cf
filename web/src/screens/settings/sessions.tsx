import { endSession, listSessions, type Session } from '@foyer/contract/sessions.ts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Monitor, Smartphone } from 'lucide-react'
import { api, codeOf } from '../../api.ts'
import { useErrorText, useLocale, useText } from '../../text.tsx'
import { fullTime, relativeTime } from '../../time.ts'
import { Button } from '../../ui/button.tsx'
import { notify } from '../../ui/notices.tsx'
import { useNow } from '../../ui/now.ts'
import { RowSkeleton } from '../../ui/skeleton.tsx'
import { rowLook, rowsLook } from './page-part.tsx'

/** Where I am logged in, and a way to end what I do not recognise. */
export function Sessions() {
  const t = useText()
  const locale = useLocale()
  const now = useNow()
  const nameOf = useDeviceName()
  const errorText = useErrorText()
  const queries = useQueryClient()
  const { data, isPending } = useQuery({
    queryKey: ['sessions'],
    queryFn: ({ signal }) => api.call(listSessions, { signal }),
    staleTime: 0,
  })

  async function end(session: Session) {
    try {
      await api.call(endSession, { params: { sessionId: session.id } })
      notify({ tone: 'plain', text: t('sessions.ended', { device: nameOf(session.device) }) })
    } catch (failure) {
      notify({ tone: 'error', text: errorText(codeOf(failure)) })
    }
    void queries.invalidateQueries({ queryKey: ['sessions'] })
  }
  return (
    <>
      {isPending ? <RowSkeleton rows={2} /> : null}
      <ul aria-label={t('settings.sessions')} className={rowsLook}>
        {data?.items.map((session) => (
          <li key={session.id} className={rowLook}>
            <DeviceSign device={session.device} />
            <div className="min-w-48 flex-1 text-dense">
              <p className="font-medium">
                {nameOf(session.device)}
                {session.current ? (
                  <span className="ms-2 font-normal text-green">{t('sessions.current')}</span>
                ) : null}
              </p>
              <p className="tabular text-faint" title={fullTime(locale, Date.parse(session.lastSeenAt))}>
                {t('sessions.seen', { when: relativeTime(locale, Date.parse(session.lastSeenAt), now) })}
              </p>
            </div>
            {session.current ? null : (
              <Button
                look="danger"
                aria-label={t('sessions.endOne', { device: nameOf(session.device) })}
                onPress={() => void end(session)}
              >
                {t('sessions.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

function DeviceSign({ device }: { device: string }) {
  const Sign = /\b(iOS|Android)\b/.test(device) ? Smartphone : Monitor
  return <Sign size={18} strokeWidth={1.6} className="shrink-0 text-faint" aria-hidden="true" />
}

/** What the server calls a browser and its system, in the words of the language. */
function useDeviceName(): (device: string) => string {
  const t = useText()
  return (device) => {
    const [browser, system] = device.split(' on ')
    if (browser && system) return t('sessions.device', { browser, system })
    return device === 'Unknown device' ? t('sessions.unknownDevice') : device
  }
}
