import { useMe } from '../../session.ts'
import { useText } from '../../text.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Keys } from '../../ui/keys.tsx'
import { paletteKeys } from './use-shortcuts.ts'

/** Every key that does something, wherever one is. */
export function ShortcutsDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useText()
  const { shortcuts } = useMe()
  const single: [string, string][] = [
    ['J', t('inbox.next')],
    ['K', t('inbox.previous')],
    ['R', t('conversation.answer')],
    ['A', t('conversation.assignToMe')],
    ['E', t('conversation.end')],
    ['?', t('command.keys')],
  ]
  return (
    <Dialog title={t('command.keys')} open={open} onClose={onClose} closeLabel={t('dialog.close')}>
      {shortcuts ? null : <p className="pb-3 text-dense text-amber">{t('command.keysOff')}</p>}
      <dl className="flex flex-col text-dense">
        {[[paletteKeys, t('command.open')] as const, ...single].map(([keys, label]) => (
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
