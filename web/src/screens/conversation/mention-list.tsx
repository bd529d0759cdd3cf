import { useText } from '../../text.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import type { useMentions } from './use-mentions.ts'

/** The colleagues that are offered, above the field; the field keeps the focus and says which one is meant. */
export function MentionList({ mentions }: { mentions: ReturnType<typeof useMentions> }) {
  const t = useText()
  const { listId, offered, active, choose } = mentions
  return (
    <>
      <span role="status" className="sr-only">
        {offered.length > 0 ? t('note.mentionCount', { count: offered.length }) : ''}
      </span>
      {offered.length > 0 ? (
        <div
          id={listId}
          role="listbox"
          aria-label={t('note.mention')}
          className="absolute start-0 bottom-full z-20 mb-2 w-64 rounded-lg border border-line bg-raised p-1 shadow-float"
        >
          {offered.map((operator, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys
            <div
              key={operator.id}
              id={`${listId}-${operator.id}`}
              role="option"
              aria-selected={index === active}
              // The field must not lose the focus to a press.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => choose(operator)}
              className="flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 text-dense text-ink hover:bg-hover aria-selected:bg-selected"
            >
              <Avatar name={operator.name} seed={operator.id} picture={operator.picture} size="small" />
              <bdi className="truncate">{operator.name}</bdi>
            </div>
          ))}
        </div>
      ) : null}
    </>
  )
}
