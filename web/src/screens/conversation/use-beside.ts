import { useKept } from '../../ui/kept.ts'

/** Whether the side panel stands beside the conversation where there is room for it. */
export const useBeside = () => useKept('panel', true)
