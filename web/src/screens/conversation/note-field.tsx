import type { Head } from '@foyer/contract/conversations.ts'
import { isSayable, keptOf, type Saying } from '@foyer/contract/rich-text/saying.ts'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { EmojiButton } from '../../emoji-button.tsx'
import { useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { MacroButton } from './macros/macro-button.tsx'
import { OfferedMacros } from './macros/offered-macros.tsx'
import { useMacros } from './macros/use-macros.ts'
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
  /** The conversation that macros speak of; without it there are none. */
  head?: Head
  action: string
  /** What stands at the start of the line below the text. */
  tools?: ReactNode
  onChange: (saying: Saying) => void
  /** Whether it was saved; otherwise the text stays. */
  save: (saying: Saying) => Promise<boolean>
  cancel?: () => void
}

/** Where a note is written or changed: amber, so that nobody takes it for an answer. */
export function NoteField({ label, saying, head, action, tools, onChange, save, cancel }: NoteFieldProps) {
  const t = useText()
  const [saving, setSaving] = useState(false)
  const newest = useRef(saying)
  newest.current = saying
  const field = useRef<WritingHandle>(null)
  const mentions = useMentions(field)
  const shortNames = useShortNames(field, saying.text)
  const macros = useMacros(field, {
    head: head ?? null,
    text: saying.text,
    send: () => void submit(),
  })
  const kept = keptOf(saying)
  const ready = isSayable(kept) && !saving

  // It appears because somebody asked to write here.
  useEffect(() => field.current?.focus(), [])

  function change(next: Saying) {
    newest.current = next
    onChange(next)
  }
  async function submit() {
    const before = newest.current
    const said = keptOf(before)
    if (!isSayable(said) || saving) return
    setSaving(true)
    const done = await save(said)
    setSaving(false)
    // What was typed while it was being saved stays.
    if (done && newest.current === before) change({ text: '' })
  }
  function onKey(event: KeyboardEvent): boolean {
    if (mentions.takes(event) || shortNames.takes(event) || macros.takes(event)) return true
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
      <OfferedMacros macros={macros} />
      <WritingField
        handle={field}
        label={label}
        placeholder={t('note.placeholder')}
        saying={saying}
        rows={2}
        offer={offerOf(mentions, shortNames, macros.offers)}
        onChange={change}
        onMoved={() => {
          mentions.moved()
          shortNames.moved()
          macros.moved()
        }}
        onBlur={() => {
          mentions.close()
          shortNames.close()
          macros.close()
        }}
        onKey={onKey}
        className="max-h-[33dvh] min-h-14 w-full overflow-y-auto text-base text-ink"
      />
      <div className="flex min-h-10 flex-wrap items-center justify-end gap-2">
        {tools}
        {head ? <MacroButton open={macros.open} /> : null}
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
