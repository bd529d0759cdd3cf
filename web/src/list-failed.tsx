import { useText } from './text.tsx'
import { Button } from './ui/button.tsx'
import { Empty } from './ui/empty.tsx'

/** What stands where a list could not be read. */
export function ListFailed({ retry }: { retry: () => void }) {
  const t = useText()
  return (
    <Empty
      drawing="unreachable"
      title={t('list.failed')}
      action={<Button onPress={retry}>{t('list.retry')}</Button>}
    />
  )
}
