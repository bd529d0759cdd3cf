/**
 * What the loader remembers on the site's page: the badge token while a contact exists, and per tab whether the
 * conversation is open. Where the site's storage is blocked it remembers nothing and all else works.
 */
export function recall(kind: 'localStorage' | 'sessionStorage', key: string): string | null {
  try {
    return window[kind].getItem(key)
  } catch {
    return null
  }
}

export function remember(kind: 'localStorage' | 'sessionStorage', key: string, value: string | null): void {
  try {
    if (value === null) window[kind].removeItem(key)
    else window[kind].setItem(key, value)
  } catch {
    // Blocked or full: nothing is remembered.
  }
}
