import { type ReactNode, useEffect } from 'react'
import { classes } from '../../ui/classes.ts'
import type { Offers } from './use-offers.ts'

type OfferListProps<Item> = {
  offers: Offers<Item>
  label: string
  /** How many there are, to be said. */
  count: (count: number) => string
  children: (item: Item) => ReactNode
  /** More of the one that is meant, beside the list where there is room. */
  beside?: (item: Item) => ReactNode
}

/** What is offered, above the field; the field keeps the focus and says which one is meant. */
export function OfferList<Item extends { id: string }>({
  offers,
  label,
  count,
  children,
  beside,
}: OfferListProps<Item>) {
  const { listId, offered, active, choose } = offers
  const meant = offered[active]
  useEffect(() => {
    if (meant) document.getElementById(`${listId}-${meant.id}`)?.scrollIntoView({ block: 'nearest' })
  }, [listId, meant])
  return (
    <>
      <span role="status" className="sr-only">
        {offered.length > 0 ? count(offered.length) : ''}
      </span>
      {offered.length > 0 ? (
        <div
          className={classes(
            'absolute start-0 bottom-full z-20 mb-2 flex max-w-full items-end gap-2',
            beside && 'w-full @min-[40rem]/writing:w-auto',
          )}
        >
          <div
            id={listId}
            role="listbox"
            aria-label={label}
            // What scrolls can be reached with keys.
            tabIndex={0}
            // The field must not lose the focus to a press.
            onPointerDown={(event) => event.preventDefault()}
            className={classes(
              'max-h-72 shrink-0 overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-float',
              beside ? 'w-full @min-[40rem]/writing:w-72' : 'w-64',
            )}
          >
            {offered.map((item, index) => (
              // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys
              <div
                key={item.id}
                id={`${listId}-${item.id}`}
                role="option"
                aria-selected={index === active}
                onClick={() => choose(item)}
                className="thumb flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 text-dense text-ink hover:bg-hover aria-selected:bg-selected"
              >
                {children(item)}
              </div>
            ))}
          </div>
          {beside && meant ? (
            <div className="hidden max-h-72 w-80 min-w-0 overflow-y-auto rounded-lg border border-line bg-raised p-3 text-dense shadow-float @min-[40rem]/writing:block">
              {beside(meant)}
            </div>
          ) : null}
        </div>
      ) : null}
    </>
  )
}
