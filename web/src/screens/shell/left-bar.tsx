import { Command, PanelLeftClose, PanelLeftOpen, Search } from 'lucide-react'
import { Go, usePathname } from '../../link.tsx'
import { entryOf, isIn, type Part } from '../../part.ts'
import { useParts } from '../../parts.ts'
import { useMe } from '../../session.ts'
import { useText } from '../../text.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { useKept } from '../../ui/kept.ts'
import { useFull } from '../../ui/media.ts'
import { Tip } from '../../ui/tip.tsx'
import { runCommand } from './commands.ts'
import { AvailabilitySwitch, MeMenu } from './me-menu.tsx'
import { keysOf } from './shortcuts.ts'

/** The parts of the Message Center, and at the bottom the one who is looking. */
export function LeftBar() {
  const t = useText()
  const me = useMe()
  const full = useFull()
  const [folded, setFolded] = useKept('bar-folded', false)
  const narrow = folded || !full
  const parts = useParts()
  return (
    <header
      className={classes('flex shrink-0 flex-col gap-1 overflow-y-auto p-2 pe-2.5', narrow ? 'w-14' : 'w-54')}
    >
      <div className={classes('flex items-center gap-2', narrow ? 'justify-center' : 'min-h-9 ps-2')}>
        {narrow ? null : <span className="grow truncate text-base font-bold">{me.organizationName}</span>}
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
            onPress={() => runCommand('searching')}
            {...(narrow ? { 'aria-label': t('command.search') } : {})}
            className={narrow ? 'px-0' : 'min-w-0 grow justify-start! bg-hover px-2.5! text-faint!'}
          >
            <Search size={15} className="shrink-0" aria-hidden="true" />
            {narrow ? null : <span className="truncate">{t('command.search')}</span>}
          </Button>
        </Tip>
        <IconButton
          label={t('command.title')}
          keys={keysOf('palette')}
          onPress={() => runCommand('palette')}
          className={narrow ? 'w-full' : 'bg-hover'}
        >
          <Command size={15} aria-hidden="true" />
        </IconButton>
      </div>
      <nav aria-label={t('nav.label')} className="flex flex-col gap-0.5">
        {parts.map((part) => (
          <Place key={part.path} part={part} narrow={narrow} />
        ))}
      </nav>
      <div className="mt-auto flex flex-col gap-1 pt-4">
        <AvailabilitySwitch narrow={narrow} />
        <MeMenu narrow={narrow} />
      </div>
    </header>
  )
}

function Place({ part, narrow }: { part: Part; narrow: boolean }) {
  const t = useText()
  const here = isIn(part, usePathname())
  const { icon: Icon, Badge } = part
  const link = (
    <Go
      to={entryOf(part)}
      aria-current={here ? 'page' : undefined}
      className={classes(
        'relative flex min-h-8.5 items-center gap-2.5 rounded-lg text-base transition-colors',
        narrow ? 'justify-center' : 'px-2 py-1',
        here ? 'bg-surface font-semibold text-ink shadow-rest' : 'text-soft hover:bg-hover hover:text-ink',
      )}
    >
      <Icon size={16} strokeWidth={here ? 2.2 : 1.8} className="shrink-0" aria-hidden="true" />
      <span className={narrow ? 'sr-only' : 'grow'}>{t(part.label)}</span>
      {Badge ? (
        <span className={narrow ? 'absolute end-0 top-0 scale-80' : undefined}>
          <Badge layout={narrow ? 'corner' : 'row'} />
        </span>
      ) : null}
    </Go>
  )
  // A link is no pressable of the overlay library: its tip is the browser's own.
  return narrow ? <span title={t(part.label)}>{link}</span> : link
}
