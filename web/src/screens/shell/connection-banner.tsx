import { elapsed } from '@foyer/client/clock.ts'
import { RefreshCw, WifiOff } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useLive, useSync } from '../../sync.ts'
import { useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { useFreePlace } from '../../ui/use-free-place.ts'
import { useCut } from './use-cut.ts'

/**
 * Says that the connection is away, when the next attempt is due, and lets one try now. It lies over the page, on nothing
 * that can be pressed: nothing moves under the hand when it comes and goes.
 */
export function ConnectionBanner() {
  const t = useText()
  const { live } = useSync()
  const status = useLive((each) => each.status())
  const retryAt = useLive((each) => each.retryAt())
  const reason = useLive((each) => each.stopReason())
  const cut = useCut()
  const [now, setNow] = useState(elapsed)
  const away = status === 'offline'

  useEffect(() => {
    if (!away) return
    setNow(elapsed())
    const timer = setInterval(() => setNow(elapsed()), 500)
    return () => clearInterval(timer)
  }, [away])

  if (status === 'stopped' && reason === 'version') {
    return (
      <Banner>
        <RefreshCw size={14} className="shrink-0" aria-hidden="true" />
        <span className="min-w-0 max-wide:grow">{t('connection.version')}</span>
        <Button look="quiet" className="font-medium text-accent!" onPress={() => location.reload()}>
          {t('fault.reload')}
        </Button>
      </Banner>
    )
  }
  if (!away || !cut) return null
  const seconds = retryAt === null ? 0 : Math.ceil((retryAt - now) / 1000)
  return (
    <Banner>
      <WifiOff size={14} className="shrink-0" aria-hidden="true" />
      <div className="flex min-w-0 flex-wrap gap-x-3 max-wide:grow">
        <span role="status">{t('connection.lost')}</span>
        {/* The countdown is for the eye; spoken each second it would be noise. It keeps its width as it changes. */}
        <span className="tabular grid text-faint" aria-hidden="true">
          <span className="invisible col-start-1 row-start-1">{t('connection.next', { seconds: 30 })}</span>
          <span className="col-start-1 row-start-1">
            {seconds > 0 ? t('connection.next', { seconds }) : t('connection.trying')}
          </span>
        </span>
      </div>
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
  const own = useRef<HTMLElement>(null)
  const place = useFreePlace(own, true)
  return (
    <section
      ref={own}
      aria-label={t('connection.label')}
      data-float
      style={place}
      className="fixed z-40 w-max max-w-[calc(100vw-1rem)]"
    >
      <div className="arrive flex min-h-10 items-center gap-x-3 rounded-lg border border-amber/40 bg-amber-tint ps-4 pe-1.5 text-dense text-ink shadow-float max-wide:py-1.5">
        {children}
      </div>
    </section>
  )
}
