import { inkOn } from '@foyer/client/color.ts'
import type { Settings } from './settings.ts'
import { style } from './style.ts'

export type Drawing = {
  host: HTMLElement
  button: HTMLButtonElement
  badge: HTMLElement
  panel: HTMLElement
  paint(color: string): void
}

const bubble = 'M21 11.4a8.4 8.4 0 0 1-12.3 7.4L3.5 20.5l1.7-5.1A8.4 8.4 0 1 1 21 11.4z'
const chevron = 'M6 9.5l6 6 6-6'

/**
 * Draws the closed messenger. Everything is made through the DOM and CSSOM, because a site's policy may forbid inline
 * styles and parsing of HTML; what a site's rules could reach carries `!important` in its own style.
 */
export function draw(settings: Settings): Drawing {
  const host = document.createElement('foyer-messenger')
  set(host, 'all', 'initial')
  set(host, 'display', 'block')
  set(host, 'position', 'fixed')
  set(host, 'z-index', '2147483000')
  host.dir = document.documentElement.dir
  const root = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(style)
  root.adoptedStyleSheets = [sheet]

  const region = make('section', { 'aria-label': settings.text.name })
  const button = make('button', { type: 'button', 'aria-haspopup': 'dialog', 'aria-expanded': 'false' })
  const badge = make('span', { 'aria-hidden': 'true' })
  button.appendChild(icon(bubble))
  button.appendChild(icon(chevron))
  button.appendChild(badge)
  const panel = make('div', { role: 'dialog', 'aria-label': settings.text.name })
  region.appendChild(button)
  region.appendChild(panel)
  root.appendChild(region)

  return {
    host,
    button: button as HTMLButtonElement,
    badge,
    panel,
    paint(color) {
      set(host, '--c', color)
      set(host, '--i', inkOn(color))
    },
  }
}

export function make(tag: string, attributes: Record<string, string>): HTMLElement {
  return dress(document.createElement(tag), attributes)
}

function icon(path: string): SVGElement {
  const space = 'http://www.w3.org/2000/svg'
  const svg = dress(document.createElementNS(space, 'svg'), { viewBox: '0 0 24 24', 'aria-hidden': 'true' })
  svg.appendChild(dress(document.createElementNS(space, 'path'), { d: path }))
  return svg
}

function dress<E extends Element>(element: E, attributes: Record<string, string>): E {
  for (const name in attributes) {
    // A site may have put enumerable names on Object.prototype.
    if (Object.hasOwn(attributes, name)) element.setAttribute(name, attributes[name] as string)
  }
  return element
}

function set(element: HTMLElement, name: string, value: string): void {
  element.style.setProperty(name, value, 'important')
}
