import { Bell, Volume2, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { askPermission, usePermission } from '../../signs/permission.ts'
import { useSignSettings } from '../../signs/use-settings.ts'
import { useIsBlocked, useSigns } from '../../signs/use-signs.ts'
import { useText } from '../../text.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { useKept } from '../../ui/kept.ts'
import { useWide } from '../../ui/media.ts'

/** At the top of the page: the browser holds back a sound, or has not been asked for notifications yet. */
export function SignsStrip() {
  const t = useText()
  const signs = useSigns()
  const blocked = useIsBlocked()
  const permission = usePermission()
  const settings = useSignSettings()
  const [dismissed, setDismissed] = useKept('notifications-later', false)
  // On phones pages may not show any by themselves.
  const wide = useWide()
  // Until it is known what is wanted it is taken for so: a strip that came a moment later would push the page down.
  const wanted =
    !settings || (!settings.silenced && settings.shown.mine.length + settings.shown.group.length > 0)
  if (blocked)
    return (
      <Strip
        icon={<Volume2 size={14} className="shrink-0" aria-hidden="true" />}
        text={t('signs.blocked')}
        spoken
      >
        <Button look="quiet" className="font-medium text-accent!" onPress={() => signs?.unblock()}>
          {t('signs.unblock')}
        </Button>
      </Strip>
    )
  if (permission !== 'default' || dismissed || !wanted || !wide) return null
  return (
    <Strip icon={<Bell size={14} className="shrink-0" aria-hidden="true" />} text={t('signs.ask')}>
      <Button look="quiet" className="font-medium text-accent!" onPress={() => void askPermission()}>
        {t('signs.allow')}
      </Button>
      <IconButton label={t('signs.notNow')} onPress={() => setDismissed(true)}>
        <X size={14} aria-hidden="true" />
      </IconButton>
    </Strip>
  )
}

type StripProps = {
  icon: ReactNode
  text: string
  /** It came while somebody was at work, and is read out. */
  spoken?: boolean
  children: ReactNode
}

function Strip({ icon, text, spoken = false, children }: StripProps) {
  const t = useText()
  return (
    <section
      aria-label={t('settings.signs')}
      className="flex min-h-10 shrink-0 items-center justify-center gap-x-2 border-b border-line bg-accent-tint px-4 text-dense text-ink max-wide:py-1 max-wide:pe-1"
    >
      {icon}
      <span role={spoken ? 'status' : undefined} className="min-w-0 text-pretty max-wide:grow">
        {text}
      </span>
      {children}
    </section>
  )
}
