import type { Head } from '@foyer/contract/conversations.ts'
import { useMe } from '../../session.ts'
import { useText } from '../../text.tsx'
import { useDraftLine } from '../../use-draft.ts'
import { previewText } from './words.ts'

type PreviewProps = {
  head: Head
  here: boolean
  /** The colleague who has just given it to me. */
  giver?: string | undefined
}

/** The last words in a row: what I have begun to write there, else the last message. What is open shows its draft itself. */
export function Preview({ head, here, giver }: PreviewProps) {
  const t = useText()
  const me = useMe()
  const draft = useDraftLine(head.id)
  if (draft === '' || here) return previewText(head, me.id, t, giver)
  return (
    <>
      <span className="font-medium text-amber">{t('row.draft')}</span> <bdi>{draft}</bdi>
    </>
  )
}
