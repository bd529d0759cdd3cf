import { isSignOf, type SignColumn, type SignKind, type SignSettings } from '@foyer/contract/signs.ts'

export type Happening = { kind: SignKind; column: SignColumn }

/** How things stand in this browser at that moment. */
export type Here = {
  /** Whether the conversation is open in a window that is in front, in whichever tab. */
  inView: boolean
  /** Whether the browser lets us show notifications. */
  granted: boolean
}

export type Signs = { sound: boolean; notification: boolean }

/** Whether what happened is heard and shown here. What one has before one's eyes is never shown a second time. */
export function decide({ kind, column }: Happening, settings: SignSettings, here: Here): Signs {
  if (settings.silenced || !isSignOf(kind, column)) return { sound: false, notification: false }
  return {
    sound: settings.sounds && settings.heard[column].includes(kind) && (!here.inView || settings.inView),
    notification: here.granted && settings.shown[column].includes(kind) && !here.inView,
  }
}
