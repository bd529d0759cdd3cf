import { cleanText, isSendable } from '@foyer/contract/written.ts'
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { EmojiButton } from '../../emoji-button.tsx'
import { useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { MentionList } from './mention-list.tsx'
import { ShortNameList } from './short-name-list.tsx'
import { TextLeft } from './text-left.tsx'
import { useInsert } from './use-insert.ts'
import { useMentions } from './use-mentions.ts'
import { listOf } from './use-offers.ts'
import { useShortNames } from './use-short-names.ts'

type NoteFieldProps = {
  label: string
  text: string
  action: string
  /** What stands at the start of the line below the text. */
  tools?: ReactNode
  onChange: (text: string) => void
  /** Whether it was saved; otherwise the text stays. */
  save: (text: string) => Promise<boolean>
  cancel?: () => void
}

/** Where a note is written or changed: amber, so that nobody takes it for an answer. */
export function NoteField({ label, text, action, tools, onChange, save, cancel }: NoteFieldProps) {
  const t = useText()
  const [saving, setSaving] = useState(false)
  const newest = useRef(text)
  newest.current = text
  const field = useRef<HTMLTextAreaElement>(null)
  const mentions = useMentions(field, text, onChange)
  const shortNames = useShortNames(field, text, onChange)
  const insert = useInsert(field, onChange)
  const kept = cleanText(text)
  const ready = isSendable(kept) && !saving

  async function submit() {
    if (!ready) return
    setSaving(true)
    const done = await save(kept)
    setSaving(false)
    // What was typed while it was being saved stays.
    if (done && newest.current === text) onChange('')
  }
  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (mentions.takes(event) || shortNames.takes(event)) return
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault()
      void submit()
    } else if (event.key === 'Escape') cancel ? cancel() : event.currentTarget.blur()
  }
  return (
    <div className="relative flex flex-col">
      <MentionList mentions={mentions} />
      <ShortNameList shortNames={shortNames} />
      <textarea
        ref={field}
        aria-autocomplete="list"
        {...listOf(mentions)}
        {...listOf(shortNames)}
        aria-label={label}
        placeholder={t('note.placeholder')}
        value={text}
        rows={2}
        dir="auto"
        // biome-ignore lint/a11y/noAutofocus: it appears because somebody asked to write here
        autoFocus
        onChange={(event) => onChange(event.target.value)}
        onSelect={() => {
          mentions.moved()
          shortNames.moved()
        }}
        onBlur={() => {
          mentions.close()
          shortNames.close()
        }}
        onKeyDown={onKeyDown}
        className="field-sizing-content max-h-[33dvh] min-h-14 w-full resize-none bg-transparent text-base text-ink focus-visible:outline-none"
      />
      <div className="flex min-h-10 flex-wrap items-center justify-end gap-2">
        {tools}
        <EmojiButton onPick={insert} onClosed={() => field.current?.focus()} />
        <span className="me-auto text-small text-amber">{t('note.only')}</span>
        <TextLeft text={kept} />
        {cancel ? (
          <Button look="plain" onPress={cancel}>
            {t('dialog.cancel')}
          </Button>
        ) : null}
        <Button look="primary" isDisabled={!ready} onPress={() => void submit()}>
          {action}
        </Button>
      </div>
    </div>
  )
}
