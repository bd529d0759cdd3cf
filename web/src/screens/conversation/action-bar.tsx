import type { Head } from '@foyer/contract/conversations.ts'
import {
  AlarmClock,
  Check,
  ChevronDown,
  Clock3,
  PanelRight,
  UserMinus,
  UserPlus,
  UserRound,
  Users,
} from 'lucide-react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { useLanguageName } from '../../language-names.ts'
import { useGroups, useMay, useMe, useOperatorName, useOperatorPicture } from '../../session.ts'
import { useText } from '../../text.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx'
import { Tip } from '../../ui/tip.tsx'
import { StateLabel, StateShape, stateWord } from '../conversations/state-label.tsx'
import { contactName, knownName } from '../conversations/words.ts'
import { type Back, BackLink } from './back-link.tsx'
import { HeaderBar } from './header-bar.tsx'
import { SnoozeMenu } from './snooze-menu.tsx'
import type { ConversationActions } from './use-actions.ts'
import { speaks, useColleagues } from './use-colleagues.ts'

type ActionBarProps = {
  head: Head
  actions: ConversationActions
  back: Back
  heading: 'h1' | 'h2'
  panelOpen: boolean
  togglePanel: () => void
  /** Asks until when it is put off. */
  chooseSnooze: () => void
}

const control =
  'thumb flex min-h-8 items-center justify-center gap-1.5 rounded-md px-2 text-dense text-soft transition-colors data-hovered:bg-hover data-hovered:text-ink data-pressed:bg-press'
const chevron = 'hidden @2xl/bar:block'

/** Who this is with, and what can be done with it. */
export function ActionBar({
  head,
  actions,
  back,
  heading: Title,
  panelOpen,
  togglePanel,
  chooseSnooze,
}: ActionBarProps) {
  const t = useText()
  const me = useMe()
  const ended = head.state === 'ended'
  const another = head.assigneeId !== null && head.assigneeId !== me.id
  const canSnooze = !ended && head.assigneeId === me.id && !head.live
  return (
    <HeaderBar>
      <BackLink back={back} />
      <span className="hidden ps-1 @min-[26rem]/bar:inline-flex">
        <Avatar name={knownName(head.contact)} seed={head.contact.id} />
      </span>
      <Title className="min-w-0 flex-1 truncate px-1.5 text-large font-bold">
        <bdi>{contactName(head, t)}</bdi>
      </Title>
      <div className="flex shrink-0 items-center gap-0.5">
        {ended || another ? (
          <span className="px-2">
            <HeaderState head={head} />
          </span>
        ) : (
          <StateMenu head={head} actions={actions} chooseSnooze={canSnooze ? chooseSnooze : undefined} />
        )}
        <AssigneeMenu head={head} actions={actions} />
        {canSnooze ? (
          <span className="hidden @min-[30rem]/bar:inline-flex">
            <SnoozeMenu head={head} actions={actions} choose={chooseSnooze} />
          </span>
        ) : null}
        {ended || another ? null : (
          <Tip text={t('conversation.end')} keys={me.shortcuts ? 'E' : undefined}>
            <Button
              look="plain"
              onPress={actions.end}
              // Among signs alone it is one of them.
              className="@max-lg/bar:border-transparent @max-lg/bar:bg-transparent @max-lg/bar:px-2 @lg/bar:mx-1"
            >
              <Check size={14} aria-hidden="true" />
              <span className="sr-only @lg/bar:not-sr-only">{t('conversation.end')}</span>
            </Button>
          </Tip>
        )}
        <IconButton
          label={panelOpen ? t('panel.hide') : t('panel.show')}
          aria-expanded={panelOpen}
          onPress={togglePanel}
        >
          <PanelRight size={16} className="rtl:-scale-x-100" aria-hidden="true" />
        </IconButton>
      </div>
    </HeaderBar>
  )
}

/** The state in words, and by its shape alone where the bar has no room for them. */
function HeaderState({ head }: { head: Head }) {
  const wordsLook = head.live
    ? 'sr-only @min-[22rem]/bar:not-sr-only'
    : head.snoozedUntil
      ? 'sr-only @2xl/bar:not-sr-only'
      : 'sr-only @min-[26rem]/bar:not-sr-only'
  return <StateLabel state={head.state} live={head.live} until={head.snoozedUntil} wordsLook={wordsLook} />
}

