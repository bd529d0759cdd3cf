/** The `launcher.*` texts of every language, put in by the build so that the loader stays one request. */
declare module 'virtual:launcher-texts' {
  export type LauncherTexts = {
    name: string
    open: string
    openUnread: string
    close: string
    unreachable: string
  }
  export const texts: Readonly<Record<string, LauncherTexts>>
}
