import { fillPlaceholders, placeholderFields, placeholdersIn } from '@foyer/contract/placeholders.ts'
import { keptOf, type Saying } from '@foyer/contract/rich-text/saying.ts'
import type { Locale } from '@foyer/contract/scalars.ts'
import { isVisible } from '@foyer/contract/written.ts'
import { Braces } from 'lucide-react'
import { useRef } from 'react'
import { useMe } from '../../session.ts'
import { languages, useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Menu, MenuItem } from '../../ui/menu.tsx'
import { useNow } from '../../ui/now.ts'
import { exampleValues } from '../conversation/macros/filled-macro.ts'
import { usePlaceholderNames } from '../conversation/macros/unfilled.tsx'
import { MessageText } from '../conversation/message-text.tsx'
import { FormattingButton } from '../conversation/writing/formatting-button.tsx'
import type { WritingHandle } from '../conversation/writing/handle.ts'
import { WritingField } from '../conversation/writing/writing-field.tsx'

type MacroTextsProps = {
  locale: Locale
  setLocale: (locale: Locale) => void
  /** In which there is a text. */
  written: readonly Locale[]
  saying: Saying
  write: (saying: Saying) => void
  error: string | undefined
}

/** What a macro says in a language, and as somebody would read it. */
export function MacroTexts({ locale, setLocale, written, saying, write, error }: MacroTextsProps) {
  const t = useText()
  const me = useMe()
  const now = useNow()
  const nameOf = usePlaceholderNames()
  const field = useRef<WritingHandle>(null)
  const { text } = saying
  const preview = fillPlaceholders(keptOf(saying), exampleValues({ me, now }, locale)).saying
  const unknown = placeholdersIn(text).filter((each) => each.field === null)
  return (
    <>
      <div className="grid gap-4 wide:grid-cols-2">
        <Choice
          label={t('macros.versionsIn')}
          value={locale}
          options={languages.map(({ value, label }) => ({
            value,
            label: written.includes(value) ? `${label} ✓` : label,
          }))}
          onChange={setLocale}
          help={t('macros.versionsHelp')}
        />
      </div>
      <div className="grid gap-4 wide:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-1.5">
          <span className="text-dense font-medium text-soft" aria-hidden="true">
            {t('macros.versions')}
          </span>
          <div className="@container/writing rounded-md border border-edge bg-raised focus-within:border-accent focus-within:outline-2 focus-within:outline-offset-0 focus-within:outline-accent/40">
            <WritingField
              handle={field}
              label={t('macros.versions')}
              placeholder=""
              saying={saying}
              rows={5}
              onChange={write}
              // It is a field of a form: Enter begins a line.
              onKey={() => false}
              onBlur={() => undefined}
              className="max-h-72 min-h-32 w-full overflow-y-auto px-3 py-2 text-dense"
            />
            <div className="flex flex-wrap items-center gap-1 border-t border-line px-1.5 py-1">
              <Menu
                label={t('macros.placeholders')}
                placement="top"
                trigger={
                  <Button look="quiet">
                    <Braces size={14} aria-hidden="true" />
                    {t('macros.placeholders')}
                  </Button>
                }
              >
                {placeholderFields.map((each) => (
                  <MenuItem
                    key={each}
                    note={`{{${each}}}`}
                    onAction={() => field.current?.insert(`{{${each}}}`)}
                  >
                    {nameOf([each])}
                  </MenuItem>
                ))}
              </Menu>
              <FormattingButton />
            </div>
          </div>
          {error || unknown.length > 0 ? (
            <p role="alert" className="text-small text-red">
              {error ?? t('macros.unknown', { names: unknown.map(({ name }) => name).join(', ') })}
            </p>
          ) : null}
        </div>
        <section aria-label={t('macros.preview')} className="flex min-w-0 flex-col gap-1.5">
          <span className="text-dense font-medium text-soft" aria-hidden="true">
            {t('macros.preview')}
          </span>
          <div
            lang={locale}
            className="min-h-32 grow rounded-md bg-sunk p-3 text-dense wrap-anywhere whitespace-pre-wrap"
          >
            {isVisible(preview.text) ? <MessageText text={preview.text} content={preview.content} /> : null}
          </div>
        </section>
      </div>
    </>
  )
}
