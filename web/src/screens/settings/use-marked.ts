import { useRouterState } from '@tanstack/react-router'
import { type RefObject, useEffect } from 'react'
import { useText } from '../../text.tsx'
import type { Section } from './section.ts'

/** How long a setting that was jumped to stays marked. */
const markMs = 2_000
/** A page that is still being fetched gets so long until its settings are there. */
const patienceMs = 8_000

/** Brings the setting that the address names into view, gives it the focus, and marks it for a moment. */
export function useMarked(page: RefObject<HTMLElement | null>, section: Section | undefined): void {
  const t = useText()
  const { hash, key } = useRouterState({
    select: ({ location }) => ({ hash: location.hash, key: location.state.key }),
    structuralSharing: true,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same setting may be asked for once more
  useEffect(() => {
    const at = section?.settings.findIndex(({ label }) => label === hash) ?? -1
    const area = page.current
    if (!section || !area || at < 0) return
    // What is only there while something else is on is looked for where that is: before it.
    const names = section.settings
      .slice(0, at + 1)
      .map(({ label }) => t(label))
      .reverse()
    let marked: HTMLElement | null = null
    function find(patient: boolean): boolean {
      if (!area) return false
      const found = patient ? placeOf(area, names[0] ?? '') : firstOf(names, (name) => placeOf(area, name))
      if (!found) return false
      marked = found
      found.dataset.marked = ''
      found.scrollIntoView({ block: 'center' })
      found
        .querySelector<HTMLElement>('input:not([type=hidden]), textarea, select, button:not([slot])')
        ?.focus({ preventScroll: true })
      return true
    }
    const unmark = () => marked?.removeAttribute('data-marked')
    const timers: ReturnType<typeof setTimeout>[] = []
    const watch = new MutationObserver(() => {
      if (find(true)) settle()
    })
    function settle() {
      watch.disconnect()
      for (const timer of timers.splice(0)) clearTimeout(timer)
      timers.push(setTimeout(unmark, markMs))
    }
    if (find(true)) settle()
    else {
      watch.observe(area, { childList: true, subtree: true })
      // The rest of the page is there by then: what is not will not come.
      timers.push(setTimeout(() => find(false) && settle(), 1_200))
      timers.push(setTimeout(() => watch.disconnect(), patienceMs))
    }
    return () => {
      watch.disconnect()
      for (const timer of timers) clearTimeout(timer)
      unmark()
    }
  }, [hash, key, section])
}

function firstOf<Found>(names: readonly string[], look: (name: string) => Found | null): Found | null {
  for (const name of names) {
    const found = look(name)
    if (found) return found
  }
  return null
}

/** The field, the row or the part of a page that has this name. */
function placeOf(area: HTMLElement, name: string): HTMLElement | null {
  for (const each of area.querySelectorAll<HTMLElement>('label, h3, legend, p, span, fieldset[aria-label]')) {
    const isNamed = each.getAttribute('aria-label') === name || each.textContent.trim() === name
    if (!isNamed || each.closest('[aria-hidden=true], [role=status]')) continue
    if (each.matches('fieldset')) return each
    return (
      each.closest<HTMLElement>('label:has(input), fieldset, section > header, [role=radiogroup]') ??
      rowOf(each)
    )
  }
  return null
}

/** What a label and its field stand in together. */
function rowOf(label: HTMLElement): HTMLElement {
  let row = label.parentElement ?? label
  while (row.parentElement && !row.querySelector('input, textarea, select, button, ul')) {
    if (row.parentElement.matches('section, form')) break
    row = row.parentElement
  }
  return row
}
