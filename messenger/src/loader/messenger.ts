import { defaultColor, isColor } from '@foyer/client/color.ts'
import { isBadge, isFrom, type PanelMessage, readFrameMessage } from '../bridge/messages.ts'
import { type Drawing, draw, make } from './drawing.ts'
import { recall, remember } from './memory.ts'
import type { Settings } from './settings.ts'
import { keepStanding, type Stand } from './stand.ts'
import { fullQuery } from './style.ts'

export type Messenger = { open(): void; close(): void; destroy(): void }

/** How long the pointer rests on the button before the frame is loaded ahead of the click. */
const intentMs = 80
/** After this without a word from the frame the panel says that it cannot be reached. */
const unreachableMs = 15_000
/** A tab that comes back to the front asks for unread messages no more often than this. */
const askAgainMs = 30_000

/** Runs the closed messenger, and loads the conversation when there is a reason. */
export function createMessenger(settings: Settings): Messenger {
  const { home, text } = settings
  const badgeKey = `foyer:${settings.widgetKey}:badge`
  const colorKey = `foyer:${settings.widgetKey}:color`
  const openKey = `foyer:${settings.widgetKey}:open`
  const life = new AbortController()
  const screenWide = matchMedia(fullQuery)
  // Held from the start: a site's script may replace them later.
  const { setTimeout, clearTimeout } = window
  let drawing: Drawing | null = null
  let stand: Stand | null = null
  let frame: HTMLIFrameElement | null = null
  let ready = false
  let opened = false
  let focusCount = 0
  let unread = 0
  let peek = 0
  let askedAt = Number.NEGATIVE_INFINITY
  let intent = 0
  let patience = 0

  function start(): void {
    if (drawing || life.signal.aborted) return
    drawing = draw(settings)
    const remembered = recall('localStorage', colorKey)
    drawing.paint(settings.color || (isColor(remembered) ? remembered : defaultColor))
    stand = keepStanding(drawing.host, back)
    const { button, panel } = drawing
    on(button, 'click', () => (opened ? close() : open(true)))
    on(button, 'pointerenter', () => {
      intent = setTimeout(load, intentMs)
    })
    on(button, 'pointerleave', () => clearTimeout(intent))
    on(panel.parentNode as Node, 'keydown', (event) => {
      if ((event as KeyboardEvent).key === 'Escape' && opened) close()
    })
    on(window, 'message', hear as EventListener)
    on(window, 'focus', tellSoon)
    on(window, 'blur', tellSoon)
    on(document, 'visibilitychange', comeBack)
    on(window, 'pageshow', comeBack)
    on(screenWide, 'change', show)
    if (window.visualViewport) {
      on(window.visualViewport, 'resize', fit)
      on(window.visualViewport, 'scroll', fit)
    }
    show()
    comeBack()
  }

  /** Taken off the page and put back, the frame begins anew. */
  function back(): void {
    if (frame) {
      ready = false
      drawing?.panel.classList.remove('r')
      clearTimeout(patience)
      patience = setTimeout(giveUp, unreachableMs)
    }
    show()
  }

  function on(target: EventTarget, type: string, listener: (event: Event) => void): void {
    target.addEventListener(type, listener, { signal: life.signal })
  }

  /** Follows what this tab has done on another page of the site, and asks for unread messages where it may. */
  function comeBack(): void {
    const remembered = recall('sessionStorage', openKey)
    // Where nothing can be remembered there is nothing to follow.
    if (remembered === '1' && !opened) open(false)
    else if (remembered === '0' && opened) close()
    else tellSoon()
    if (frame || document.visibilityState !== 'visible' || performance.now() - askedAt < askAgainMs) return
    const badge = recall('localStorage', badgeKey)
    if (!isBadge(badge)) return
    askedAt = performance.now()
    // Not fetch: sites wrap it, and its promises run through prototypes of theirs.
    const request = new XMLHttpRequest()
    request.open('GET', `${home}/api/v1/messenger/unread/${badge}`)
    request.responseType = 'json'
    request.onload = () => {
      const count = request.status === 200 && request.response?.unread
      if (typeof count === 'number' && !frame) setUnread(count)
    }
    request.send()
  }

  function load(): void {
    if (frame || !drawing) return
    if (window.origin === 'null') return say(text.sandboxed)
    frame = make('iframe', {
      title: text.name,
      allow: 'microphone',
      referrerpolicy: 'strict-origin',
    }) as HTMLIFrameElement
    const { widgetKey: widget, locale, color } = settings
    frame.src = `${home}/messenger/frame?${new URLSearchParams({ widget, site: location.origin, locale, color })}`
    drawing.panel.replaceChildren(frame)
    patience = setTimeout(giveUp, unreachableMs)
  }

  function unload(): void {
    clearTimeout(patience)
    ready = false
    frame = null
    peek = 0
    drawing?.panel.classList.remove('r')
    drawing?.panel.replaceChildren()
  }

  function giveUp(): void {
    unload()
    say(text.unreachable)
  }

  /** Says in the panel why there is no conversation in it. */
  function say(why: string): void {
    const title = make('h1', {})
    title.textContent = text.name
    const line = make('p', { role: 'alert' })
    line.textContent = why
    drawing?.panel.replaceChildren(title, line)
  }

  function hear(event: MessageEvent): void {
    if (!frame || !isFrom(event, home, frame.contentWindow)) return
    const message = readFrameMessage(event.data)
    if (!message) return
    if (message.type === 'ready') {
      clearTimeout(patience)
      ready = true
      drawing?.panel.classList.add('r')
      tell()
    } else if (message.type === 'close') {
      if (opened) close()
    } else if (message.type === 'open') {
      if (!opened) open(true)
    } else {
      remember('localStorage', badgeKey, message.badge)
      if (!settings.color && isColor(message.color)) {
        drawing?.paint(message.color)
        remember('localStorage', colorKey, message.color)
      }
      peek = message.peek
      setUnread(message.unread)
    }
  }

  function tell(): void {
    if (!ready || !frame) return
    const message: PanelMessage = {
      foyer: 1,
      type: 'panel',
      open: opened,
      full: screenWide.matches,
      attended: document.hasFocus(),
      focus: focusCount,
    }
    frame.contentWindow?.postMessage(message, home)
  }

  /** The focus has moved only once the event is over. */
  function tellSoon(): void {
    setTimeout(tell, 0)
  }

  function setUnread(count: number): void {
    unread = count
    show()
  }

  function open(takeFocus: boolean): void {
    start()
    stand?.restore()
    load()
    opened = true
    remember('sessionStorage', openKey, '1')
    show()
    if (takeFocus) {
      focusCount++
      frame?.focus()
    }
    tell()
  }

  function close(): void {
    const inside = document.activeElement === drawing?.host
    opened = false
    remember('sessionStorage', openKey, '0')
    show()
    if (inside) drawing?.button.focus()
    tell()
    // A frame that never answered is asked anew the next time.
    if (!ready) unload()
  }

  function show(): void {
    if (!drawing) return
    const { button, panel, badge } = drawing
    const modal = opened && screenWide.matches
    panel.classList.toggle('o', opened)
    panel.classList.toggle('p', !opened && peek > 0)
    panel.style.setProperty('--p', `${peek}px`)
    panel.setAttribute('aria-modal', `${modal}`)
    button.setAttribute('aria-expanded', `${opened}`)
    button.setAttribute(
      'aria-label',
      opened
        ? text.close
        : unread
          ? (unread === 1 ? text.openUnreadOne : text.openUnread).replace('{count}', `${unread}`)
          : text.open,
    )
    badge.textContent = unread ? (unread > 99 ? '99+' : `${unread}`) : ''
    stand?.cover(modal)
    fit()
    tell()
  }

  /** Keeps the full-screen conversation within what the on-screen keyboard leaves. */
  function fit(): void {
    const view = window.visualViewport
    if (!drawing || !view) return
    drawing.panel.style.setProperty('--h', `${view.height}px`)
    drawing.panel.style.setProperty('--t', `${view.offsetTop}px`)
  }

  if (document.readyState === 'loading') on(document, 'DOMContentLoaded', start)
  else start()

  return {
    open: () => open(true),
    close,
    destroy() {
      if (drawing && opened) close()
      life.abort()
      unload()
      clearTimeout(intent)
      remember('sessionStorage', openKey, null)
      stand?.leave()
      stand = null
      drawing = null
    },
  }
}
