import type { Head } from '@foyer/contract/conversations.ts'
import { MessageSquare, RotateCcw, StickyNote, UserPlus } from 'lucide-react'
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
import { whereThereIsRoom } from './where-there-is-room.ts'
import type { WritingHandle } from './writing/handle.ts'

type FooterProps = {
  head: Head
  actions: ConversationActions
  composer: RefObject<WritingHandle | null>
}

/** What stands below the log: where to answer, or a note, which anybody may write at any time. */
export function Footer(props: FooterProps) {
  const t = useText()
  const [noting, setNoting] = useState(false)
  const { id } = props.head
  useCommands([{ id: 'note', label: t('note.write'), icon: StickyNote, run: () => setNoting(true) }])
  const ways = (
    <ToggleButtonGroup
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[noting ? 'note' : 'message']}
      onSelectionChange={([way]) => setNoting(way === 'note')}
      aria-label={t('composer.kind')}
      className="me-auto flex shrink-0 gap-0.5 wide:me-0"
    >
      <ToggleButton id="message" className={wayLook}>
        <MessageSquare size={14} aria-hidden="true" className="@min-[28rem]/writing:hidden" />
        <span className={whereThereIsRoom}>{t('composer.message')}</span>
      </ToggleButton>
      <ToggleButton id="note" className={wayLook}>
        <StickyNote size={14} aria-hidden="true" />
        <span className={whereThereIsRoom}>{t('composer.note')}</span>
      </ToggleButton>
    </ToggleButtonGroup>
  )
  return noting ? (
    <NoteComposer conversationId={id} tools={ways} close={() => setNoting(false)} />
  ) : (
    <Answering {...props} tools={ways} />
  )
}

const wayLook =
  'thumb flex min-h-8 items-center justify-center gap-1 rounded-lg px-2.5 text-dense text-faint transition-colors data-focus-visible:outline-2 data-focus-visible:outline-accent data-hovered:bg-hover data-hovered:text-ink data-selected:bg-press data-selected:font-medium data-selected:text-ink'

/** What is written here is kept, as answers are. */
function NoteComposer({
  conversationId,
  tools,
  close,
}: {
  conversationId: string
  tools: ReactNode
  close: () => void
}) {
  const t = useText()
  const { add } = useNotes(conversationId)
  const [saying, setSaying] = useDraft(conversationId, 'note')
  return (
    <div className="shrink-0 px-4 pb-4 wide:px-6">
      <div className="@container/writing mx-auto max-w-[72ch] rounded-2xl border border-amber/50 bg-amber-tint px-4 pt-3 pb-1.5 focus-within:border-amber">
        <NoteField
          label={t('composer.note')}
          saying={saying}
          action={t('note.add')}
          tools={tools}
          onChange={setSaying}
          cancel={close}
          save={async (kept) => {
            const done = await add(kept)
            if (done) close()
            return done
          }}
        />
      </div>
    </div>
  )
}

/** The composer, or why there is none and what to do about it. */
function Answering({ head, actions, composer, tools }: FooterProps & { tools: ReactNode }) {
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
      <Bar tools={tools} text={t('footer.ended')} arrives={opened.current}>
        <Button large look="primary" onPress={actions.resume}>
          <RotateCcw size={16} aria-hidden="true" />
          {t('conversation.resume')}
        </Button>
      </Bar>
    )
  }
  if (head.assigneeId === null) {
    return (
      <Bar tools={tools} text={t('footer.unassigned')}>
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
      <Bar tools={tools} text={name ? t('footer.another', { name }) : t('footer.anotherUnnamed')}>
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
  if (blockedUntil && Date.parse(blockedUntil) > now) return <Bar tools={tools} text={t('footer.blocked')} />
  return (
    <Composer
      conversationId={head.id}
      channel={head.channel}
      field={composer}
      tools={tools}
      autoFocus={opened.current}
    />
  )
}

type BarProps = {
  text: string
  /** What stands at the start of the line below the text. */
  tools: ReactNode
  /** It takes the place of something that was just done. */
  arrives?: boolean
  children?: ReactNode
}

function Bar({ text, tools, arrives = false, children }: BarProps) {
  return (
    <div className="shrink-0 px-4 pb-4 wide:px-6">
      <div
        className={classes(
          '@container/writing mx-auto flex max-w-[72ch] flex-col gap-2 rounded-2xl border border-line bg-sunk px-2 py-2',
          arrives && 'arrive',
        )}
      >
        <p className="px-2 pt-1 text-dense text-pretty text-soft">{text}</p>
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
          {tools}
          {children}
        </div>
      </div>
    </div>
  )
}
