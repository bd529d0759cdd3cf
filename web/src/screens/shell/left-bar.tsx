import {
  Archive,
  Bell,
  Command,
  Inbox,
  type LucideIcon,
  PanelLeftClose,
  PanelLeftOpen,
  Search,
  Settings,
  Users,
} from 'lucide-react'
import { Go, usePathname } from '../../link.tsx'
import { paths } from '../../paths.ts'
import { useMe } from '../../session.ts'
import { useText } from '../../text.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { Count } from '../../ui/count.tsx'
import { useKept } from '../../ui/kept.ts'
import { useFull } from '../../ui/media.ts'
import { Tip } from '../../ui/tip.tsx'
import { useNotifications } from '../notifications/use-notifications.ts'
import { AvailabilitySwitch, MeMenu } from './me-menu.tsx'
import { useSearching } from './use-searching.ts'
import { paletteKeys } from './use-shortcuts.ts'
import { WaitingCounts } from './waiting-counts.tsx'

/** The parts of the Message Center, and at the bottom the one who is looking. */
export function LeftBar({ openPalette }: { openPalette: () => void }) {
  const t = useText()
  const me = useMe()
  const full = useFull()
  const [folded, setFolded] = useKept('bar-folded', false)
  const narrow = folded || !full
  const search = useSearching()
  return (
    <header
      className={classes(
        'flex shrink-0 flex-col gap-1 overflow-y-auto border-e border-line bg-canvas p-2',
        narrow ? 'w-13' : 'w-54',
      )}
    >
      <div className={classes('flex items-center gap-2', narrow ? 'justify-center' : 'min-h-9 ps-2')}>
        {narrow ? null : (
          <span className="grow truncate text-dense font-semibold">{me.organizationName}</span>
        )}
        {full ? (
          <IconButton label={folded ? t('shell.unfold') : t('shell.fold')} onPress={() => setFolded(!folded)}>
            {folded ? (
              <PanelLeftOpen size={16} className="rtl:-scale-x-100" aria-hidden="true" />
            ) : (
              <PanelLeftClose size={16} className="rtl:-scale-x-100" aria-hidden="true" />
            )}
          </IconButton>
        ) : null}
      </div>
      <div className={classes('mb-2 flex gap-1', narrow && 'flex-col')}>
        <Tip text={t('command.search')}>
          <Button
            look="quiet"
            onPress={search}
            {...(narrow ? { 'aria-label': t('command.search') } : {})}
            className={narrow ? 'px-0' : 'min-w-0 grow justify-start! border-line! bg-surface px-2!'}
          >
            <Search size={15} className="shrink-0" aria-hidden="true" />
            {narrow ? null : <span className="truncate">{t('command.search')}</span>}
          </Button>
        </Tip>
        <IconButton
          label={t('command.title')}
          keys={paletteKeys}
          onPress={openPalette}
          className={narrow ? 'w-full' : 'border border-line bg-surface'}
        >
          <Command size={15} aria-hidden="true" />
        </IconButton>
      </div>
      <nav aria-label={t('nav.label')} className="flex flex-col gap-0.5">
        <Parts narrow={narrow} />
      </nav>
      <div className="mt-auto flex flex-col gap-1 pt-4">
        <AvailabilitySwitch narrow={narrow} />
        <MeMenu narrow={narrow} />
      </div>
    </header>
  )
}

function Parts({ narrow }: { narrow: boolean }) {
  const t = useText()
  const news = useNotifications().unread
  return (
    <>
      <Part to={paths.inbox()} icon={Inbox} label={t('nav.inbox')} narrow={narrow}>
        <WaitingCounts layout={narrow ? 'corner' : 'row'} />
      </Part>
      <Part to={paths.conversations({})} icon={Archive} label={t('nav.conversations')} narrow={narrow} />
      <Part to={paths.notifications()} icon={Bell} label={t('nav.notifications')} narrow={narrow}>
        <Count value={news} label={t('notifications.unreadCount', { count: news })} />
      </Part>
      <Part to={paths.operators()} icon={Users} label={t('nav.operators')} narrow={narrow} />
      <Part
        to={paths.settings('profile')}
        under="/settings"
        icon={Settings}
        label={t('nav.settings')}
        narrow={narrow}
      />
    </>
  )
}

type PartProps = {
  to: string
  /** Addresses below this one count as this part. */
  under?: string
  icon: LucideIcon
  label: string
  narrow: boolean
  children?: React.ReactNode
}

function Part({ to, under = to, icon: Icon, label, narrow, children }: PartProps) {
  const pathname = usePathname()
  const here = pathname === under || pathname.startsWith(`${under}/`)
  const link = (
    <Go
      to={to}
      aria-current={here ? 'page' : undefined}
      className={classes(
        'relative flex min-h-8 items-center gap-2.5 rounded-md text-dense transition-colors',
        narrow ? 'justify-center' : 'px-2 py-1',
        here ? 'bg-press font-medium text-ink' : 'text-soft hover:bg-hover hover:text-ink',
      )}
    >
      <Icon size={16} strokeWidth={here ? 2.2 : 1.8} className="shrink-0" aria-hidden="true" />
      <span className={narrow ? 'sr-only' : 'grow'}>{label}</span>
      {children ? (
        <span className={narrow ? 'absolute end-0 top-0 scale-80' : undefined}>{children}</span>
      ) : null}
    </Go>
  )
  // A link is no pressable of the overlay library: its tip is the browser's own.
  return narrow ? <span title={label}>{link}</span> : link
}
