import type { Head } from '@foyer/contract/conversations.ts'
import { useMe } from '../../session.ts'
import { useText } from '../../text.tsx'
import { useDraftLine } from '../../use-draft.ts'
import { previewText } from './words.ts'

/** The last words in a row: what I have begun to write there, else the last message. What is open shows its draft itself. */
export function Preview({ head, here }: { head: Head; here: boolean }) {
  const t = useText()
  const me = useMe()
  const draft = useDraftLine(head.id)
  if (draft === '' || here) return previewText(head, me.id, t)
  return (
    <>
      <span className="font-medium text-amber">{t('row.draft')}</span> <bdi>{draft}</bdi>
    </>
  )
}
