import type { ConversationState } from '@foyer/contract/conversations.ts'
import { type TextKey, useText } from '../../text.tsx'
import { classes } from '../../ui/classes.ts'

export const stateWords: Record<ConversationState, TextKey> = {
  new: 'state.new',
  open: 'state.open',
  pending: 'state.pending',
  ended: 'state.ended',
}

const looks: Record<ConversationState, string> = {
  new: 'bg-accent text-on-accent border-transparent',
  open: 'bg-amber-tint text-amber border-transparent',
  pending: 'border-edge/60 text-faint',
  ended: 'border-transparent text-faint px-0!',
}

/** A state by word, shape and colour together; being live implies whatever state it is in. */
export function StateLabel({
  state,
  live = false,
  wordsLook,
  quiet = false,
}: {
  state: ConversationState
  live?: boolean
  /** How the word looks where there may be no room for it. */
  wordsLook?: string
  /** As text, where something else is the sign. */
  quiet?: boolean
}) {
  const t = useText()
  if (live) return <LiveLabel wordsLook={wordsLook} />
  return (
    <span
      className={classes(
        'inline-flex h-4.5 shrink-0 items-center gap-1 rounded-full border px-1.5 text-[0.625rem] leading-none font-semibold tracking-wide whitespace-nowrap',
        quiet ? 'border-transparent px-0! text-faint' : looks[state],
      )}
    >
      <StateShape state={state} />
      <span className={wordsLook}>{t(stateWords[state])}</span>
    </span>
  )
}

/** Contact and operator are there at once. */
function LiveLabel({ wordsLook }: { wordsLook: string | undefined }) {
  const t = useText()
  return (
    <span className="inline-flex h-4.5 shrink-0 items-center gap-1 rounded-full bg-green px-1.5 text-[0.625rem] leading-none font-semibold tracking-wide whitespace-nowrap text-on-accent">
      <svg viewBox="0 0 8 8" className="size-2 shrink-0" aria-hidden="true">
        <circle cx="4" cy="4" r="1.5" fill="currentColor" />
        <circle cx="4" cy="4" r="3.2" fill="none" stroke="currentColor" strokeWidth="1" />
      </svg>
      <span className={wordsLook}>{t('state.live')}</span>
    </span>
  )
}

/** NEW a star-like diamond, OPEN a full dot, PENDING a ring, ENDED a tick. */
export function StateShape({ state }: { state: ConversationState }) {
  return (
    <svg viewBox="0 0 8 8" className="size-2 shrink-0" aria-hidden="true">
      {state === 'new' ? <path d="M4 .4 7.6 4 4 7.6.4 4z" fill="currentColor" /> : null}
      {state === 'open' ? <circle cx="4" cy="4" r="3.2" fill="currentColor" /> : null}
      {state === 'pending' ? (
        <circle cx="4" cy="4" r="2.8" fill="none" stroke="currentColor" strokeWidth="1.3" />
      ) : null}
      {state === 'ended' ? (
        <path
          d="m1 4.3 2 2L7 1.8"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.3"
          strokeLinecap="round"
        />
      ) : null}
    </svg>
  )
}
