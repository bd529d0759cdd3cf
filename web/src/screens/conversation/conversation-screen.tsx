import { Suspense, useDeferredValue, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useOperatorName } from '../../session.ts'
import { soon } from '../../soon.ts'
import { useSync } from '../../sync.ts'
import { useText } from '../../text.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useRoomy, useWide } from '../../ui/media.ts'
import { contactName } from '../conversations/words.ts'
import { useReadHere } from '../notifications/use-notifications.ts'
import { ActionBar } from './action-bar.tsx'
import type { Back } from './back-link.tsx'
import { ColleagueLine } from './colleague-line.tsx'
import { ConversationUnknown } from './conversation-unknown.tsx'
import { Footer } from './footer.tsx'
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

export function ConversationScreen({ id, back }: { id: string; back: Back }) {
  const t = useText()
  const { lists } = useSync()
  const conversation = useConversation(id)
  // Who goes through a list by key sees each row at once; what is opened is built between the keys, in pieces.
  const built = useDeferredValue(conversation, null)
  // After a reload the lists hear of it only now.
  const known = useSyncExternalStore(lists.onFollow, () => lists.known(id))
  const wide = useWide()
  const roomy = useRoomy()
  const [beside, setBeside] = useBeside()
  // Without a list beside it, the conversation is what the page is about.
  const alone = !wide
  if (conversation === 'unknown') return <ConversationUnknown back={back} alone={alone} />
  const isBuilt = conversation !== null && built !== null && built !== 'unknown'
  const head = conversation?.head ?? known
  return (
    <div className="flex h-full gap-2" aria-busy={!isBuilt}>
      {isBuilt ? (
        <Conversation
          conversation={conversation}
          back={back}
          alone={alone}
          beside={beside}
          setBeside={setBeside}
        />
      ) : (
        <LogSkeleton head={head} back={back} alone={alone} />
      )}
      {roomy && beside ? (
        <aside aria-label={t('panel.label')} className="sheet w-80 shrink-0 overflow-y-auto!">
          {head ? <SidePanel head={head} /> : null}
        </aside>
      ) : null}
    </div>
  )
}

type ConversationProps = {
  conversation: OpenConversation
  back: Back
  alone: boolean
  /** Whether the panel stands beside it, where there is room. */
  beside: boolean
  setBeside(beside: boolean): void
}

function Conversation({ conversation, back, alone, beside, setBeside }: ConversationProps) {
  const t = useText()
  const { head } = conversation
  const roomy = useRoomy()
  const [sheet, setSheet] = useState(false)
  const composer = useRef<WritingHandle>(null)
  const nameOf = useOperatorName()
  const [asked, setAsked] = useState<{ from: string; take: () => void } | null>(null)
  const [choosing, setChoosing] = useState(false)
  const [snoozing, setSnoozing] = useState(false)
  const actions = useActions(head, (take) => setAsked({ from: nameOf(head.assigneeId), take }))
  useReadHere(head.id)
  useConversationCommands({
    head,
    actions,
    composer,
    openPeople: () => setChoosing(true),
    openSnooze: () => setSnoozing(true),
  })
  // The sheet belongs to the narrow layout only.
  useEffect(() => {
    if (roomy) setSheet(false)
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
          chooseSnooze={() => setSnoozing(true)}
          togglePanel={() => (roomy ? setBeside(!beside) : setSheet(!sheet))}
        />
        <MessageLog conversation={conversation} heading={alone ? 'h2' : 'h3'} />
        <ColleagueLine head={head} />
        <Footer key={head.id} head={head} actions={actions} composer={composer} />
      </article>
      {choosing ? (
        <Suspense>
          <AssignDialog head={head} actions={actions} onClose={() => setChoosing(false)} />
        </Suspense>
      ) : null}
      {snoozing ? (
        <Suspense>
          <SnoozeDialog snooze={actions.snooze} close={() => setSnoozing(false)} />
        </Suspense>
      ) : null}
      <TakeOverDialog
        open={asked !== null}
        from={asked?.from ?? ''}
        take={() => asked?.take()}
        close={() => setAsked(null)}
      />
      <Dialog
        title={t('panel.label')}
        open={sheet && !roomy}
        onClose={() => setSheet(false)}
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