function StateMenu({
  head,
  actions,
  chooseSnooze,
}: {
  head: Head
  actions: ConversationActions
  /** Where it can be put off; a narrow bar has no room for a button of its own. */
  chooseSnooze: (() => void) | undefined
}) {
  const t = useText()
  const label = t('conversation.stateIs', { state: t(stateWord(head)) })
  return (
    <Menu
      label={t('conversation.state')}
      trigger={
        <Tip text={label}>
          <AriaButton aria-label={label} className={control}>
            <HeaderState head={head} />
            <ChevronDown size={13} className={chevron} aria-hidden="true" />
          </AriaButton>
        </Tip>
      }
    >
      <MenuItem
        icon={<StateShape state="open" />}
        current={head.state === 'open'}
        onAction={() => actions.setState('open')}
      >
        {t('conversation.setOpen')}
      </MenuItem>
      <MenuItem
        icon={<StateShape state="pending" />}
        current={head.state === 'pending'}
        onAction={() => actions.setState('pending')}
      >
        {t('conversation.setPending')}
      </MenuItem>
      {chooseSnooze ? (
        <MenuItem icon={<AlarmClock size={15} />} onAction={chooseSnooze}>
          {t('snooze.command')}
        </MenuItem>
      ) : null}
      {head.live ? (
        <>
          <MenuLine />
          <MenuItem icon={<Clock3 size={15} />} onAction={actions.endLive}>
            {t('conversation.endLive')}
          </MenuItem>
        </>
      ) : null}
    </Menu>
  )
}

function AssigneeMenu({ head, actions }: { head: Head; actions: ConversationActions }) {
  const t = useText()
  const me = useMe()
  const nameOf = useOperatorName()
  const pictureOf = useOperatorPicture()
  const languageName = useLanguageName()
  const mayTakeOver = useMay('conversations.take_over')
  const mayGive = useMay('conversations.assign_others')
  const spoken = head.contact.locale
  const everybody = useColleagues(spoken)
  const everyGroup = useGroups()
  const [colleagues, groups] = mayGive ? [everybody, everyGroup] : [[], []]
  const { assigneeId } = head
  const isAnothers = assigneeId !== null && assigneeId !== me.id
  const group = everyGroup.find(({ id }) => id === head.groupId)
  const whose = assigneeId === me.id ? t('assignee.me') : nameOf(assigneeId)
  // Where nobody has it, it is its group's.
  const name = assigneeId ? whose : (group?.name ?? t('assignee.nobody'))
  const label = t('conversation.assigneeIs', { name })
  const shown = (
    <>
      {assigneeId ? (
        <Avatar
          name={assigneeId === me.id ? me.name : nameOf(assigneeId)}
          seed={assigneeId}
          picture={assigneeId === me.id ? me.picture : pictureOf(assigneeId)}
          size="small"
        />
      ) : group ? (
        <Users size={15} aria-hidden="true" />
      ) : (
        <UserRound size={15} aria-hidden="true" />
      )}
      <span className="hidden max-w-40 truncate @2xl/bar:inline">{name}</span>
    </>
  )
  if (head.state === 'ended' || (isAnothers && !mayTakeOver && !mayGive)) {
    return (
      <span className="flex min-h-8 items-center gap-1.5 px-2 text-dense text-soft" title={label}>
        {shown}
        <span className="sr-only @2xl/bar:hidden">{name}</span>
      </span>
    )
  }
  return (
    <Menu
      label={t('conversation.assignee')}
      trigger={
        <Tip text={label}>
          <AriaButton aria-label={label} className={control}>
            {shown}
            <ChevronDown size={13} className={chevron} aria-hidden="true" />
          </AriaButton>
        </Tip>
      }
    >
      {isAnothers && !mayTakeOver ? null : (
        <MenuItem
          icon={<UserPlus size={15} />}
          current={assigneeId === me.id}
          onAction={() => actions.assign(me.id)}
        >
          {t('conversation.assignToMe')}
        </MenuItem>
      )}
      {isAnothers && !mayGive ? null : (
        <MenuItem
          icon={<UserMinus size={15} />}
          current={assigneeId === null}
          onAction={() => actions.assign(null)}
        >
          {t('conversation.unassign')}
        </MenuItem>
      )}
      {group && mayGive ? (
        <MenuItem icon={<Users size={15} />} onAction={() => actions.assignGroup(null)}>
          {t('conversation.takeFromGroup', { name: group.name })}
        </MenuItem>
      ) : null}
      {groups.length > 0 ? <MenuLine /> : null}
      {groups.map(({ id, name: group }) => (
        <MenuItem
          key={id}
          icon={<Users size={15} />}
          current={head.groupId === id}
          onAction={() => actions.assignGroup(id)}
        >
          {group}
        </MenuItem>
      ))}
      {colleagues.length > 0 ? <MenuLine /> : null}
      {colleagues.map(({ id, name: colleague, available, languages }) => (
        <MenuItem
          key={id}
          icon={<AvailableDot on={available} />}
          note={[
            ...(speaks(languages, spoken) ? [t('assignee.speaks', { words: languageName(spoken) })] : []),
            ...(available ? [t('me.online')] : []),
          ].join(' · ')}
          current={assigneeId === id}
          onAction={() => actions.assign(id)}
        >
          {colleague}
        </MenuItem>
      ))}
    </Menu>
  )
}

function AvailableDot({ on }: { on: boolean }) {
  return (
    <span className={`size-2 rounded-full ${on ? 'bg-green' : 'border border-edge'}`} aria-hidden="true" />
  )
}
