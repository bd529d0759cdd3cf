import { useKeptEverywhere } from '../../ui/kept.ts'

/** How much room a row of a list has; a matter of the screen one sits at, and kept there. */
export type Density = 'compact' | 'comfortable'

/** How dense the lists are; all of them change at once, in every tab. */
export const useDensity = () => useKeptEverywhere<Density>('density', 'comfortable')
