/** How a tool of the composer looks, and one that is switched on. */
export const toolLook =
  'thumb inline-flex size-8 shrink-0 items-center justify-center rounded-md text-soft transition-colors data-hovered:bg-hover data-hovered:text-ink data-pressed:bg-press data-selected:bg-press data-selected:text-ink data-disabled:opacity-40 data-focus-visible:outline-2 data-focus-visible:outline-accent'
