import { handOver } from '@foyer/contract/roles.ts'
import { api } from '../../api.ts'
import { useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useChange } from './use-change.ts'

/** Asks once more before somebody else becomes the owner: only they can give it back. */
export function HandOver({ to, close }: { to: { id: string; name: string }; close: () => void }) {
  const t = useText()
  const change = useChange()
  async function confirm() {
    if (await change(() => api.call(handOver, { body: { operatorId: to.id } }))) close()
  }
  return (
    <Dialog title={t('team.handOver')} open onClose={close} closeLabel={t('dialog.close')}>
      <div className="flex flex-col gap-4">
        <p className="text-dense text-pretty text-soft">{t('team.handOverText', { name: to.name })}</p>
        <div className="flex justify-end">
          <Button look="danger" onPress={() => void confirm()}>
            {t('team.handOver')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
