import { useMe } from '../../session.ts'
import { useText } from '../../text.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Keys } from '../../ui/keys.tsx'
import { keysOf, shortcuts } from './shortcuts.ts'

/** Every key that does something, wherever one is. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const t = useText()
  const me = useMe()
  return (
    <Dialog title={t('command.keys')} open onClose={onClose} closeLabel={t('dialog.close')}>
      {me.shortcuts ? null : <p className="pb-3 text-dense text-amber">{t('command.keysOff')}</p>}
      <dl className="flex flex-col text-dense">
        {shortcuts.map(({ id, label }) => (
          <div
            key={id}
            className="flex min-h-9 items-center justify-between gap-4 border-b border-line last:border-0"
          >
            <dt>{t(label)}</dt>
            <dd>
              <span className="sr-only">{keysOf(id)}</span>
              <Keys keys={keysOf(id) ?? ''} />
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
