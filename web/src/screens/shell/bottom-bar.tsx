import { Archive, Bell, Inbox, type LucideIcon, Settings } from 'lucide-react'
import { Go, usePathname } from '../../link.tsx'
import { paths } from '../../paths.ts'
import { useText } from '../../text.tsx'
import { classes } from '../../ui/classes.ts'
import { Count } from '../../ui/count.tsx'
import { useNotifications } from '../notifications/use-notifications.ts'
import { MeMenu } from './me-menu.tsx'
import { WaitingCounts } from './waiting-counts.tsx'

/** The parts in reach of a thumb; gone while a conversation takes the whole screen. */
export function BottomBar() {
  const t = useText()
  const pathname = usePathname()
  const news = useNotifications().unread
  if (/^\/(inbox|conversations)\/./.test(pathname)) return null
  return (
    <nav
      aria-label={t('nav.label')}
      className="flex shrink-0 items-stretch justify-around border-t border-line bg-canvas pb-[env(safe-area-inset-bottom)]"
    >
      <Tab to={paths.inbox()} icon={Inbox} label={t('nav.inbox')}>
        <WaitingCounts layout="corner" />
      </Tab>
      <Tab to={paths.conversations({})} icon={Archive} label={t('nav.conversationsShort')} />
      <Tab to={paths.notifications()} icon={Bell} label={t('nav.notificationsShort')}>
        <Count value={news} label={t('notifications.unreadCount', { count: news })} />
      </Tab>
      <Tab to={paths.settings('profile')} under="/settings" icon={Settings} label={t('nav.settings')} />
      <MeMenu narrow withSwitch />
    </nav>
  )
}

type TabProps = { to: string; under?: string; icon: LucideIcon; label: string; children?: React.ReactNode }

function Tab({ to, under = to, icon: Icon, label, children }: TabProps) {
  const here = usePathname().startsWith(under)
  return (
    <Go
      to={to}
      aria-current={here ? 'page' : undefined}
      className={classes(
        'relative flex min-h-14 min-w-16 flex-col items-center justify-center gap-0.5 px-2 text-tiny',
        here ? 'font-medium text-accent' : 'text-soft',
      )}
    >
      <Icon size={20} strokeWidth={1.8} aria-hidden="true" />
      {label}
      {children ? <span className="absolute start-1/2 top-1 ms-1.5">{children}</span> : null}
    </Go>
  )
}
