import { Search } from 'lucide-react'
import { useRef, useState } from 'react'
import { Autocomplete } from 'react-aria-components/Autocomplete'
import { Dialog } from 'react-aria-components/Dialog'
import { Header } from 'react-aria-components/Header'
import { Input } from 'react-aria-components/Input'
import { Menu, MenuItem, MenuSection } from 'react-aria-components/Menu'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { TextField } from 'react-aria-components/TextField'
import { useText } from '../../text.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { Keys } from '../../ui/keys.tsx'
import { Passage } from '../../ui/passage.tsx'
import { useMarkFirst } from '../../ui/use-mark-first.ts'
import { currentCommands } from './commands.ts'
import type { MarkedRow } from './rows.ts'
import { keysOf } from './shortcuts.ts'
import { type PaletteRow, useRows } from './use-rows.ts'

/** Find and do: actions, people, conversations and settings in one list, by a few letters. */
export function Palette({ onClose }: { onClose: () => void }) {
  const t = useText()
  const [commands] = useState(() => currentCommands().filter(({ id }) => id !== 'palette'))
  const [words, setWords] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const { groups, state, found } = useRows(words, commands)
  useMarkFirst(input)
  function run(id: unknown) {
    onClose()
    const row = groups.flatMap(({ rows }) => rows).find((each) => each.id === id)
    // After the dialog has given the focus back, so that a command can take it.
    if (row && 'run' in row) setTimeout(row.run)
  }
  return (
    <ModalOverlay
      isOpen
      onOpenChange={(open) => open || onClose()}
      isDismissable
      className="overlay fixed inset-0 z-40 flex items-start justify-center bg-shade p-2 pt-2 wide:p-4 wide:pt-[12vh]"
    >
      <Modal className="w-full max-w-2xl overflow-hidden rounded-xl bg-raised shadow-float">
        <Dialog aria-label={t('command.open')} className="flex flex-col outline-none">
          <Autocomplete inputValue={words} onInputChange={setWords}>
            <TextField
              aria-label={t('command.search')}
              autoFocus
              className="flex items-center gap-3 border-b border-line px-4.5"
            >
              <Search size={17} className="shrink-0 text-faint" aria-hidden="true" />
              <Input
                ref={input}
                placeholder={t('command.placeholder')}
                className="h-13 w-full min-w-0 bg-transparent text-large text-ellipsis outline-none"
              />
            </TextField>
            <div
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
              tabIndex={0}
              className="max-h-[min(28rem,60dvh)] scroll-py-2 overflow-y-auto p-2 focus-visible:-outline-offset-2"
            >
              {found || state === 'searching' ? null : (
                <p className="px-2.5 pt-2 pb-1 text-dense text-pretty text-faint">{t('command.nothing')}</p>
              )}
              <Menu aria-label={t('command.list')} onAction={run} className="outline-none">
                {groups.map(({ title, rows }) => (
                  <MenuSection key={title} id={title} className="not-first:mt-1.5">
                    <Header className="px-2.5 pt-1.5 pb-1 text-small font-medium text-faint">
                      {t(title)}
                    </Header>
                    {rows.map(Row)}
                  </MenuSection>
                ))}
              </Menu>
            </div>
          </Autocomplete>
          <footer className="flex min-h-9 items-center gap-4 border-t border-line px-4.5 py-1.5 text-small text-faint max-wide:has-[p:empty]:min-h-0 max-wide:has-[p:empty]:border-0 max-wide:has-[p:empty]:py-0">
            <p role="status" className="min-w-0 grow text-pretty">
              {state === 'searching' ? t('command.searching') : null}
              {state === 'failed' ? <span className="text-red">{t('command.searchFailed')}</span> : null}
            </p>
            <Hint keys="↑ ↓" text={t('command.hintMove')} />
            <Hint keys="↵" text={t('command.hintOpen')} />
            <Hint keys="Esc" text={t('command.hintClose')} />
          </footer>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

function Hint({ keys, text }: { keys: string; text: string }) {
  return (
    <span className="flex shrink-0 items-center gap-1.5 max-wide:hidden" aria-hidden="true">
      <Keys keys={keys} />
      {text}
    </span>
  )
}

const rowLook = 'thumb flex min-h-9.5 items-center gap-3 rounded-md px-2.5 py-1 text-base outline-none'

/** A function and no component: a collection reads its rows themselves. */
function Row(row: PaletteRow) {
  if ('pending' in row)
    return (
      <MenuItem key={row.id} id={row.id} textValue="…" isDisabled className={rowLook}>
        <span className="size-6 rounded-full bg-hover" aria-hidden="true" />
        <span className="h-3 w-2/5 rounded-sm bg-hover" aria-hidden="true" />
      </MenuItem>
    )
  const { id, label, note } = row
  const keys = keysOf(id)
  return (
    <MenuItem
      key={id}
      id={id}
      textValue={note ? `${label}: ${note.map(({ text }) => text).join('')}` : label}
      className={`${rowLook} data-focused:bg-selected`}
    >
      <span className="flex w-6 shrink-0 justify-center">
        <Face row={row} />
      </span>
      {note === undefined ? (
        <span className="min-w-0 grow">
          <Passage pieces={row.pieces} />
        </span>
      ) : (
        <span className="flex min-w-0 grow items-baseline gap-2">
          <bdi className="max-w-3/5 shrink-0 truncate font-medium">
            <Passage pieces={row.pieces} />
          </bdi>
          <span dir="auto" className="min-w-0 truncate text-dense text-faint">
            <Passage pieces={note} />
          </span>
        </span>
      )}
      {keys ? <Keys keys={keys} /> : null}
    </MenuItem>
  )
}

function Face({ row: { person, icon: Icon } }: { row: MarkedRow }) {
  if (!person) return <Icon size={16} strokeWidth={1.8} className="text-faint" aria-hidden="true" />
  const { name, seed, picture, online = false } = person
  return <Avatar name={name} seed={seed} picture={picture} size="small" online={online} />
}
