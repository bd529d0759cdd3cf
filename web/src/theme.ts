import type { Me } from '@foyer/contract/operators.ts'
import { readKept, writeKept } from './ui/kept.ts'

export type Theme = Me['theme']

/** Shows a theme; `system` leaves the choice to the browser. */
export function showTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  writeKept('theme', theme)
}

/** What was shown last on this browser, so that nothing flashes before it is known who is logged in. */
export function showKeptTheme(): void {
  showTheme(readKept<Theme>('theme') ?? 'system')
}
