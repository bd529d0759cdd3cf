import { findLinks } from '@foyer/client/links.ts'
import { memo, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { useText } from '../../text.tsx'
import { useMedia } from '../../ui/media.ts'

const longChars = 1_400
const longLines = 20

/** Text as it was written, with safe links; what is long folds. */
export const MessageText = memo(function MessageText({ text }: { text: string }) {
  const t = useText()
  const [open, setOpen] = useState(false)
  const isPrinting = useMedia('print')
  const short = open || isPrinting ? text : folded(text)
  return (
    <>
      {findLinks(short).map((piece, index) =>
        piece.href === undefined ? (
          piece.text
        ) : (
          <a
            // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text never change places
            key={index}
            href={piece.href}
            target="_blank"
            rel="noopener noreferrer nofollow"
            title={piece.host ?? piece.href}
            className="underline decoration-current/40 underline-offset-2 hover:decoration-current"
          >
            {piece.text}
            {piece.host && !piece.text.toLowerCase().includes(piece.host) ? (
              <span className="opacity-75"> ({piece.host})</span>
            ) : null}
          </a>
        ),
      )}
      {short === text ? null : (
        <>
          {'… '}
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

/** The beginning of a long text, cut between words and never inside a character. */
function folded(text: string): string {
  const lines = text.split('\n')
  const few = lines.length > longLines ? lines.slice(0, longLines - 4).join('\n') : text
  if (few.length <= longChars) return few
  const cut = few.slice(0, longChars - 400)
  return cut.slice(0, Math.max(cut.lastIndexOf(' '), cut.length - 40)).toWellFormed()
}
