import { Suspense, useEffect, useRef, useState } from 'react'
import { useOperatorName } from '../../session.ts'
import { soon } from '../../soon.ts'
import { useText } from '../../text.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useRoomy, useWide } from '../../ui/media.ts'
import { contactName } from '../conversations/words.ts'
import { useReadHere } from '../notifications/use-notifications.ts'
import { ActionBar } from './action-bar.tsx'
import type { Back } from './back-link.tsx'
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

const AssignDialog = soon(async () => (await import('./assign-dialog.tsx')).AssignDialog)

export function ConversationScreen({ id, back }: { id: string; back: Back }) {
  const conversation = useConversation(id)
  const wide = useWide()
  // Without a list beside it, the conversation is what the page is about.
  const alone = !wide
  if (conversation === 'unknown') return <ConversationUnknown back={back} alone={alone} />
  if (conversation === null) return <LogSkeleton id={id} back={back} alone={alone} />
  return <Conversation conversation={conversation} back={back} alone={alone} />
}

type ConversationProps = { conversation: OpenConversation; back: Back; alone: boolean }

function Conversation({ conversation, back, alone }: ConversationProps) {
  const t = useText()
  const { head } = conversation
  const roomy = useRoomy()
  const [beside, setBeside] = useBeside()
  const [sheet, setSheet] = useState(false)
  const composer = useRef<HTMLTextAreaElement>(null)
  const nameOf = useOperatorName()
  const [asked, setAsked] = useState<{ from: string; take: () => void } | null>(null)
  const [choosing, setChoosing] = useState(false)
  const actions = useActions(head, (take) => setAsked({ from: nameOf(head.assigneeId), take }))
  useReadHere(head.id)
  useConversationCommands({ head, actions, composer, openPeople: () => setChoosing(true) })
  // The sheet belongs to the narrow layout only.
  useEffect(() => {
    if (roomy) setSheet(false)
  }, [roomy])

  return (
    <div className="flex h-full gap-2">
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
          togglePanel={() => (roomy ? setBeside(!beside) : setSheet(!sheet))}
        />
        <MessageLog conversation={conversation} heading={alone ? 'h2' : 'h3'} />
        <Footer key={head.id} head={head} actions={actions} composer={composer} />
      </article>
      {roomy && beside ? (
        <aside aria-label={t('panel.label')} className="sheet w-80 shrink-0 overflow-y-auto!">
          <SidePanel head={head} />
        </aside>
      ) : null}
      {choosing ? (
        <Suspense>
          <AssignDialog head={head} actions={actions} onClose={() => setChoosing(false)} />
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
    </div>
  )
}
