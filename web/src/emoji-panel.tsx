import { loadPatiently } from '@foyer/client/load.ts'
import { lazy, Suspense } from 'react'

// Who never opens it never loads it.
const EmojiPicker = lazy(async () => ({
  default: (await loadPatiently(() => import('./emoji-picking.tsx'))).EmojiPicker,
}))

/** The whole picker, in room that is kept for it while it is fetched. `stays`: they want to pick more than one. */
export function EmojiPanel({ onPick }: { onPick: (emoji: string, stays: boolean) => void }) {
  return (
    <div className="min-h-89 min-w-81">
      <Suspense>
        <EmojiPicker onPick={onPick} />
      </Suspense>
    </div>
  )
}
