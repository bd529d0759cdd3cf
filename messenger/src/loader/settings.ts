import { type LauncherTexts, texts } from 'virtual:launcher-texts'
import { isColor } from '@foyer/client/color.ts'

/** What the snippet says, read once. */
export type Settings = {
  /** Origin the loader came from, and the only one it talks to. */
  home: string
  widgetKey: string
  /** Language the site asks for, or else is in itself; empty when it says neither, or one that we do not speak. */
  locale: string
  /** Colour the site asks for; empty when it leaves the choice to the widget. */
  color: string
  text: LauncherTexts
}

export function readSettings(script: HTMLScriptElement | null): Settings | null {
  const widgetKey = script?.getAttribute('data-widget')
  if (!script || !widgetKey) return null
  const color = script.getAttribute('data-color')
  const locale = known(script.getAttribute('data-locale')) || known(document.documentElement.lang)
  return {
    home: new URL(script.src, location.href).origin,
    widgetKey,
    locale,
    color: isColor(color) ? color : '',
    text: texts[locale || ownLanguage()] as LauncherTexts,
  }
}

/** The first language of the browser that we speak. */
function ownLanguage(): string {
  for (const tag of navigator.languages) if (known(tag)) return known(tag)
  return 'en'
}

/** The language of a tag such as `de-AT` if we have texts in it, else nothing. */
function known(tag: string | null): string {
  const language = (tag ?? '').slice(0, 2).toLowerCase()
  return Object.hasOwn(texts, language) ? language : ''
}
