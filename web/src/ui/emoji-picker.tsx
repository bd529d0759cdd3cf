import { type Emoji, findEmoji, type Tone, tones, untoned, withTone } from '@foyer/client/emoji.ts'
import { rowsOf, stepInGrid } from '@foyer/client/grid-keys.ts'
import { useVirtualizer } from '@tanstack/react-virtual'
import {
  Clock3,
  Dumbbell,
  Flag,
  Hand,
  Hash,
  Lightbulb,
  PawPrint,
  Plane,
  Search,
  Smile,
  Utensils,
} from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { classes } from './classes.ts'
import { inputLook } from './field.tsx'

const icons = {
  recent: Clock3,
  smileys: Smile,
  people: Hand,
  animals: PawPrint,
  food: Utensils,
  travel: Plane,
  activities: Dumbbell,
  objects: Lightbulb,
  symbols: Hash,
  flags: Flag,
}
export type EmojiGroup = keyof typeof icons

const mostFound = 120
const headingHeight = 28

type EmojiPickerProps = {
  all: readonly Emoji[]
  /** Those picked last, as they were picked. */
  recent: readonly string[]
  tone: Tone
  onTone: (tone: Tone) => void
  /** `stays`: several are to be picked, one after the other. */
  onPick: (emoji: string, stays: boolean) => void
  /** What a finger meets is larger. */
  isCoarse: boolean
  words: {
    search: string
    nothing: string
    found: (count: number) => string
    tones: string
    tone: (tone: Tone) => string
    group: (group: EmojiGroup) => string
  }
}

type Cell = { emoji: string; name: string }
type Section = { group: EmojiGroup | null; cells: readonly Cell[] }

