import type { Upload } from '@foyer/client/uploads.ts'
import { useText } from '../../../text.tsx'
import { UploadCard } from './upload-card.tsx'

type AttachmentCardsProps = {
  items: readonly Upload[]
  /** Takes the focus when a card goes that had it. */
  refocus: () => void
}

/** What will go with the next message, above its text. */
export function AttachmentCards({ items, refocus }: AttachmentCardsProps) {
  const t = useText()
  return (
    <ul
      aria-label={t('files.attached')}
      className="grid max-h-56 grid-cols-[repeat(auto-fill,minmax(14rem,1fr))] gap-2 overflow-y-auto px-3 pt-3"
    >
      {items.map((upload) => (
        <li key={upload.id} className="min-w-0">
          <UploadCard upload={upload} removed={refocus} />
        </li>
      ))}
    </ul>
  )
}
