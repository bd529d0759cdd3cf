import { serverNow } from '@foyer/client/clock.ts'
import type { OutboxItem } from '@foyer/client/outbox.ts'
import { joinSayings } from '@foyer/contract/rich-text/saying.ts'
import { useEffect, useState } from 'react'
import { useSync } from '../../sync.ts'
import { useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { useDraft } from '../../use-draft.ts'

/** Under a message that is not sent yet: for how long it can still be taken back, and the way to. */
export function MessageHeld({ item }: { item: OutboxItem }) {
  const t = useText()
  const { outbox, files } = useSync()
  const [draft, setDraft] = useDraft(item.conversationId, 'message')
  const left = useSecondsLeft(item.heldUntil ?? 0)

  function undo(): void {
    const taken = outbox.takeBack(item.id)
    // What was begun since stands below it.
    if (taken) {
      setDraft(joinSayings(taken, draft))
      files.uploads.now()?.giveBack(taken.files?.map(({ id }) => id) ?? [])
    }
    document.querySelector<HTMLElement>('[data-composer] :is(textarea, [contenteditable])')?.focus()
  }
  return (
    <p className="flex items-center gap-1 ps-1 text-tiny text-faint">
      <span className="tabular">{t('tick.held', { count: left })}</span>
      <Button look="quiet" small className="-my-1 text-accent!" onPress={undo}>
        {t('undo')}
      </Button>
    </p>
  )
}

/** Whole seconds until a moment of the server's time, counted down. */
function useSecondsLeft(until: number): number {
  const [left, setLeft] = useState(() => secondsTo(until))
  useEffect(() => {
    const timer = setInterval(() => setLeft(secondsTo(until)), 250)
    return () => clearInterval(timer)
  }, [until])
  return left
}

function secondsTo(until: number): number {
  return Math.max(0, Math.ceil((until - serverNow()) / 1000))
}
