import type { ConversationState, Head } from '@foyer/contract/conversations.ts'
import { type TextKey, useText } from '../../text.tsx'
import { classes } from '../../ui/classes.ts'

const stateWords: Record<ConversationState, TextKey> = {
  new: 'state.new',
  open: 'state.open',
  pending: 'state.pending',
  ended: 'state.ended',
}

/** What is said of where it stands: LIVE and SNOOZED lie upon whatever state it is in. */
export function stateWord({
  state,
  live,
  snoozedUntil,
}: Pick<Head, 'state' | 'live' | 'snoozedUntil'>): TextKey {
  if (live) return 'state.live'
  return snoozedUntil ? 'state.snoozed' : stateWords[state]
}

const pill =
  'inline-flex h-4.5 shrink-0 items-center gap-1 rounded-full border px-1.75 text-[0.625rem] leading-none font-bold tracking-wide whitespace-nowrap'

const looks: Record<ConversationState, string> = {
  new: 'bg-ember-tint text-ember border-transparent',
  open: 'border-edge/50 text-soft',
  pending: 'border-edge/50 text-faint',
  ended: 'border-transparent text-faint px-0!',
}

/** A state by word, shape and colour together; being live implies whatever state it is in. */
export function StateLabel({
  state,
  live = false,
  until = null,
  wordsLook,
  shapeless = false,
}: {
  state: ConversationState
  live?: boolean
  /** Until when it is put off. */
  until?: string | null
  /** The shape stands at the edge of the row already. */
  shapeless?: boolean
  /** How the word looks where there may be no room for it. */
  wordsLook?: string
}) {
  const t = useText()
  return (
    <span
      className={classes(
        pill,
        live
          ? 'border-transparent bg-green text-on-accent'
          : until
            ? 'border-transparent bg-accent-tint text-accent'
            : looks[state],
      )}
    >
      {shapeless ? null : <StateShape state={state} live={live} isSnoozed={until !== null} />}
      <span className={wordsLook}>{t(stateWord({ state, live, snoozedUntil: until }))}</span>
    </span>
  )
}

/** Most of what is listed is open: that has no mark. */
const marks: Record<ConversationState, string> = {
  new: 'text-ember',
  open: 'invisible',
  pending: 'text-edge',
  ended: 'text-faint',
}

/** The state at the edge of a row: shape and colour for the eye; its word for everyone, unless LIVE or NEW says it beside. */
export function StateMark({
  state,
  live,
  until,
  className,
}: {
  state: ConversationState
  live: boolean
  /** Until when it is put off. */
  until: string | null
  className: string
}) {
  const t = useText()
  const word = stateWord({ state, live, snoozedUntil: until })
  return (
    <span title={t(word)} className={className}>
      <span className={live ? 'text-green' : until ? 'text-accent' : marks[state]}>
        <StateShape state={state} live={live} isSnoozed={until !== null} />
      </span>
      {live || (state === 'new' && !until) ? null : <span className="sr-only">{t(word)}</span>}
    </span>
  )
}

/** LIVE a dot with a ring, SNOOZED a moon, NEW a star-like diamond, OPEN a full dot, PENDING a ring, ENDED a tick. */
export function StateShape({
  state,
  live = false,
  isSnoozed = false,
}: {
  state: ConversationState
  live?: boolean
  isSnoozed?: boolean
}) {
  const shape = live ? 'live' : isSnoozed ? 'snoozed' : state
  return (
    <svg viewBox="0 0 8 8" className="size-2 shrink-0" aria-hidden="true">
      {shape === 'live' ? (
        <>
          <circle cx="4" cy="4" r="1.5" fill="currentColor" />
          <circle cx="4" cy="4" r="3.2" fill="none" stroke="currentColor" strokeWidth="1" />
        </>
      ) : null}
      {shape === 'snoozed' ? (
        <path d="M3 .6A3.5 3.5 0 1 0 7.4 5 2.9 2.9 0 0 1 3 .6z" fill="currentColor" />
      ) : null}
      {shape === 'new' ? <path d="M4 .4 7.6 4 4 7.6.4 4z" fill="currentColor" /> : null}
      {shape === 'open' ? <circle cx="4" cy="4" r="3" fill="currentColor" /> : null}
      {shape === 'pending' ? (
        <circle cx="4" cy="4" r="2.8" fill="none" stroke="currentColor" strokeWidth="1.3" />
      ) : null}
      {shape === 'ended' ? (
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
