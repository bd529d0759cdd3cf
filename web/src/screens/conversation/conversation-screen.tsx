import type { Head } from '@foyer/contract/conversations.ts'
import {
  Fragment,
  Suspense,
  useDeferredValue,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { useOperatorName } from '../../session.ts'
import { soon } from '../../soon.ts'
import { useSync } from '../../sync.ts'
import { useText } from '../../text.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useRoomy, useWide } from '../../ui/media.ts'
import { contactName } from '../conversations/words.ts'
import { useReadHere } from '../notifications/use-notifications.ts'
import { ActionBar } from './action-bar.tsx'
import { type Back, BackLink } from './back-link.tsx'
import { ColleagueLine } from './colleague-line.tsx'
import { ConversationUnknown } from './conversation-unknown.tsx'
import { Footer } from './footer.tsx'
import { HeaderBar } from './header-bar.tsx'
import { LogSkeleton } from './log-skeleton.tsx'
import { MessageLog } from './message-log.tsx'
import { SidePanel } from './side-panel.tsx'
import { TakeOverDialog } from './take-over-dialog.tsx'
import { useActions } from './use-actions.ts'
import { useBeside } from './use-beside.ts'
import { useConversationCommands } from './use-commands.ts'
import { type OpenConversation, useConversation } from './use-conversation.ts'
import type { WritingHandle } from './writing/handle.ts'

const SnoozeDialog = soon(async () => (await import('./snooze-dialog.tsx')).SnoozeDialog)
const AssignDialog = soon(async () => (await import('./assign-dialog.tsx')).AssignDialog)

/** One conversation with what is known of its contact. It stays on the page when another one is opened: only what differs is drawn anew. */
export function ConversationScreen({ id, back }: { id: string; back: Back }) {
  const t = useText()
  const { lists } = useSync()
  const conversation = useConversation(id)
  // Who goes through a list by key sees each name at once; what was said is built between the keys, in pieces.
  const built = useDeferredValue(conversation, null)
  // After a reload the lists hear of it only now.
  const known = useSyncExternalStore(lists.onFollow, () => lists.known(id))
  const wide = useWide()
  const roomy = useRoomy()
  const [beside, setBeside] = useBeside()
  // Without a list beside it, the conversation is what the page is about.
  const alone = !wide
  if (conversation === 'unknown') return <ConversationUnknown back={back} alone={alone} />
  const isBuilt = conversation !== null && built !== null && built !== 'unknown' && built.head.id === id
  const head = conversation?.head ?? known
  return (
    <div className="flex h-full gap-2" aria-busy={!isBuilt}>
      {head ? (
        <Conversation
          head={head}
          conversation={isBuilt ? conversation : null}
          back={back}
          alone={alone}
          beside={beside}
          setBeside={setBeside}
        />
      ) : (
        <Opening back={back} alone={alone} />
      )}
      {roomy && beside ? (
        <aside aria-label={t('panel.label')} className="sheet w-80 shrink-0 overflow-y-auto!">
          {head ? <SidePanel head={head} /> : null}
        </aside>
      ) : null}
    </div>
  )
}

/** Stands where a conversation will be of which the lists know nothing. */
function Opening({ back, alone }: { back: Back; alone: boolean }) {
  const t = useText()
  const Title = alone ? 'h1' : 'h2'
  return (
    <div className="sheet flex min-w-0 grow flex-col">
      <HeaderBar>
        <BackLink back={back} />
        <Title className="sr-only">{t('conversation.loading')}</Title>
      </HeaderBar>
      <LogSkeleton />
    </div>
  )
}

type ConversationProps = {
  head: Head
  /** What was said in it, once that is there. */
  conversation: OpenConversation | null
  back: Back
  alone: boolean
  /** Whether the panel stands beside it, where there is room. */
  beside: boolean
  setBeside(beside: boolean): void
}

/** What lies over a conversation, and over which: it goes with it. */
type Over = { id: string } & (
  | { is: 'sheet' | 'people' | 'snooze' }
  | { is: 'asked'; from: string; take: () => void }
)

function Conversation({ head, conversation, back, alone, beside, setBeside }: ConversationProps) {
  const t = useText()
  const { id } = head
  const roomy = useRoomy()
  const [anyOver, setOver] = useState<Over | null>(null)
  const over = anyOver?.id === id ? anyOver : null
  const close = () => setOver(null)
  const sheet = over?.is === 'sheet'
  const composer = useRef<WritingHandle>(null)
  const nameOf = useOperatorName()
  const actions = useActions(head, (take) =>
    setOver({ id, is: 'asked', from: nameOf(head.assigneeId), take }),
  )
  const chooseSnooze = () => setOver({ id, is: 'snooze' })
  useReadHere(id)
  useConversationCommands({
    head,
    actions,
    composer,
    openPeople: () => setOver({ id, is: 'people' }),
    openSnooze: chooseSnooze,
  })
  // The sheet belongs to the narrow layout only.
  useEffect(() => {
    if (roomy) setOver((over) => (over?.is === 'sheet' ? null : over))
  }, [roomy])

  return (
    <>
      <article
        aria-label={contactName(head, t)}
        className="sheet relative flex min-w-0 grow basis-0 flex-col"
      >
        <ActionBar
          head={head}
          actions={actions}
          back={back}
          heading={alone ? 'h1' : 'h2'}
          panelOpen={roomy ? beside : sheet}
          chooseSnooze={chooseSnooze}
          togglePanel={() => (roomy ? setBeside(!beside) : setOver(sheet ? null : { id, is: 'sheet' }))}
        />
        {conversation ? (
          <Fragment key={id}>
            <MessageLog conversation={conversation} heading={alone ? 'h2' : 'h3'} />
            <ColleagueLine head={head} />
            <Footer head={head} actions={actions} composer={composer} />
          </Fragment>
        ) : (
          <LogSkeleton />
        )}
      </article>
      {over?.is === 'people' ? (
        <Suspense>
          <AssignDialog head={head} actions={actions} onClose={close} />
        </Suspense>
      ) : null}
      {over?.is === 'snooze' ? (
        <Suspense>
          <SnoozeDialog snooze={actions.snooze} close={close} />
        </Suspense>
      ) : null}
      <TakeOverDialog
        open={over?.is === 'asked'}
        from={over?.is === 'asked' ? over.from : ''}
        take={() => over?.is === 'asked' && over.take()}
        close={close}
      />
      <Dialog
        title={t('panel.label')}
        open={sheet && !roomy}
        onClose={close}
        closeLabel={t('dialog.close')}
        shape="sheet"
      >
        <div className="-mx-5">
          <SidePanel head={head} />
        </div>
      </Dialog>
    </>
  )
}
