import type { Head } from '@foyer/contract/conversations.ts'
import { Paperclip } from 'lucide-react'
import { useMe } from '../../session.ts'
import { useText } from '../../text.tsx'
import { useDraftLine } from '../../use-draft.ts'
import { previewText } from './words.ts'

/** Of files their names are read, which a clip tells from what was said. */
function WithFiles({ text }: { text: string }) {
  const t = useText()
  return (
    <>
      <Paperclip size={12} className="me-1 inline align-[-1px]" aria-hidden="true" />
      <span className="sr-only">{t('row.files')} </span>
      {text}
    </>
  )
}

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
  if (draft === '' || here) {
    const text = previewText(head, me.id, t, giver)
    return head.preview?.hasFiles ? <WithFiles text={text} /> : text
  }
  return (
    <>
      <span className="font-medium text-amber">{t('row.draft')}</span> <bdi>{draft}</bdi>
    </>
  )
}
