import { Search, X } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { Autocomplete } from 'react-aria-components/Autocomplete'
import { Button as AriaButton } from 'react-aria-components/Button'
import { Input } from 'react-aria-components/Input'
import { Menu, MenuItem } from 'react-aria-components/Menu'
import { SearchField } from 'react-aria-components/SearchField'
import { useGo } from '../../link.tsx'
import { useText } from '../../text.tsx'
import { Passage } from '../../ui/passage.tsx'
import { useSettingsFound } from './find-settings.ts'
import { settingsPaths } from './paths.ts'

/** A search over all settings; while words stand in it, what it finds takes the place of the list of sections. */
export function SettingsSearch({ children }: { children: ReactNode }) {
  const t = useText()
  const go = useGo()
  const [words, setWords] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const found = useSettingsFound(words)
  const searches = words.trim().length > 1
  function open(id: unknown) {
    const hit = found.find((each) => each.id === id)
    if (!hit) return
    setWords('')
    const { path } = hit.section
    go(hit.setting ? settingsPaths.setting(path, hit.setting.label) : settingsPaths.settings(path))
  }
  return (
    <Autocomplete inputValue={words} onInputChange={setWords}>
      <SearchField
        aria-label={t('settings.search')}
        className="group relative mx-4.5 mb-2 flex wide:mx-2 items-center"
      >
        <Search size={15} className="pointer-events-none absolute start-2.5 text-faint" aria-hidden="true" />
        <Input
          ref={field}
          placeholder={t('settings.search')}
          className="thumb h-8.5 w-full min-w-0 rounded-lg bg-hover ps-8 pe-8 text-dense transition-colors data-focused:bg-raised data-focused:outline-2 data-focused:outline-offset-0 data-focused:outline-accent [&::-webkit-search-cancel-button]:hidden"
        />
        <AriaButton
          aria-label={t('settings.searchClear')}
          className="absolute end-1 grid size-6.5 place-items-center rounded-md text-faint group-data-empty:hidden data-hovered:bg-hover data-hovered:text-ink"
        >
          <X size={14} aria-hidden="true" />
        </AriaButton>
      </SearchField>
      {searches ? (
        <Menu
          aria-label={t('settings.searchFound')}
          onAction={open}
          items={found}
          renderEmptyState={() => (
            <p className="px-2.5 py-2 text-dense text-pretty text-faint">
              {t('settings.searchNone', { words: words.trim() })}
            </p>
          )}
          className="flex min-h-0 flex-col gap-0.5 overflow-y-auto px-2 pb-3 outline-none max-wide:max-h-[60dvh] max-wide:border-b max-wide:border-line"
        >
          {({ id, section, setting, name, pieces }) => {
            const Icon = section.icon
            return (
              <MenuItem
                id={id}
                textValue={name}
                className="flex min-h-9 shrink-0 items-center gap-2.5 rounded-md px-2.5 py-1 outline-none data-focused:bg-hover"
              >
                <Icon size={15} strokeWidth={1.8} className="shrink-0 text-faint" aria-hidden="true" />
                <span className="flex min-w-0 flex-col">
                  <span className="text-dense">
                    <Passage pieces={pieces} />
                  </span>
                  {setting ? <span className="text-small text-faint">{t(section.label)}</span> : null}
                </span>
              </MenuItem>
            )
          }}
        </Menu>
      ) : (
        children
      )}
    </Autocomplete>
  )
}
