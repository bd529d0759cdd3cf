import { type LauncherTexts, texts } from 'virtual:launcher-texts'
import { isColor } from '@foyer/client/color.ts'

/** What the site says, read once. */
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

/** Set by sites whose tag manager keeps no attributes. */
type PageSettings = { widget?: unknown; locale?: unknown; color?: unknown; origin?: unknown }
/** By its bare name it is found however the page declares it; a `const` is no property of the window. */
declare const FoyerSettings: PageSettings | undefined

/**
 * What the script's attributes say, else its address, else `FoyerSettings`. Whoever put the script on the page reads in the
 * console what is missing.
 */
export function readSettings(running: HTMLScriptElement | null): Settings | null {
  const script = running ?? ownScript()
  const page = (typeof FoyerSettings === 'object' && FoyerSettings) || {}
  const address = script ? new URL(script.src, location.href) : null
  const say = (name: keyof PageSettings) =>
    `${script?.getAttribute(`data-${name}`) || address?.searchParams.get(name) || page[name] || ''}`
  const widgetKey = say('widget')
  const home = address ? address.origin : say('origin')
  if (!widgetKey || !home) {
    console.error(
      `Foyer: which ${widgetKey ? 'server' : 'widget'}? Say data-widget="…" or ?widget=… on the script, or FoyerSettings = { widget, origin }.`,
    )
    return null
  }
  if (window.origin === 'null')
    console.error('Foyer: no messenger in a file, nor in a sandbox without allow-same-origin.')
  const locale = known(say('locale')) || known(document.documentElement.lang)
  const color = say('color')
  return {
    home,
    widgetKey,
    locale,
    color: isColor(color) ? color : '',
    text: texts[locale || ownLanguage()] as LauncherTexts,
  }
}

/** The element of this script where the browser does not say which runs: modules, and what is run by others. */
function ownScript(): HTMLScriptElement | null {
  const own = [...document.scripts].filter((script) => /\/messenger\.js(\?|#|$)/.test(script.src))
  return own.find((script) => script.hasAttribute('data-widget')) ?? own[0] ?? null
}

/** The first language of the browser that we speak. */
function ownLanguage(): string {
  for (const tag of navigator.languages) if (known(tag)) return known(tag)
  return 'en'
}

/** The language of a tag such as `de-AT` if we have texts in it, else nothing. */
function known(tag: string | null): string {
  const language = (tag ?? '').toLowerCase().split('-')[0] as string
  return Object.hasOwn(texts, language) ? language : ''
}
