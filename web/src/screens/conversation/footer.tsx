import type { Head } from '@foyer/contract/conversations.ts'
import { RotateCcw, StickyNote, UserPlus } from 'lucide-react'
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { ToggleButton } from 'react-aria-components/ToggleButton'
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup'
import { useMay, useMe, useOperatorName } from '../../session.ts'
import { useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { useNow } from '../../ui/now.ts'
import { useDraft } from '../../use-draft.ts'
import { useCommands } from '../shell/commands.ts'
import { Composer } from './composer.tsx'
import { NoteField } from './note-field.tsx'
import type { ConversationActions } from './use-actions.ts'
import { useNotes } from './use-notes.ts'

type FooterProps = {
  head: Head
  actions: ConversationActions
  composer: RefObject<HTMLTextAreaElement | null>
}

/** What stands below the log: where to answer, or a note, which anybody may write at any time. */
export function Footer(props: FooterProps) {
  const t = useText()
  const [noting, setNoting] = useState(false)
  const { id } = props.head
  useCommands([{ id: 'note', label: t('note.write'), icon: StickyNote, run: () => setNoting(true) }])
  return (
    <div className="flex shrink-0 flex-col">
      <ToggleButtonGroup
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[noting ? 'note' : 'message']}
        onSelectionChange={([way]) => setNoting(way === 'note')}
        aria-label={t('composer.kind')}
        className="mx-auto mb-1 flex w-full max-w-[72ch] gap-1 px-4 wide:px-6"
      >
        <ToggleButton id="message" className={wayLook}>
          {t('composer.message')}
        </ToggleButton>
        <ToggleButton id="note" className={wayLook}>
          <StickyNote size={13} aria-hidden="true" />
          {t('composer.note')}
        </ToggleButton>
      </ToggleButtonGroup>
      {noting ? (
        <NoteComposer conversationId={id} close={() => setNoting(false)} />
      ) : (
        <Answering {...props} />
      )}
    </div>
  )
}

const wayLook =
  'thumb flex min-h-7 items-center justify-center gap-1 rounded-md px-2 text-small text-faint transition-colors data-focus-visible:outline-2 data-focus-visible:outline-accent data-hovered:bg-hover data-hovered:text-ink data-selected:bg-press data-selected:font-medium data-selected:text-ink'

/** What is written here is kept, as answers are. */
function NoteComposer({ conversationId, close }: { conversationId: string; close: () => void }) {
  const t = useText()
  const { add } = useNotes(conversationId)
  const [text, setText] = useDraft(conversationId, 'note')
  return (
    <div className="shrink-0 px-4 pb-4 wide:px-6">
      <div className="mx-auto max-w-[72ch] rounded-xl border border-amber/50 bg-amber-tint px-4 pt-3 pb-1.5 focus-within:border-amber">
        <NoteField
          label={t('composer.note')}
          text={text}
          action={t('note.add')}
          onChange={setText}
          cancel={close}
          save={async (text) => {
            const done = await add(text)
            if (done) close()
            return done
          }}
        />
      </div>
    </div>
  )
}

/** The composer, or why there is none and what to do about it. */
function Answering({ head, actions, composer }: FooterProps) {
  const t = useText()
  const me = useMe()
  const nameOf = useOperatorName()
  const now = useNow()
  const mayTakeOver = useMay('conversations.take_over')
  // What was pressed is gone after the change; its successor takes the focus. On opening nothing takes it, so that the
  // keys for going through the list still work.
  const opened = useRef(false)
  useEffect(() => {
    opened.current = true
  }, [])
  if (head.state === 'ended') {
    return (
      <Bar text={t('footer.ended')} arrives={opened.current}>
        <Button large look="primary" onPress={actions.resume}>
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
    return (
      <Bar text={name ? t('footer.another', { name }) : t('footer.anotherUnnamed')}>
        {mayTakeOver ? (
          <Button large onPress={() => actions.assign(me.id)}>
            <UserPlus size={16} aria-hidden="true" />
            {t('conversation.takeOver')}
          </Button>
        ) : null}
      </Bar>
    )
  }
  const { blockedUntil } = head.contact
  if (blockedUntil && Date.parse(blockedUntil) > now) return <Bar text={t('footer.blocked')} />
  return <Composer conversationId={head.id} field={composer} autoFocus={opened.current} />
}

type BarProps = {
  text: string
  /** It takes the place of something that was just done. */
  arrives?: boolean
  children?: ReactNode
}

function Bar({ text, arrives = false, children }: BarProps) {
  return (
    <div className="shrink-0 px-4 pb-4 wide:px-6">
      <div
        className={classes(
          'mx-auto flex max-w-[72ch] flex-wrap items-center justify-between gap-x-6 gap-y-3 rounded-xl border border-line bg-canvas px-4 py-3',
          arrives && 'arrive',
        )}
      >
        <p className="min-w-48 flex-1 text-dense text-pretty text-soft">{text}</p>
        {children}
      </div>
    </div>
  )
}
