import { Search } from 'lucide-react'
import { useRef, useState } from 'react'
import { Autocomplete, useFilter } from 'react-aria-components/Autocomplete'
import { Dialog } from 'react-aria-components/Dialog'
import { Header } from 'react-aria-components/Header'
import { Input } from 'react-aria-components/Input'
import { Menu, MenuItem, MenuSection } from 'react-aria-components/Menu'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { TextField } from 'react-aria-components/TextField'
import { useText } from '../../text.tsx'
import { Keys } from '../../ui/keys.tsx'
import { Passage } from '../../ui/passage.tsx'
import { useMarkFirst } from '../../ui/use-mark-first.ts'
import { currentCommands, type Found } from './commands.ts'
import { keysOf } from './shortcuts.ts'
import { useFound } from './use-found.ts'

const groupTitles = [
  { group: undefined, title: 'command.here' },
  { group: 'go', title: 'command.go' },
  { group: 'general', title: 'command.general' },
] as const

/** Find and do: everything that can be done now, by a few letters of its name, and what is found for the words. */
export function Palette({ onClose }: { onClose: () => void }) {
  const t = useText()
  const [commands] = useState(() => currentCommands().filter(({ id }) => id !== 'palette'))
  const [words, setWords] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const { contains, startsWith } = useFilter({ sensitivity: 'base' })
  const matching = commands.filter(({ label }) => contains(label, words))
  const first = matching.filter(({ label }) => startsWith(label, words))
  const beside = useFound(words)
  const found: Found[] = [...first, ...matching.filter((command) => !first.includes(command))]
  found.push(...beside.filter(({ id }) => !found.some((command) => command.id === id)))
  useMarkFirst(input)
  function run(id: unknown) {
    onClose()
    // After the dialog has given the focus back, so that a command can take it.
    setTimeout(() => found.find((command) => command.id === id)?.run())
  }
  const groups = groupTitles
    .map(({ group, title }) => ({ title, rows: commands.filter((command) => command.group === group) }))
    .filter(({ rows }) => rows.length > 0)
  return (
    <ModalOverlay
      isOpen
      onOpenChange={(open) => open || onClose()}
      isDismissable
      className="overlay fixed inset-0 z-40 flex items-start justify-center bg-shade p-4 pt-[14vh]"
    >
      <Modal className="w-full max-w-xl overflow-hidden rounded-xl bg-raised shadow-float">
        <Dialog aria-label={t('command.open')} className="flex flex-col outline-none">
          <Autocomplete inputValue={words} onInputChange={setWords}>
            <TextField
              aria-label={t('command.search')}
              autoFocus
              className="flex items-center gap-3 border-b border-line px-4"
            >
              <Search size={16} className="shrink-0 text-faint" aria-hidden="true" />
              <Input
                ref={input}
                placeholder={t('command.placeholder')}
                className="h-12 w-full bg-transparent text-large outline-none"
              />
            </TextField>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
            <div tabIndex={0} className="max-h-[46vh] overflow-y-auto p-1.5 focus-visible:-outline-offset-2">
              <Menu aria-label={t('command.list')} onAction={run} className="outline-none">
                {words.trim() === ''
                  ? groups.map(({ title, rows }) => (
                      <MenuSection key={title} id={title}>
                        <Header className="px-2.5 pt-2 pb-1 text-small font-medium text-faint">
                          {t(title)}
                        </Header>
                        {rows.map(row)}
                      </MenuSection>
                    ))
                  : found.map(row)}
              </Menu>
            </div>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

function row({ id, label, note, icon: Icon }: Found) {
  const keys = keysOf(id)
  return (
    <MenuItem
      key={id}
      id={id}
      textValue={note ? `${label}: ${note.map(({ text }) => text).join('')}` : label}
      className="flex min-h-9 items-center gap-3 rounded-md px-2.5 text-base outline-none data-focused:bg-hover"
    >
      <Icon size={16} className="shrink-0 text-faint" aria-hidden="true" />
      {note === undefined ? (
        <span className="grow">{label}</span>
      ) : (
        <span className="flex min-w-0 grow items-baseline gap-2">
          <bdi className="max-w-1/2 shrink-0 truncate">{label}</bdi>
          <span dir="auto" className="min-w-0 truncate text-dense text-faint">
            <Passage pieces={note} />
          </span>
        </span>
      )}
      {keys ? <Keys keys={keys} /> : null}
    </MenuItem>
  )
}
