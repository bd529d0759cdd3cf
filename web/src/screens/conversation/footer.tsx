import type { Head } from '@foyer/contract/conversations.ts'
import { RotateCcw, UserPlus } from 'lucide-react'
import { type ReactNode, type RefObject, useEffect, useRef } from 'react'
import { useMe, useOperatorName } from '../../session.ts'
import { useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { Composer } from './composer.tsx'
import type { ConversationActions } from './use-actions.ts'

type FooterProps = {
  head: Head
  actions: ConversationActions
  composer: RefObject<HTMLTextAreaElement | null>
}

/** What stands below the log: the composer, or why there is none and what to do about it. */
export function Footer({ head, actions, composer }: FooterProps) {
  const t = useText()
  const me = useMe()
  const nameOf = useOperatorName()
  // What was pressed is gone after the change; its successor takes the focus. On opening nothing takes it, so that the
  // keys for going through the list still work.
  const opened = useRef(false)
  useEffect(() => {
    opened.current = true
  }, [])
  if (head.state === 'ended') {
    return (
      <Bar text={t('footer.ended')}>
        <Button large look="primary" onPress={actions.resume} autoFocus={opened.current}>
          <RotateCcw size={16} aria-hidden="true" />
          {t('conversation.resume')}
        </Button>
      </Bar>
    )
  }
  if (head.assigneeId === null) {
    return (
      <Bar text={t('footer.unassigned')}>
        <Button large look="primary" onPress={() => actions.assign(me.id)} autoFocus={opened.current}>
          <UserPlus size={16} aria-hidden="true" />
          {t('conversation.assignToMe')}
        </Button>
      </Bar>
    )
  }
  if (head.assigneeId !== me.id) {
    const name = nameOf(head.assigneeId)
    return <Bar text={name ? t('footer.another', { name }) : t('footer.anotherUnnamed')} />
  }
  return <Composer conversationId={head.id} field={composer} autoFocus={opened.current} />
}

function Bar({ text, children }: { text: string; children?: ReactNode }) {
  return (
    <div className="shrink-0 px-4 pb-4 wide:px-6">
      <div className="mx-auto flex max-w-[72ch] flex-wrap items-center justify-between gap-x-6 gap-y-3 rounded-xl border border-line bg-canvas px-4 py-3">
        <p className="min-w-48 flex-1 text-dense text-pretty text-soft">{text}</p>
        {children}
      </div>
    </div>
  )
}
