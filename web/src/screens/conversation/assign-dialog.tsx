import type { Head } from '@foyer/contract/conversations.ts'
import { Search, UserMinus, UserPlus, Users } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { Autocomplete, useFilter } from 'react-aria-components/Autocomplete'
import { Dialog as AriaDialog } from 'react-aria-components/Dialog'
import { Input } from 'react-aria-components/Input'
import { Menu, MenuItem } from 'react-aria-components/Menu'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { TextField } from 'react-aria-components/TextField'
import { useGroups, useMay, useMe, useOperatorPicture } from '../../session.ts'
import { useText } from '../../text.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { useMarkFirst } from '../../ui/use-mark-first.ts'
import type { ConversationActions } from './use-actions.ts'
import { useColleagues } from './use-colleagues.ts'

type Choice = { id: string; label: string; icon: ReactNode; note?: string; run: () => void }

/** Everybody the conversation can be given to, by a few letters of their name; Enter takes the one that is marked. */
export function AssignDialog(props: { head: Head; actions: ConversationActions; onClose: () => void }) {
  const { onClose } = props
  const t = useText()
  const [words, setWords] = useState('')
  const input = useRef<HTMLInputElement>(null)
  useMarkFirst(input)
  const { contains } = useFilter({ sensitivity: 'base' })
  const choices = useChoices(props)
  const found = choices.filter(({ label }) => contains(label, words.trim()))
  function run(id: unknown) {
    onClose()
    // After the dialog has given the focus back.
    setTimeout(() => choices.find((choice) => choice.id === id)?.run())
  }
  return (
    <ModalOverlay
      isOpen
      onOpenChange={(open) => open || onClose()}
      isDismissable
      className="overlay fixed inset-0 z-40 flex items-start justify-center bg-shade p-4 pt-[14vh]"
    >
      <Modal className="w-full max-w-md overflow-hidden rounded-xl bg-raised shadow-float">
        <AriaDialog aria-label={t('conversation.assignTo')} className="flex flex-col outline-none">
          <Autocomplete inputValue={words} onInputChange={setWords}>
            <TextField
              aria-label={t('assign.find')}
              autoFocus
              className="flex items-center gap-3 border-b border-line px-4"
            >
              <Search size={16} className="shrink-0 text-faint" aria-hidden="true" />
              <Input
                ref={input}
                placeholder={t('assign.find')}
                className="h-12 w-full bg-transparent text-base outline-none"
              />
            </TextField>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
            <div tabIndex={0} className="max-h-[46vh] overflow-y-auto p-1.5 focus-visible:-outline-offset-2">
              <Menu
                aria-label={t('assign.list')}
                onAction={run}
                renderEmptyState={() => (
                  <p className="px-2.5 py-2 text-dense text-faint">{t('assign.nobodyFound')}</p>
                )}
                className="outline-none"
              >
                {found.map(({ id, label, icon, note }) => (
                  <MenuItem
                    key={id}
                    id={id}
                    textValue={label}
                    className="thumb flex min-h-9 items-center gap-3 rounded-md px-2.5 text-base outline-none data-focused:bg-hover"
                  >
                    <span className="flex w-6 shrink-0 justify-center text-faint">{icon}</span>
                    <bdi className="min-w-0 grow truncate">{label}</bdi>
                    {note ? <span className="shrink-0 text-small text-faint">{note}</span> : null}
                  </MenuItem>
                ))}
              </Menu>
            </div>
          </Autocomplete>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

/** What is possible with it now, as far as my role allows it. */
function useChoices({ head, actions }: { head: Head; actions: ConversationActions }): Choice[] {
  const t = useText()
  const me = useMe()
  const pictureOf = useOperatorPicture()
  const mayTakeOver = useMay('conversations.take_over')
  const mayGive = useMay('conversations.assign_others')
  const colleagues = useColleagues(head.contact.locale)
  const groups = useGroups()
  const { assigneeId } = head
  const isAnothers = assigneeId !== null && assigneeId !== me.id
  const given = (when: boolean, choices: Choice[]) => (when ? choices : [])
  return [
    ...given(assigneeId !== me.id && (!isAnothers || mayTakeOver), [
      {
        id: me.id,
        label: t('conversation.assignToMe'),
        icon: <UserPlus size={15} aria-hidden="true" />,
        run: () => actions.assign(me.id),
      },
    ]),
    ...given(
      mayGive,
      colleagues
        .filter(({ id }) => id !== assigneeId)
        .map(({ id, name, available }) => ({
          id,
          label: name,
          icon: <Avatar name={name} seed={id} picture={pictureOf(id)} size="small" online={available} />,
          ...(available ? { note: t('me.online') } : {}),
          run: () => actions.assign(id),
        })),
    ),
    ...given(
      mayGive,
      groups
        .filter(({ id }) => id !== head.groupId)
        .map(({ id, name }) => ({
          id,
          label: name,
          icon: <Users size={15} aria-hidden="true" />,
          run: () => actions.assignGroup(id),
        })),
    ),
    ...given(assigneeId !== null && (!isAnothers || mayGive), [
      {
        id: 'nobody',
        label: t('conversation.unassign'),
        icon: <UserMinus size={15} aria-hidden="true" />,
        run: () => actions.assign(null),
      },
    ]),
  ]
}
