import { linkTarget } from '@foyer/contract/rich-text/link-target.ts'
import type { Editor } from '@tiptap/core'
import { useState } from 'react'
import { useText } from '../../../text.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Field } from '../../../ui/field.tsx'

/** Asks where the selected words, or new ones, are to lead. */
export function LinkDialog({ editor, close }: { editor: Editor; close: () => void }) {
  const t = useText()
  const [before] = useState(() => {
    if (editor.isActive('link')) editor.commands.extendMarkRange('link')
    const { from, to } = editor.state.selection
    const href: unknown = editor.getAttributes('link').href
    return {
      words: editor.state.doc.textBetween(from, to, ' '),
      address: typeof href === 'string' ? href : '',
    }
  })
  const [words, setWords] = useState(before.words)
  const [address, setAddress] = useState(before.address)
  const [isAsked, setIsAsked] = useState(false)
  const target = linkTarget(whole(address))
  const done = () => {
    close()
    // The dialog gives the focus back first.
    setTimeout(() => editor.view.focus())
  }
  const save = () => {
    setIsAsked(true)
    if (!target) return
    const link = { type: 'link', attrs: { href: target.href } }
    const chain = editor.chain()
    if (words === before.words && words !== '') chain.setMark('link', link.attrs).run()
    else chain.insertContent({ type: 'text', text: words.trim() || address.trim(), marks: [link] }).run()
    done()
  }
  return (
    <Dialog title={t('formatting.link')} open onClose={done} closeLabel={t('dialog.close')}>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <Field
          name="address"
          label={t('formatting.address')}
          value={address}
          onChange={setAddress}
          error={isAsked && !target ? t('formatting.addressWrong') : undefined}
          autoFocus
        />
        <Field name="words" label={t('formatting.words')} value={words} onChange={setWords} />
        <div className="flex justify-end gap-2">
          {before.address === '' ? null : (
            <Button
              onPress={() => {
                editor.commands.unsetMark('link')
                done()
              }}
            >
              {t('formatting.unlink')}
            </Button>
          )}
          <Button type="submit" look="primary">
            {t('settings.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

/** An address as one writes it, with what stands before it in full. */
function whole(address: string): string {
  const trimmed = address.trim()
  if (/^[a-z][a-z0-9+.-]*:/i.test(trimmed)) return trimmed
  return /^[^\s/@]+@[^\s/@]+$/.test(trimmed) ? `mailto:${trimmed}` : `https://${trimmed}`
}
