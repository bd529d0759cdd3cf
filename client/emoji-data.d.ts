/** What the build cuts from emojibase's data (`emoji-data.ts`), each a file of its own. */
declare module 'virtual:emoji-list' {
  const list: readonly (readonly [group: string, emoji: string])[]
  export default list
}
declare module 'virtual:emoji-words-en' {
  const words: string
  export default words
}
declare module 'virtual:emoji-words-fr' {
  const words: string
  export default words
}
declare module 'virtual:emoji-words-de' {
  const words: string
  export default words
}
