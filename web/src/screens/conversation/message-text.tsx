import { cutRichText } from '@foyer/contract/rich-text/cut.ts'
import { drawRichText, type Pen } from '@foyer/contract/rich-text/draw.ts'
import type { RichText } from '@foyer/contract/rich-text/tree.ts'
import { createElement, memo, type ReactNode, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { useText } from '../../text.tsx'
import { useMedia } from '../../ui/media.ts'
import { LinkedText, TextLink } from './linked-text.tsx'

const longChars = 1_400
const longLines = 20

type MessageTextProps = {
  text: string
  /** The same with its formatting, where it has any. */
  content?: RichText | undefined
  /** Names that stand out behind an @. */
  names?: readonly string[]
}

/** Text as it was written, with safe links; what is long folds. */
export const MessageText = memo(function MessageText({ text, content, names = [] }: MessageTextProps) {
  const t = useText()
  const [open, setOpen] = useState(false)
  const isPrinting = useMedia('print')
  const isWhole = open || isPrinting
  const cut = isWhole ? null : content ? cutTree(content) : cutText(text)
  return (
    <>
      {content ? (
        drawn(Array.isArray(cut) ? cut : content, names)
      ) : (
        <LinkedText text={typeof cut === 'string' ? cut : text} names={names} />
      )}
      {cut === null ? null : (
        <>
          {content ? null : '… '}
          <Button
            onPress={() => setOpen(true)}
            className="rounded-sm font-semibold underline decoration-current/40 underline-offset-2 data-hovered:decoration-current"
          >
            {t('log.showAll')}
          </Button>
        </>
      )}
    </>
  )
})

function drawn(content: RichText, names: readonly string[]): ReactNode {
  const pen: Pen<ReactNode> = {
    element: (tag, { href, host, start }, children) =>
      href === undefined
        ? createElement(tag, start === undefined ? null : { start }, ...children)
        : createElement(TextLink, { href, host }, ...children),
    text: (text, { isCode, isLink }) =>
      isCode || isLink ? text : createElement(LinkedText, { text, names }),
  }
  // What is drawn never changes places: each part is a child by its place.
  return createElement('div', { className: 'rich' }, ...drawRichText(content, pen))
}

/** The beginning of a long text, cut between words and never inside a character; null where it is not long. */
function cutText(text: string): string | null {
  const lines = text.split('\n')
  const few = lines.length > longLines ? lines.slice(0, longLines - 4).join('\n') : text
  if (few.length <= longChars) return few === text ? null : few
  const cut = few.slice(0, longChars - 400)
  return cut.slice(0, Math.max(cut.lastIndexOf(' '), cut.length - 40)).toWellFormed()
}

/** The same of formatted text. */
function cutTree(content: RichText): RichText | null {
  const isLong = cutRichText(content, { signs: longChars, lines: longLines }) !== null
  return isLong ? cutRichText(content, { signs: longChars - 400, lines: longLines - 4 }) : null
}
