/** The `launcher.*` texts of every language, put in by the build so that the loader stays one request. */
declare module 'virtual:launcher-texts' {
  export type LauncherTexts = {
    name: string
    open: string
    openUnread: string
    /** Of one message; every language we speak says it in another way than of several. */
    openUnreadOne: string
    close: string
    unreachable: string
    /** Why the chat cannot run on a page without an origin. */
    sandboxed: string
  }
  export const texts: Readonly<Record<string, LauncherTexts>>
}
