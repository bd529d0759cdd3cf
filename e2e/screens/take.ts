import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { type At, type Screen, sizes, type Theme, themes } from './screen.ts'
import { speakOnDemo } from './stage.ts'

export type Shot = {
  screen: string
  part: Screen['part']
  size: string
  theme: Theme
  locale: string
  file: string
}
export type Fault = {
  screen: string
  size: string
  theme: Theme
  rule: string
  help: string
  where: string[]
}
export type Taken = { shots: Shot[]; faults: Fault[]; broken: string[] }

/** Takes one screen in one size and language, in both themes, and has axe look at it where asked to. */
export async function take(
  browser: Browser,
  screen: Screen,
  at: At,
  options: { directory: string; themes?: readonly Theme[]; axe: boolean },
): Promise<Taken> {
  const taken: Taken = { shots: [], faults: [], broken: [] }
  const isPhone = at.size === '390' || at.size === '320'
  const visitor = screen.as === 'answered' || screen.as === 'ended' ? at.visitors?.[screen.as] : undefined
  const context = await browser.newContext({
    viewport: sizes[at.size],
    locale: at.locale,
    hasTouch: isPhone,
    reducedMotion: 'reduce',
    ...(visitor ? { storageState: visitor } : {}),
  })
  context.setDefaultTimeout(10_000)
  try {
    // Looking at a conversation would read it, and the next picture would show it read.
    await context.route('**/reading', (route) => route.fulfill({ json: {} }))
    await speakOnDemo(context, at.locale)
    if (screen.as === 'owner') await at.stage.logIn(context)
    await screen.before?.(context, at)
    const page = await context.newPage()
    await screen.show(page, at)
    await page.waitForTimeout(200)
    await mkdir(join(options.directory, screen.name), { recursive: true })
    for (const theme of options.themes ?? themes) {
      await page.emulateMedia({ colorScheme: theme })
      await page.waitForTimeout(80)
      const file = `${screen.name}/${at.size}-${theme}-${at.locale}.png`
      await page.screenshot({ path: join(options.directory, file), animations: 'disabled', caret: 'initial' })
      taken.shots.push({
        screen: screen.name,
        part: screen.part,
        size: at.size,
        theme,
        locale: at.locale,
        file,
      })
      if (options.axe) taken.faults.push(...(await look(page, screen, at, theme)))
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n').slice(0, 4).join(' ') : String(error)
    taken.broken.push(`${screen.name} (${at.size}, ${at.locale}): ${reason}`)
  } finally {
    await context.close()
  }
  return taken
}

async function look(page: Page, screen: Screen, at: At, theme: Theme): Promise<Fault[]> {
  // In this page: the other mode would want a page of its own, which some screens' pretended networks do not allow.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return violations.map(({ id, help, nodes }) => ({
    screen: screen.name,
    size: at.size,
    theme,
    rule: id,
    help,
    where: nodes
      .slice(0, 3)
      .map(({ target, html, any }) => `${target.flat().join(' ')}${reasonOf(any)} ${html.slice(0, 120)}`),
  }))
}

/** The colours, where it is about colours. */
function reasonOf(checks: readonly { data?: unknown }[]): string {
  const data = checks[0]?.data as
    | { fgColor?: string; bgColor?: string; contrastRatio?: number }
    | null
    | undefined
  return data?.contrastRatio ? ` (${data.fgColor} on ${data.bgColor}: ${data.contrastRatio})` : ''
}
