import { Go, usePathname } from '../../link.tsx'
import { entryOf, isIn, type Part } from '../../part.ts'
import { useParts } from '../../parts.ts'
import { type TextKey, useText } from '../../text.tsx'
import { classes } from '../../ui/classes.ts'
import { MeMenu } from './me-menu.tsx'

/** The parts in reach of a thumb; gone while a conversation takes the whole screen. */
export function BottomBar() {
  const t = useText()
  const pathname = usePathname()
  const parts = useParts()
  if (parts.some(({ path, fillsSmallScreens }) => fillsSmallScreens && isBelow(path, pathname))) return null
  return (
    <nav
      aria-label={t('nav.label')}
      className="flex shrink-0 items-stretch justify-around border-t border-line bg-canvas pb-[env(safe-area-inset-bottom)]"
    >
      {parts.map((part) =>
        part.bottomLabel ? <Tab key={part.path} part={part} label={part.bottomLabel} /> : null,
      )}
      <MeMenu narrow withSwitch />
    </nav>
  )
}

const isBelow = (path: string, pathname: string) =>
  pathname.startsWith(`${path}/`) && pathname.length > path.length + 1

function Tab({ part, label }: { part: Part; label: TextKey }) {
  const t = useText()
  const here = isIn(part, usePathname())
  const { icon: Icon, Badge } = part
  return (
    <Go
      to={entryOf(part)}
      aria-current={here ? 'page' : undefined}
      className={classes(
        'relative flex min-h-14 min-w-16 flex-col items-center justify-center gap-0.5 px-2 text-tiny',
        here ? 'font-medium text-accent' : 'text-soft',
      )}
    >
      <Icon size={20} strokeWidth={1.8} aria-hidden="true" />
      {t(label)}
      {Badge ? (
        <span className="absolute start-1/2 top-1 ms-1.5">
          <Badge layout="corner" />
        </span>
      ) : null}
    </Go>
  )
}