/** Emoji by group, found by words. The field for these keeps the focus: the arrow keys lead through the grid from there. */
export function EmojiPicker(props: EmojiPickerProps) {
  const { all, recent, tone, onTone, onPick, isCoarse, words } = props
  const gridId = useId()
  const [query, setQuery] = useState('')
  // Left and right belong to the text until a key has led into the grid.
  const [inside, setInside] = useState(false)
  const [at, setAt] = useState(0)
  const scroller = useRef<HTMLDivElement>(null)
  const size = isCoarse ? 44 : 36
  const columns = isCoarse ? 7 : 9

  const sections = useMemo(() => sectionsOf(all, recent, tone, query), [all, recent, tone, query])
  const cells = useMemo(() => sections.flatMap((section) => section.cells), [sections])
  const rows = useMemo(() => layOut(sections, columns), [sections, columns])
  const grid = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.heading ? headingHeight : size),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 4,
    initialRect: { width: 300, height: 260 },
  })
  const measure = useRef(grid.measure)
  measure.current = grid.measure
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another list have other heights
  useEffect(() => measure.current(), [rows])

  const active = Math.min(at, cells.length - 1)
  const meant = cells[active]
  const top = grid.scrollOffset ?? 0
  const shownRow = rows.findLast((_, index) => (grid.measurementsCache[index]?.start ?? 0) <= top + 4)

  function go(to: number): void {
    setAt(to)
    const row = rows.findIndex(({ heading, from, to: end }) => !heading && to >= from && to <= end)
    // A group's first row brings its heading.
    if (row >= 0) grid.scrollToIndex(rows[row - 1]?.heading ? row - 1 : row, { align: 'auto' })
    if (row >= 0 && rows[row - 1]?.heading) grid.scrollToIndex(row, { align: 'auto' })
  }
  function search(next: string): void {
    setQuery(next)
    setInside(false)
    setAt(0)
    scroller.current?.scrollTo({ top: 0 })
  }
  function show(group: EmojiGroup): void {
    search('')
    const list = sectionsOf(all, recent, tone, '')
    const index = layOut(list, columns).findIndex((row) => row.heading === group)
    setAt(layOut(list, columns)[index]?.from ?? 0)
    // Where words were searched the rows are those of the groups only after the next drawing.
    requestAnimationFrame(() => grid.scrollToIndex(index, { align: 'start' }))
  }
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') {
      if (meant) onPick(meant.emoji, event.shiftKey)
      event.preventDefault()
      return
    }
    const isSideways = ['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key)
    if (isSideways && query !== '' && !inside) return
    const next = stepInGrid(
      sections.map((section) => section.cells.length),
      columns,
      active,
      event,
    )
    if (next === null) return
    event.preventDefault()
    // The first key shows where one is.
    go(inside || query !== '' ? next : active)
    setInside(true)
  }

  return (
    <div className="flex flex-col" style={{ width: columns * size + 16 }}>
      <div className="relative mx-2 mt-2">
        <Search
          size={15}
          className="pointer-events-none absolute inset-y-0 start-2.5 my-auto text-faint"
          aria-hidden="true"
        />
        <input
          // Where a keyboard would come up with it, it waits until it is pressed.
          // biome-ignore lint/a11y/noAutofocus: it opened because somebody wants to pick one
          autoFocus={!isCoarse}
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls={gridId}
          aria-autocomplete="list"
          aria-activedescendant={meant ? `${gridId}-${active}` : undefined}
          aria-label={words.search}
          placeholder={words.search}
          value={query}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => search(event.target.value)}
          onKeyDown={onKeyDown}
          className={classes(
            inputLook,
            'h-9 ps-8 focus:border-accent focus:outline-2 focus:outline-accent/40',
          )}
        />
      </div>
      <div role="toolbar" className="flex justify-between px-2 pt-1" aria-label={words.search}>
        {(Object.keys(icons) as EmojiGroup[])
          .filter((group) => group !== 'recent' || recent.length > 0)
          .map((group) => {
            const Icon = icons[group]
            return (
              <button
                key={group}
                type="button"
                tabIndex={-1}
                aria-label={words.group(group)}
                title={words.group(group)}
                aria-pressed={query === '' && shownRow?.group === group}
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => show(group)}
                className="grid h-8 min-w-0 flex-1 place-items-center rounded-md text-faint transition-colors hover:bg-hover hover:text-ink aria-pressed:bg-selected aria-pressed:text-ink"
              >
                <Icon size={16} aria-hidden="true" />
              </button>
            )
          })}
      </div>
      <div
        ref={scroller}
        className="mt-1 h-64 overflow-y-auto overscroll-contain px-2 [scrollbar-width:thin]"
      >
        {/* biome-ignore lint/a11y/useSemanticElements: the rows of a table cannot come and go with what is in view */}
        <div
          id={gridId}
          role="grid"
          aria-label={words.search}
          aria-rowcount={rows.length}
          className="relative"
          style={{ height: grid.getTotalSize() }}
        >
          {grid.getVirtualItems().map((item) => {
            const row = rows[item.index]
            if (!row) return null
            return (
              // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field
              // biome-ignore lint/a11y/useSemanticElements: see above
              <div
                key={item.key}
                role="row"
                aria-rowindex={item.index + 1}
                className="absolute inset-x-0 top-0 flex"
                style={{ transform: `translateY(${item.start}px)`, height: item.size }}
              >
                {row.heading ? (
                  // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field
                  // biome-ignore lint/a11y/useSemanticElements: see above
                  <span role="columnheader" className="self-end px-1 pb-0.5 text-small font-medium text-soft">
                    {words.group(row.heading)}
                  </span>
                ) : (
                  cells.slice(row.from, row.to + 1).map((cell, index) => (
                    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field
                    // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys
                    // biome-ignore lint/a11y/useSemanticElements: see above
                    <div
                      // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
                      key={row.from + index}
                      id={`${gridId}-${row.from + index}`}
                      role="gridcell"
                      aria-label={cell.name}
                      aria-selected={row.from + index === active}
                      onPointerDown={(event) => event.preventDefault()}
                      onPointerEnter={() => setAt(row.from + index)}
                      onClick={(event) => onPick(cell.emoji, event.shiftKey)}
                      style={{ width: size, height: size }}
                      className="grid cursor-default place-items-center rounded-md font-emoji text-[1.375rem] leading-none select-none aria-selected:bg-press"
                    >
                      {cell.emoji}
                    </div>
                  ))
                )}
              </div>
            )
          })}
        </div>
        {cells.length === 0 ? (
          <p className="px-4 py-20 text-center text-dense text-pretty text-soft">{words.nothing}</p>
        ) : null}
      </div>
      <span role="status" className="sr-only">
        {query === '' ? '' : words.found(cells.length)}
      </span>
      <div className="mt-1 flex h-11 items-center gap-2 border-t border-line px-3">
        <span className="w-7 shrink-0 text-center font-emoji text-[1.5rem] leading-none" aria-hidden="true">
          {meant?.emoji}
        </span>
        <span className="min-w-0 grow truncate text-dense text-soft" aria-hidden="true">
          {meant?.name}
        </span>
        <ToneChoice tone={tone} onTone={onTone} label={words.tones} name={words.tone} />
      </div>
    </div>
  )
}

