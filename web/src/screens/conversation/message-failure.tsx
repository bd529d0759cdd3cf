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
      <p className="flex items-start gap-1 px-1">
        <CircleAlert size={13} className="mt-0.5 shrink-0" aria-hidden="true" />
        <span className="text-pretty">
          {t('tick.failed')} {errorText(item.error ?? 'network')}
        </span>
      </p>
      <div className="flex">
        <Button look="quiet" className="min-h-7 px-2 text-accent!" onPress={() => outbox.retry(item.id)}>
          {t('tick.retry')}
        </Button>
        <Button look="quiet" className="min-h-7 px-2" onPress={() => outbox.discard(item.id)}>
          {t('tick.discard')}
        </Button>
      </div>
    </div>
  )
}
