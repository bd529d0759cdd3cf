import type { ReactNode } from 'react'
import type { Offers } from './use-offers.ts'

type OfferListProps<Item> = {
  offers: Offers<Item>
  label: string
  /** How many there are, to be said. */
  count: (count: number) => string
  children: (item: Item) => ReactNode
}

/** What is offered, above the field; the field keeps the focus and says which one is meant. */
export function OfferList<Item extends { id: string }>({
  offers,
  label,
  count,
  children,
}: OfferListProps<Item>) {
  const { listId, offered, active, choose } = offers
  return (
    <>
      <span role="status" className="sr-only">
        {offered.length > 0 ? count(offered.length) : ''}
      </span>
      {offered.length > 0 ? (
        <div
          id={listId}
          role="listbox"
          aria-label={label}
          className="absolute start-0 bottom-full z-20 mb-2 w-64 rounded-lg border border-line bg-raised p-1 shadow-float"
        >
          {offered.map((item, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys
            <div
              key={item.id}
              id={`${listId}-${item.id}`}
              role="option"
              aria-selected={index === active}
              // The field must not lose the focus to a press.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => choose(item)}
              className="thumb flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 text-dense text-ink hover:bg-hover aria-selected:bg-selected"
            >
              {children(item)}
            </div>
          ))}
        </div>
      ) : null}
    </>
  )
}
