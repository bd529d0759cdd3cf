import { Go } from '../../link.tsx'
import { useText } from '../../text.tsx'

/** Where one came from; `always` shows the way back on wide screens too. */
export type Back = { to: string; label: string; always: boolean }

/** The way back, as a link with an arrow. */
export function BackLink({ back }: { back: Back }) {
  const t = useText()
  return (
    <Go
      to={back.to}
      aria-label={t('conversation.back', { place: back.label })}
      title={back.label}
      className={`thumb flex size-9 shrink-0 items-center justify-center rounded-md text-soft hover:bg-hover hover:text-ink ${back.always ? '' : 'wide:hidden'}`}
    >
      <svg viewBox="0 0 16 16" className="size-4 rtl:-scale-x-100" aria-hidden="true">
        <path
          d="M10 3 5 8l5 5"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.6"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
    </Go>
  )
}
