import { accessSync } from 'node:fs'

/** A whole Chromium. @throws where none is installed */
export function browserPath(): string {
  const known = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome']
  const found = known.find((path) => path && isThere(path))
  if (!found) throw new Error('No Chromium: install it, or set CHROMIUM to its path.')
  return found
}

/**
 * The same engine without windows, menus and settings around it, where it is installed: a page of it costs a fifth.
 */
export function lightBrowserPath(): string {
  const light = '/usr/bin/chromium-headless-shell'
  return !process.env.CHROMIUM && isThere(light) ? light : browserPath()
}

function isThere(path: string): boolean {
  try {
    accessSync(path)
    return true
  } catch {
    return false
  }
}
