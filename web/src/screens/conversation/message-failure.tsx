import type { OutboxItem } from '@foyer/client/outbox.ts'
import { CircleAlert } from 'lucide-react'
import { useSync } from '../../sync.ts'
import { useErrorText, useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'

/** Under a message that could not be sent: why, and the two ways out. */
export function MessageFailure({ item }: { item: OutboxItem }) {
  const t = useText()
  const errorText = useErrorText()
  const { outbox } = useSync()
  return (
    <div role="alert" className="flex max-w-full flex-col items-end pt-0.5 text-small text-red">
      <p className="px-1 text-end text-pretty">
        <CircleAlert size={13} className="me-1 inline-block align-[-0.15em]" aria-hidden="true" />
        {t('tick.failed')} {errorText(item.error ?? 'network')}
      </p>
      <div className="-me-1 flex">
        <Button look="quiet" small className="text-accent!" onPress={() => outbox.retry(item.id)}>
          {t('tick.retry')}
        </Button>
        <Button look="quiet" small onPress={() => outbox.discard(item.id)}>
          {t('tick.discard')}
        </Button>
      </div>
    </div>
  )
}
