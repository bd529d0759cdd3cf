import { quickReactions } from '@foyer/client/reactions.ts'
import type { Head } from '@foyer/contract/conversations.ts'
import type { Entry } from '@foyer/contract/entries.ts'
import { type LucideIcon, Plus, SmilePlus, Trash2 } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog'
import { Popover } from 'react-aria-components/Popover'
import { Confirm } from '../../confirm.tsx'
import { EmojiPanel } from '../../emoji-panel.tsx'
import { useText } from '../../text.tsx'
import { IconButton } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { useMessageChanges } from './use-message-changes.ts'

/** What can be done with a message: a press runs it, or opens something to choose from. */
type Tool = { key: string; label: string; icon: LucideIcon } & (
  | { run: () => void }
  | { panel: (close: () => void) => ReactNode }
)

type MessageToolsProps = {
  entry: Entry
  head: Head
  side: 'start' | 'end'
  /** Whoever waits for it by key goes on in it. */
  takesFocus: boolean
  /** While something it has opened is there it must not go. */
  hold: (isOpen: boolean) => void
}

/** The row at the top of the message under the pointer, or with the focus; it lies over the log and moves nothing. */
export function MessageTools({ entry, head, side, takesFocus, hold }: MessageToolsProps) {
  const t = useText()
  const bar = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (takesFocus) bar.current?.querySelector('button')?.focus()
  }, [takesFocus])
  const can = useMessageChanges(entry, head)
  const [isAsking, setAsking] = useState(false)
  const ask = (isOpen: boolean) => {
    setAsking(isOpen)
    hold(isOpen)
  }
  const tools: Tool[] = []
  if (can.mayReact)
    tools.push({
      key: 'react',
      label: t('message.react'),
      icon: SmilePlus,
      panel: (close) => (
        <Reactions
          choose={(emoji) => {
            close()
            can.react(emoji)
          }}
        />
      ),
    })
  if (can.mayDelete)
    tools.push({ key: 'delete', label: t('message.delete'), icon: Trash2, run: () => ask(true) })
  if (tools.length === 0) return null
  return (
    <div
      ref={bar}
      role="toolbar"
      aria-label={t('message.actions')}
      className={classes(
        'absolute -top-7 z-10 flex rounded-lg bg-raised p-0.5 shadow-float pointer-coarse:-top-11',
        // Over the end of the message, and of a short one of the contact's over its beginning.
        side === 'end' ? 'end-1' : tools.length > 1 ? 'start-[max(0.25rem,calc(100%-4.75rem))]' : 'start-1',
      )}
    >
      {tools.map((tool) =>
        'run' in tool ? (
          <ToolButton key={tool.key} tool={tool} onPress={tool.run} />
        ) : (
          <DialogTrigger key={tool.key} onOpenChange={hold}>
            <ToolButton tool={tool} />
            <Popover placement="top" offset={6} className="overlay rounded-3xl bg-raised p-1 shadow-float">
              <Dialog aria-label={tool.label} className="outline-none">
                {({ close }) => tool.panel(close)}
              </Dialog>
            </Popover>
          </DialogTrigger>
        ),
      )}
      <Confirm
        title={t('message.deleteAsk')}
        text={t('message.deleteText')}
        action={t('message.delete')}
        open={isAsking}
        onClose={() => ask(false)}
        run={can.deleteForContact}
      />
    </div>
  )
}

function ToolButton({ tool: { label, icon: Icon }, onPress }: { tool: Tool; onPress?: () => void }) {
  return (
    <IconButton label={label} small {...(onPress ? { onPress } : {})}>
      <Icon size={15} aria-hidden="true" />
    </IconButton>
  )
}

/** Those that are chosen most, and in their place, when it is asked for, the whole picker. */
function Reactions({ choose }: { choose: (emoji: string) => void }) {
  const t = useText()
  const [wantsAll, setWantsAll] = useState(false)
  if (wantsAll) return <EmojiPanel onPick={choose} />
  return (
    <div className="flex gap-0.5">
      {quickReactions.map((emoji) => (
        <AriaButton
          key={emoji}
          aria-label={t('message.reactWith', { emoji })}
          onPress={() => choose(emoji)}
          className="thumb flex size-9 items-center justify-center rounded-full text-[1.25rem] leading-none transition-transform data-hovered:scale-115 data-hovered:bg-hover"
        >
          {emoji}
        </AriaButton>
      ))}
      <IconButton
        label={t('message.reactOther')}
        className="size-9 rounded-full"
        onPress={() => setWantsAll(true)}
      >
        <Plus size={17} aria-hidden="true" />
      </IconButton>
    </div>
  )
}
