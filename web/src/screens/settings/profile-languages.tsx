import { type SpokenLanguage, spokenLanguages } from '@foyer/contract/operators.ts'
import { Plus, X } from 'lucide-react'
import { useId } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { Tag, TagGroup, TagList } from 'react-aria-components/TagGroup'
import { useLanguageTitle } from '../../language-names.ts'
import { useLocale, useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { Menu, MenuItem } from '../../ui/menu.tsx'

type LanguagesProps = {
  label: string
  help: string | null
  value: readonly SpokenLanguage[]
  onChange: (value: SpokenLanguage[]) => void
}

const most = 20

/** The languages somebody speaks, each with a way to take it away, and a menu of the others: a letter leads to those that begin so. */
export function ProfileLanguages({ label, help, value, onChange }: LanguagesProps) {
  const t = useText()
  const id = useId()
  const locale = useLocale()
  const titleOf = useLanguageTitle()
  const others = spokenLanguages
    .filter((code) => !value.includes(code))
    .map((code) => ({ code, title: titleOf(code) }))
    .sort((a, b) => a.title.localeCompare(b.title, locale))
  return (
    <div className="flex flex-col gap-1.5">
      <p id={id} className="text-dense font-medium text-soft">
        {label}
      </p>
      <div className="flex flex-wrap gap-1.5">
        {value.length > 0 ? (
          <TagGroup
            aria-labelledby={id}
            onRemove={(keys) => onChange(value.filter((code) => !keys.has(code)))}
          >
            <TagList className="flex flex-wrap gap-1.5">
              {value.map((code) => (
                <Tag
                  key={code}
                  id={code}
                  textValue={titleOf(code)}
                  className="flex min-h-8 items-center gap-1 rounded-md border border-line bg-raised ps-2.5 pe-1 text-dense outline-offset-1 data-focus-visible:outline-2 data-focus-visible:outline-accent"
                >
                  {titleOf(code)}
                  <AriaButton
                    slot="remove"
                    className="flex size-6 items-center justify-center rounded-sm text-faint transition-colors data-hovered:bg-hover data-hovered:text-ink"
                  >
                    <X size={13} aria-hidden="true" />
                  </AriaButton>
                </Tag>
              ))}
            </TagList>
          </TagGroup>
        ) : null}
        {value.length < most ? (
          <Menu
            label={t('settings.languageAdd')}
            trigger={
              <Button>
                <Plus size={14} aria-hidden="true" />
                {t('settings.languageAdd')}
              </Button>
            }
          >
            {others.map(({ code, title }) => (
              <MenuItem key={code} onAction={() => onChange([...value, code])}>
                {title}
              </MenuItem>
            ))}
          </Menu>
        ) : null}
      </div>
      {help ? <p className="text-small text-faint">{help}</p> : null}
    </div>
  )
}
