import type { OutboxItem } from '@foyer/client/outbox.ts'
import { useSync } from '../../../sync.ts'
import { useUploads } from '../../../use-files.ts'
import { MessageFiles } from './message-files.tsx'
import { UploadCard } from './upload-card.tsx'

/** The files of a message that is not acknowledged: as they will be shown once they are there, until then on their way. */
export function PendingFiles({ item }: { item: OutboxItem }) {
  const { outbox } = useSync()
  const uploads = useUploads()
  const files = item.files ?? []
  const coming = files.flatMap(({ id }) => uploads.find((upload) => upload.id === id) ?? [])
  if (coming.length === 0 || coming.every(({ state }) => state === 'done'))
    return <MessageFiles files={coming.flatMap(({ file }) => file ?? [])} />
  return (
    <ul className="flex w-72 max-w-full flex-col gap-1">
      {coming.map((upload) => (
        <li key={upload.id}>
          <UploadCard
            upload={upload}
            remove={() => outbox.leaveOut(item.id, upload.id)}
            again={() => outbox.retry(item.id)}
          />
        </li>
      ))}
    </ul>
  )
}
