import { Check, Copy } from 'lucide-react'
import { useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { notify } from '../../ui/notices.tsx'
import { useCopy } from '../../ui/use-copy.ts'

/** A link that is shown this once, to be copied. */
export function LinkOnce({ text, link }: { text: string; link: string }) {
  const t = useText()
  const { copied, copy } = useCopy(link, {
    onRefused: () => notify({ tone: 'error', text: t('messenger.copyFailed') }),
  })
  return (
    <div className="flex flex-col gap-4">
      <p role="status" className="text-dense text-pretty text-soft">
        {text}
      </p>
      <code
        data-invitation
        className="rounded-md bg-canvas p-3 font-mono text-small wrap-anywhere select-all"
      >
        {link}
      </code>
      <div className="flex justify-end">
        <Button look="primary" autoFocus onPress={copy}>
          {copied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
          {copied ? t('messenger.copied') : t('messenger.copy')}
        </Button>
      </div>
    </div>
  )
}
