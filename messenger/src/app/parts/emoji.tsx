import {
  type Emoji,
  findEmoji,
  type Tone,
  tones,
  untoned,
  withRecent,
  withTone,
} from '@foyer/client/emoji.ts'
import { loadEmoji } from '@foyer/client/emoji-load.ts'
import { stepInGrid } from '@foyer/client/grid-keys.ts'
import { loadPatiently } from '@foyer/client/load.ts'
import { createText, type Text } from '@foyer/client/text.ts'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type english from '../../../../locales/en/emoji.json'
import { useScene } from '../scene.ts'
import '../styles/emoji.css'

/** One file a language, loaded with the picker. */
const catalogues = import.meta.glob<typeof english>('../../../../locales/*/emoji.json', { import: 'default' })

const icons = {
  recent: '🕘',
  smileys: '😀',
  people: '👋',
  animals: '🐻',
  food: '🍏',
  travel: '🚗',
  activities: '⚽',
  objects: '💡',
  symbols: '🔣',
  flags: '🏁',
} as const
type Group = keyof typeof icons

const columns = 8
const mostRecent = 24
const mostFound = 80

type Loaded = { all: readonly Emoji[]; t: Text<keyof typeof english> }
type Cell = { emoji: string; name: string }

/**
 * Emoji a group at a time, found by words. The field for these keeps the focus, and the arrow keys lead through the grid from
 * there; a finger presses without it, so that no keyboard comes up.
 */
export function EmojiPicker({ pick, close }: { pick: (emoji: string) => void; close: () => void }) {
  const { locale, keeper } = useScene()
  const [loaded, setLoaded] = useState<Loaded | null>(null)
  useEffect(() => {
    const texts = loadPatiently(async () => catalogues[`../../../../locales/${locale}/emoji.json`]?.())
    void Promise.all([loadEmoji(locale), texts]).then(([all, catalogue]) => {
      // Every language has its file: a check says so.
      setLoaded({ all, t: createText(locale, catalogue as typeof english) })
    })
  }, [locale])
  const [recent] = useState(() => (keeper.get('emoji')?.split(' ') ?? []).filter(Boolean))
  return (
    <div class="emoji">
      {loaded && (
        <Grid
          {...loaded}
          recent={recent}
          pick={(emoji) => {
            keeper.set('emoji', withRecent(recent, emoji, mostRecent).join(' '))
            pick(emoji)
          }}
          close={close}
        />
      )}
    </div>
  )
}

type GridProps = Loaded & { recent: readonly string[]; pick: (emoji: string) => void; close: () => void }

function Grid({ all, t, recent, pick, close }: GridProps) {
  const { keeper } = useScene()
  const field = useRef<HTMLInputElement>(null)
  const cellsBox = useRef<HTMLDivElement>(null)
  const [query, setQuery] = useState('')
  const [group, setGroup] = useState<Group>(recent.length > 0 ? 'recent' : 'smileys')
  const [tone, setTone] = useState<Tone>(() => toneOf(keeper.get('tone')))
  const [at, setAt] = useState(0)
  // Left and right belong to the text until a key has led into the grid.
  const [inside, setInside] = useState(false)
  useEffect(() => {
    if (!matchMedia('(pointer: coarse)').matches) field.current?.focus()
  }, [])

  const cells = useMemo<Cell[]>(() => {
    const cell = ({ emoji, name, isToned }: Emoji) => ({
      emoji: isToned ? withTone(emoji, tone) : emoji,
      name,
    })
    if (query.trim() !== '') return findEmoji(all, query, mostFound).map(cell)
    if (group !== 'recent') return all.filter((each) => each.group === group).map(cell)
    const names = new Map(all.map(({ emoji, name }) => [untoned(emoji), name]))
    return recent.map((emoji) => ({ emoji, name: names.get(untoned(emoji)) ?? '' }))
  }, [all, query, group, tone, recent])
  const active = Math.min(at, cells.length - 1)
  useEffect(() => {
    cellsBox.current?.children[active]?.scrollIntoView({ block: 'nearest' })
  }, [active, cells])

  function show(next: { query?: string; group?: Group }): void {
    setQuery(next.query ?? '')
    if (next.group) setGroup(next.group)
    setAt(0)
    setInside(false)
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.isComposing) return
    const isSideways = ['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key)
    const meant = cells[active]
    if (event.key === 'Enter') {
      if (meant) pick(meant.emoji)
    } else if (isSideways && query !== '' && !inside) return
    else {
      const next = stepInGrid([cells.length], columns, active, event)
      if (next === null) return
      setAt(inside || query !== '' ? next : active)
      setInside(true)
    }
    event.preventDefault()
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what is in it takes the keys
    <div
      class="emoji-panel"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        // Only what is in front is closed.
        event.stopPropagation()
        close()
      }}
    >
      <input
        ref={field}
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls="emoji-grid"
        aria-autocomplete="list"
        aria-activedescendant={active >= 0 ? `emoji-${active}` : undefined}
        aria-label={t('search')}
        placeholder={t('search')}
        autocomplete="off"
        spellcheck={false}
        value={query}
        onInput={(event) => show({ query: event.currentTarget.value })}
        onKeyDown={onKeyDown}
      />
      <div class="emoji-groups">
        {(Object.keys(icons) as Group[])
          .filter((each) => each !== 'recent' || recent.length > 0)
          .map((each) => (
            <button
              type="button"
              key={each}
              aria-label={t(`group.${each}`)}
              title={t(`group.${each}`)}
              aria-pressed={query === '' && group === each}
              onClick={() => show({ group: each })}
            >
              {icons[each]}
            </button>
          ))}
      </div>
      {cells.length === 0 && <p class="emoji-none">{t('nothing')}</p>}
      <div id="emoji-grid" class="emoji-cells" role="listbox" aria-label={t('search')} ref={cellsBox}>
        {cells.map(({ emoji, name }, index) => (
          <button
            type="button"
            tabIndex={-1}
            role="option"
            id={`emoji-${index}`}
            key={emoji}
            aria-label={name}
            title={name}
            aria-selected={index === active}
            onClick={() => pick(emoji)}
          >
            {emoji}
          </button>
        ))}
      </div>
      <span class="unseen" role="status">
        {query === '' ? '' : t('found', { count: cells.length })}
      </span>
      <fieldset class="emoji-tones">
        <legend class="unseen">{t('tones')}</legend>
        {tones.map((each) => (
          <label key={each} title={t(`tone.${each}`)}>
            <input
              class="unseen"
              type="radio"
              name="tone"
              aria-label={t(`tone.${each}`)}
              checked={each === tone}
              onChange={() => {
                keeper.set('tone', String(each))
                setTone(each)
              }}
            />
            {withTone('✋', each)}
          </label>
        ))}
      </fieldset>
    </div>
  )
}

function toneOf(kept: string | null): Tone {
  return tones.find((each) => String(each) === kept) ?? 0
}
