import { useKept } from '../../../ui/kept.ts'

/** Whether the bar with the formatting stands above what is written. */
export const useHasBar = () => useKept('formatting', false)
