import { createLoaded } from '../loaded.ts'

/** The picker, fetched when it is first opened, wherever that is. */
export const useEmojiPicker = createLoaded(async () => (await import('./emoji.tsx')).EmojiPicker)
