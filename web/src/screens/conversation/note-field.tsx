import { isSayable, keptOf, type Saying } from '@foyer/contract/rich-text/saying.ts'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { EmojiButton } from '../../emoji-button.tsx'
import { useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { MentionList } from './mention-list.tsx'
import { ShortNameList } from './short-name-list.tsx'
import { TextLeft } from './text-left.tsx'
import { useMentions } from './use-mentions.ts'
import { offerOf } from './use-offers.ts'
import { useShortNames } from './use-short-names.ts'
import { FormattingButton } from './writing/formatting-button.tsx'
import type { WritingHandle } from './writing/handle.ts'
import { WritingField } from './writing/writing-field.tsx'

type NoteFieldProps = {
  label: string
  saying: Saying
  action: string
  /** What stands at the start of the line below the text. */
  tools?: ReactNode
  onChange: (saying: Saying) => void
  /** Whether it was saved; otherwise the text stays. */
  save: (saying: Saying) => Promise<boolean>
  cancel?: () => void
}

/** Where a note is written or changed: amber, so that nobody takes it for an answer. */
export function NoteField({ label, saying, action, tools, onChange, save, cancel }: NoteFieldProps) {
  const t = useText()
  const [saving, setSaving] = useState(false)
  const newest = useRef(saying)
  newest.current = saying
  const field = useRef<WritingHandle>(null)
  const mentions = useMentions(field)
  const shortNames = useShortNames(field, saying.text)
  const kept = keptOf(saying)
  const ready = isSayable(kept) && !saving

  // It appears because somebody asked to write here.
  useEffect(() => field.current?.focus(), [])

  async function submit() {
    if (!ready) return
    setSaving(true)
    const done = await save(kept)
    setSaving(false)
    // What was typed while it was being saved stays.
    if (done && newest.current === saying) onChange({ text: '' })
  }
  function onKey(event: KeyboardEvent): boolean {
    if (mentions.takes(event) || shortNames.takes(event)) return true
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey) void submit()
    else if (event.key === 'Escape') {
      if (cancel) cancel()
      else if (event.target instanceof HTMLElement) event.target.blur()
    } else return false
    return true
  }
  return (
    <div className="relative flex flex-col">
      <MentionList mentions={mentions} />
      <ShortNameList shortNames={shortNames} />
      <WritingField
        handle={field}
        label={label}
        placeholder={t('note.placeholder')}
        saying={saying}
        rows={2}
        offer={offerOf(mentions, shortNames)}
        onChange={onChange}
        onMoved={() => {
          mentions.moved()
          shortNames.moved()
        }}
        onBlur={() => {
          mentions.close()
          shortNames.close()
        }}
        onKey={onKey}
        className="max-h-[33dvh] min-h-14 w-full overflow-y-auto text-base text-ink"
      />
      <div className="flex min-h-10 flex-wrap items-center justify-end gap-2">
        {tools}
        <FormattingButton />
        <EmojiButton
          onPick={(emoji) => field.current?.insert(emoji)}
          onClosed={() => field.current?.focus()}
        />
        <span className="me-auto text-small text-amber">{t('note.only')}</span>
        <TextLeft saying={kept} />
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
