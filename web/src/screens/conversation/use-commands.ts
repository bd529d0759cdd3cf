import type { Head } from '@foyer/contract/conversations.ts'
import {
  AlarmClock,
  AlarmClockOff,
  Check,
  CircleDot,
  Clock3,
  Hourglass,
  PenLine,
  RotateCcw,
  UserMinus,
  UserPlus,
  Users,
} from 'lucide-react'
import type { RefObject } from 'react'
import { useMay, useMe } from '../../session.ts'
import { useText } from '../../text.tsx'
import { type Command, useCommands } from '../shell/commands.ts'
import type { ConversationActions } from './use-actions.ts'
import type { WritingHandle } from './writing/handle.ts'

/** What keys and palette can do with the open conversation, as far as it is allowed now. */
export function useConversationCommands(given: {
  head: Head
  actions: ConversationActions
  composer: RefObject<WritingHandle | null>
  openPeople: () => void
  openSnooze: () => void
}): void {
  const { head, actions, composer, openPeople, openSnooze } = given
  const t = useText()
  const me = useMe()
  const ended = head.state === 'ended'
  const mine = head.assigneeId === me.id
  const free = head.assigneeId === null
  const mayTakeOver = useMay('conversations.take_over')
  const mayGive = useMay('conversations.assign_others')
  const offer = (when: boolean, command: Command): Command[] => (when ? [command] : [])
  useCommands([
    ...offer(mine && !ended, {
      id: 'answer',
      label: t('conversation.answer'),
      icon: PenLine,
      run: () => composer.current?.focus(),
    }),
    ...offer(!ended && (mine || free || mayTakeOver || mayGive), {
      id: 'assign-to',
      label: t('conversation.assignTo'),
      icon: Users,
      run: openPeople,
    }),
    ...offer(!mine && !ended && (free || mayTakeOver), {
      id: 'assign',
      label: t('conversation.assignToMe'),
      icon: UserPlus,
      run: () => actions.assign(me.id),
    }),
    ...offer(mine && !ended, {
      id: 'unassign',
      label: t('conversation.unassign'),
      icon: UserMinus,
      run: () => actions.assign(null),
    }),
    ...offer((mine || free) && !ended && head.state !== 'open', {
      id: 'open',
      label: t('conversation.setOpen'),
      icon: CircleDot,
      run: () => actions.setState('open'),
    }),
    ...offer((mine || free) && !ended && head.state !== 'pending', {
      id: 'pending',
      label: t('conversation.setPending'),
      icon: Hourglass,
      run: () => actions.setState('pending'),
    }),
    ...offer(mine && !ended && !head.live, {
      id: 'snooze',
      label: t('snooze.command'),
      icon: AlarmClock,
      run: openSnooze,
    }),
    ...offer(mine && Boolean(head.snoozedUntil), {
      id: 'bring-back',
      label: t('snooze.now'),
      icon: AlarmClockOff,
      run: () => actions.snooze(null),
    }),
    ...offer(mine && head.live, {
      id: 'end-live',
      label: t('conversation.endLive'),
      icon: Clock3,
      run: actions.endLive,
    }),
    ...offer((mine || free) && !ended, {
      id: 'end',
      label: t('conversation.end'),
      icon: Check,
      run: actions.end,
    }),
    ...offer(ended, { id: 'resume', label: t('conversation.resume'), icon: RotateCcw, run: actions.resume }),
  ])
}
