import { useMe } from '../../session.ts'
import { useText } from '../../text.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Keys } from '../../ui/keys.tsx'
import { keysOf, shortcuts } from './shortcuts.ts'
import { paletteKeys } from './use-shortcuts.ts'

/** Every key that does something, wherever one is. */
export function ShortcutsDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useText()
  const me = useMe()
  const all = [
    { keys: paletteKeys, label: t('command.open') },
    ...shortcuts.map(({ id, label }) => ({ keys: keysOf(id) ?? '', label: t(label) })),
  ]
  return (
    <Dialog title={t('command.keys')} open={open} onClose={onClose} closeLabel={t('dialog.close')}>
      {me.shortcuts ? null : <p className="pb-3 text-dense text-amber">{t('command.keysOff')}</p>}
      <dl className="flex flex-col text-dense">
        {all.map(({ keys, label }) => (
          <div
            key={label}
            className="flex min-h-9 items-center justify-between gap-4 border-b border-line last:border-0"
          >
            <dt>{label}</dt>
            <dd>
              <span className="sr-only">{keys}</span>
              <Keys keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
