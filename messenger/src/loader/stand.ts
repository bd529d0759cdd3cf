/** How we stand on a page that may be drawn anew around us. */
export type Stand = {
  /** Puts us back at once, if we were taken off. */
  restore(): void
  /** Whether nothing of the page may be reached by key or screen reader, because we fill the screen. */
  cover(all: boolean): void
  leave(): void
}

/** Says on a body that it is we who made it inert, also on the copies that pages keep for the way back. */
const mark = 'data-foyer-inert'
/** What makes a page's root, rather than the window, the frame of what is fixed to it. */
const moving = ['transform', 'scale', 'rotate', 'translate', 'perspective', 'contain'] as const

/**
 * Keeps an element on the page, beside its body: scripts that replace the body's content do not touch it there. Where the whole
 * document is drawn anew it comes back by itself, ever more slowly, so that it fights with nobody. However the page enlarges or
 * moves its root, the element is as large as it says, and fixed to the window.
 */
export function keepStanding(host: HTMLElement, back: () => void): Stand {
  const watcher = new MutationObserver(tend)
  const { setTimeout, clearTimeout } = window
  let covers = false
  let losses = 0
  let timer = 0

  function tend(): void {
    const root = document.documentElement
    // What is observed already is not observed twice.
    watcher.observe(document, { childList: true })
    if (root)
      watcher.observe(root, { childList: true, attributes: true, attributeFilter: ['class', 'style'] })
    if (document.body) watcher.observe(document.body, { attributes: true, attributeFilter: ['inert', mark] })
    if (!host.isConnected && !timer) timer = setTimeout(restore, losses ? Math.min(25 << losses, 5_000) : 0)
    if (host.isConnected) straighten(root)
    shade()
  }

  function restore(): void {
    clearTimeout(timer)
    timer = 0
    const root = document.documentElement
    if (host.isConnected || !root) return
    losses = Math.min(losses + 1, 9)
    root.appendChild(host)
    tend()
    back()
  }

  function straighten(root: Element): void {
    const style = getComputedStyle(root)
    host.style.setProperty('zoom', `${1 / (Number.parseFloat(style.zoom) || 1)}`, 'important')
    const isMoved =
      moving.some((name) => style[name] && style[name] !== 'none') || /transform/.test(style.willChange)
    if (!isMoved || !host.showPopover || host.matches(':popover-open')) return
    // Above everything of the page, the page's root moves us no longer.
    host.popover = 'manual'
    host.showPopover()
  }

  function shade(): void {
    const { body } = document
    // A body that is inert without our mark is the page's own business.
    if (!body || body.hasAttribute(mark) === covers) return
    if (covers && body.inert) return
    body.toggleAttribute(mark, covers)
    body.inert = covers
  }

  document.documentElement.appendChild(host)
  tend()
  return {
    restore,
    cover(all) {
      covers = all
      tend()
    },
    leave() {
      covers = false
      shade()
      watcher.disconnect()
      clearTimeout(timer)
      host.remove()
    },
  }
}