const hand = '✋'

type ToneChoiceProps = {
  tone: Tone
  onTone: (tone: Tone) => void
  label: string
  name: (tone: Tone) => string
}

/** The six tones, once one wants another; the one that is chosen stands there. */
function ToneChoice({ tone, onTone, label, name }: ToneChoiceProps) {
  const [open, setOpen] = useState(false)
  const first = useRef<HTMLInputElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const wasOpen = useRef(false)
  useEffect(() => {
    if (open) first.current?.focus()
    else if (wasOpen.current) button.current?.focus()
    wasOpen.current = open
  }, [open])
  if (!open)
    return (
      <button
        ref={button}
        type="button"
        aria-label={`${label}: ${name(tone)}`}
        title={label}
        onClick={() => setOpen(true)}
        className="grid size-8 shrink-0 place-items-center rounded-md font-emoji text-[1.25rem] leading-none hover:bg-hover"
      >
        {withTone(hand, tone)}
      </button>
    )
  return (
    <fieldset
      className="flex shrink-0 border-0 p-0"
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        setOpen(false)
      }}
    >
      <legend className="sr-only">{label}</legend>
      {tones.map((each) => (
        <label
          key={each}
          title={name(each)}
          className="grid size-8 cursor-default place-items-center rounded-md font-emoji text-[1.25rem] leading-none hover:bg-hover has-checked:bg-selected has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            ref={each === tone ? first : undefined}
            type="radio"
            name="emoji-tone"
            aria-label={name(each)}
            checked={each === tone}
            onChange={() => onTone(each)}
            // A press chooses and is done; the arrow keys try one after the other.
            onClick={(event) => {
              if (event.detail > 0) setOpen(false)
            }}
            className="sr-only"
          />
          {withTone(hand, each)}
        </label>
      ))}
    </fieldset>
  )
}

function sectionsOf(
  all: readonly Emoji[],
  recent: readonly string[],
  tone: Tone,
  query: string,
): readonly Section[] {
  const cell = ({ emoji, name, isToned }: Emoji) => ({ emoji: isToned ? withTone(emoji, tone) : emoji, name })
  if (query.trim() !== '') {
    const found = findEmoji(all, query, mostFound).map(cell)
    return found.length > 0 ? [{ group: null, cells: found }] : []
  }
  const sections = new Map<EmojiGroup, Cell[]>()
  if (recent.length > 0) {
    const names = new Map(all.map(({ emoji, name }) => [untoned(emoji), name]))
    sections.set(
      'recent',
      recent.map((emoji) => ({ emoji, name: names.get(untoned(emoji)) ?? '' })),
    )
  }
  for (const each of all) {
    // The data has the groups that there are icons for: a test of the client says which.
    const group = each.group as EmojiGroup
    const section = sections.get(group)
    if (section) section.push(cell(each))
    else sections.set(group, [cell(each)])
  }
  return [...sections].map(([group, cells]) => ({ group, cells }))
}

type Row = { key: string; group: EmojiGroup | null; heading: EmojiGroup | null; from: number; to: number }

/** Headings and rows of cells, by the places of the first and last cell of each. */
function layOut(sections: readonly Section[], columns: number): Row[] {
  let begin = 0
  return sections.flatMap(({ group, cells }) => {
    const own = rowsOf([cells.length], columns).map(({ from, to }) => ({
      key: `${group} ${from}`,
      group,
      heading: null,
      from: begin + from,
      to: begin + to,
    }))
    const heading = group ? [{ key: group, group, heading: group, from: begin, to: begin - 1 }] : []
    begin += cells.length
    return [...heading, ...own]
  })
}
