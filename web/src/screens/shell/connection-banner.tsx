import { RefreshCw, WifiOff } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useLive, useSync } from '../../sync.ts'
import { useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'

/** A short cut heals by itself before anyone has read a sentence about it. */
const quietMs = 1_500

/** Says that the connection is away, when the next attempt is due, and lets one try now. */
export function ConnectionBanner() {
  const t = useText()
  const { live } = useSync()
  const status = useLive((each) => each.status())
  const retryAt = useLive((each) => each.retryAt())
  const reason = useLive((each) => each.stopReason())
  const [late, setLate] = useState(false)
  const [now, setNow] = useState(Date.now)
  const away = status === 'offline'

  useEffect(() => {
    if (!away) return setLate(false)
    const timer = setTimeout(() => setLate(true), quietMs)
    return () => clearTimeout(timer)
  }, [away])
  useEffect(() => {
    if (!away) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [away])

  if (status === 'stopped' && reason === 'version') {
    return (
      <Banner>
        <RefreshCw size={14} aria-hidden="true" />
        <span>{t('connection.version')}</span>
        <Button look="quiet" className="font-medium text-accent!" onPress={() => location.reload()}>
          {t('fault.reload')}
        </Button>
      </Banner>
    )
  }
  if (!away || !late) return null
  const seconds = retryAt === null ? 0 : Math.ceil((retryAt - now) / 1000)
  return (
    <Banner>
      <WifiOff size={14} aria-hidden="true" />
      <span role="status">{t('connection.lost')}</span>
      {/* The countdown is for the eye; spoken each second it would be noise. */}
      <span className="tabular text-faint" aria-hidden="true">
        {seconds > 0 ? t('connection.next', { seconds }) : t('connection.trying')}
      </span>
      <Button
        look="quiet"
        className="font-medium text-accent!"
        onPress={live.retryNow}
        isDisabled={seconds <= 0}
      >
        {t('connection.now')}
      </Button>
    </Banner>
  )
}

function Banner({ children }: { children: React.ReactNode }) {
  const t = useText()
  return (
    <section
      aria-label={t('connection.label')}
      className="arrive flex min-h-10 shrink-0 flex-wrap items-center justify-center gap-x-3 border-b border-line bg-amber-tint px-4 text-dense text-ink"
    >
      {children}
    </section>
  )
}
