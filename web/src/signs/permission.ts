import { useSyncExternalStore } from 'react'

/** none: this browser, or this address without TLS, has no notifications. */
export type Permission = NotificationPermission | 'none'

const listeners = new Set<() => void>()
let followed = false

function now(): Permission {
  return typeof Notification === 'undefined' ? 'none' : Notification.permission
}

function changed(): void {
  for (const listener of [...listeners]) listener()
}

/** People also give and take it in the browser's own settings. */
async function follow(): Promise<void> {
  if (followed || now() === 'none') return
  followed = true
  try {
    const status = await navigator.permissions.query({ name: 'notifications' })
    status.onchange = changed
  } catch {
    // Not every browser can be asked; then a reload shows it.
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  void follow()
  return () => listeners.delete(listener)
}

/** Whether the browser lets us show notifications. */
export function usePermission(): Permission {
  return useSyncExternalStore(subscribe, now)
}

/** Asks for it; only ever from a press, as browsers demand and people expect. */
export async function askPermission(): Promise<void> {
  if (now() === 'none') return
  await Notification.requestPermission()
  changed()
}
