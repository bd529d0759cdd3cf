import type { Waiting } from '../use-waiting.ts'

/** The icon's arch with its light on; the fire would lie below the number. */
const arch =
  '<rect width="32" height="32" rx="9" fill="#1d5a55"/><path d="M7 27V16a9 9 0 0 1 18 0v11z" fill="#ffe2b3"/>'

/**
 * The tab's icon as a picture: a full disc counts what waits for me, a ring what is for me to take. Both hold without
 * colour; where both are, the ring stands small beside the disc.
 */
function badgedIcon({ mine, forMe }: Pick<Waiting, 'mine' | 'forMe'>): string | null {
  if (mine + forMe === 0) return null
  const ring = '<circle cx="7" cy="25" r="5" fill="#fff" stroke="#1d5a55" stroke-width="3"/>'
  const badge =
    mine > 0
      ? `${forMe > 0 ? ring : ''}${disc(mine, 'fill="#b8400f" stroke="#fff" stroke-width="1.5"', '#fff')}`
      : disc(forMe, 'fill="#fff" stroke="#1d5a55" stroke-width="3"', '#123f3b')
  return `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${arch}${badge}</svg>`)}`
}

function disc(count: number, look: string, ink: string): string {
  const text = count > 9 ? '9+' : String(count)
  return (
    `<circle cx="20" cy="20" r="11" ${look}/>` +
    `<text x="20" y="26" text-anchor="middle" font-family="system-ui,sans-serif" font-weight="700" font-size="${count > 9 ? 13 : 17}" fill="${ink}">${text}</text>`
  )
}

/** Shows how much waits on the tab's icon and, where the page is installed as an app, on the app's. */
export function showBadge(waiting: Pick<Waiting, 'mine' | 'forMe'>): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
  if (link) {
    link.dataset.plain ??= link.href
    link.href = badgedIcon(waiting) ?? link.dataset.plain
  }
  const count = waiting.mine + waiting.forMe
  // An app's badge has one tone, so it counts both. Where there is no app, nothing is shown, and that is no fault.
  const shown = count > 0 ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.()
  shown?.catch(() => undefined)
}
