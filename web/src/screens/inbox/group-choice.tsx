import type { Circle } from '@foyer/contract/team.ts'
import { ChevronDown } from 'lucide-react'
import { useMe } from '../../session.ts'
import { useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx'

type GroupChoiceProps = {
  groups: readonly Circle[]
  /** Null: what was given to any group, or to none. */
  chosen: Circle | null
  choose: (groupId: string | null) => void
}

/** Whose unassigned conversations are listed: everybody's, or those of a group; mine stand first. */
export function GroupChoice({ groups, chosen, choose }: GroupChoiceProps) {
  const t = useText()
  const me = useMe()
  const isMine = (group: Circle) => group.memberIds.includes(me.id)
  const [mine, others] = [groups.filter(isMine), groups.filter((group) => !isMine(group))]
  const item = (group: Circle) => (
    <MenuItem
      key={group.id}
      current={group.id === chosen?.id}
      onAction={() => choose(group.id)}
      note={isMine(group) ? t('inbox.groupMine') : undefined}
    >
      {group.name}
    </MenuItem>
  )
  return (
    <Menu
      label={t('inbox.groupOf')}
      trigger={
        <Button
          look="quiet"
          small
          // The heading beside it has the room first.
          className="max-w-48 min-w-14 shrink!"
          aria-label={t('inbox.groupIs', { name: chosen?.name ?? t('inbox.groupAll') })}
        >
          <bdi className="truncate">{chosen?.name ?? t('inbox.groupAll')}</bdi>
          <ChevronDown size={13} aria-hidden="true" className="shrink-0" />
        </Button>
      }
    >
      <MenuItem current={chosen === null} onAction={() => choose(null)}>
        {t('inbox.groupAll')}
      </MenuItem>
      {mine.length > 0 ? <MenuLine /> : null}
      {mine.map(item)}
      {others.length > 0 ? <MenuLine /> : null}
      {others.map(item)}
    </Menu>
  )
}
