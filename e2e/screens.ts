import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { indexPage } from './screens/index-page.ts'
import { messageCenter } from './screens/message-center.ts'
import { messenger } from './screens/messenger.ts'
import { type At, locales, type Phase, type Screen, type Size, themes } from './screens/screen.ts'
import { openStage, talk } from './screens/stage.ts'
import { type Taken, take } from './screens/take.ts'
import { tour } from './screens/tour.ts'
import { openBrowser } from './world/browser.ts'

/*
 * Renders every screen and state of the running product with sample data, and has axe look at each.
 *
 *   npm run screens                          everything, into screens/
 *   npm run screens -- inbox messenger       those whose names begin so
 *   npm run screens -- --quick               widest and phone alone, in English
 *   npm run screens -- --locale de           in one language
 *   npm run screens -- --readme              the pictures of the documents alone, into docs/
 *
 * Emoji need a face on this machine; Debian's is in fonts-noto-color-emoji.
 */
const { values: options, positionals: names } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean' },
    readme: { type: 'boolean' },
    locale: { type: 'string' },
    port: { type: 'string', default: '4680' },
  },
})
const root = fileURLToPath(new URL('../', import.meta.url))
const directory = options.readme ? await mkdtemp(join(tmpdir(), 'foyer-picture-')) : `${root}screens`
/** Two at once keep two cores busy; more would only wait for one another. */
const atOnce = 2

const asked = [...messageCenter, ...messenger].filter(({ name }) =>
  options.readme
    ? tour.some(({ screen }) => screen === name)
    : names.length === 0 || names.some((start) => name.startsWith(start)),
)
const spoken = locales.filter((locale) =>
  options.locale ? locale === options.locale : locale === 'en' || !(options.quick || options.readme),
)
const taken: Taken = { shots: [], faults: [], broken: [] }
const startedAt = Date.now()

await rm(directory, { recursive: true, force: true })
await using stage = await openStage(Number(options.port))
const profiles = await mkdtemp(join(tmpdir(), 'foyer-profiles-'))
const browser = await openBrowser('light', profiles)
await render('bare')
await stage.setUp()
await render('empty')
await stage.fill()
await attend()
await render('busy')
await browser.close()
await rm(profiles, { recursive: true, force: true, maxRetries: 5 })
await report()

async function render(phase: Phase): Promise<void> {
  const ofPhase = asked.filter((screen) => screen.phase === phase)
  if (ofPhase.length === 0) return
  for (const locale of spoken) {
    if (phase !== 'bare') await stage.speak(locale)
    const words = await stage.wordsOf(locale)
    const visitors = ofPhase.some(({ as }) => as === 'answered' || as === 'ended')
      ? {
          answered: await talk(stage, browser, { locale, ended: false }),
          ended: await talk(stage, browser, { locale, ended: true }),
        }
      : null
    const work = ofPhase.flatMap((screen) =>
      sizesOf(screen).map((size) => ({
        screen,
        at: { stage, origin: stage.origin, locale, size, words, visitors },
      })),
    )
    await Promise.all(Array.from({ length: atOnce }, () => workOff(work)))
  }
}

/** Somebody is at the desk all along, for contacts to see. */
async function attend(): Promise<void> {
  const context = await browser.newContext()
  await stage.logIn(context)
  const page = await context.newPage()
  await page.goto(`${stage.origin}/settings/profile`)
}

async function workOff(work: { screen: Screen; at: At }[]): Promise<void> {
  for (let next = work.shift(); next; next = work.shift()) {
    const { screen, at } = next
    const { shots, faults, broken } = await take(browser, screen, at, {
      directory,
      themes,
      // What is accessible does not depend on the language, nor on the widths between.
      axe: !options.readme && at.locale === 'en' && at.size !== '1024',
    })
    taken.shots.push(...shots)
    taken.faults.push(...faults)
    taken.broken.push(...broken)
  }
}

function sizesOf({ name, part }: Screen): readonly Size[] {
  if (options.readme)
    return [...new Set(tour.filter(({ screen }) => screen === name).map(({ size }) => size))]
  if (options.quick) return ['1440', '390']
  return part === 'Messenger' ? ['1440', '1024', '390', '320'] : ['1440', '1024', '390']
}

async function report(): Promise<void> {
  const say = (line: string) => {
    process.stdout.write(`${line}\n`)
  }
  for (const line of taken.broken) say(`Could not be shown: ${line}`)
  process.exitCode = taken.broken.length > 0 || taken.faults.length > 0 ? 1 : 0
  if (options.readme) {
    await mkdir(`${root}docs/tour`, { recursive: true })
    for (const { file, screen, size, theme } of tour)
      await copyFile(`${directory}/${screen}/${size}-${theme}-en.png`, `${root}docs/${file}`)
    await rm(directory, { recursive: true })
    return say(tour.map(({ file }) => `docs/${file}`).join('\n'))
  }
  const order = new Map(asked.map(({ name }, index) => [name, index]))
  taken.shots.sort((a, b) => (order.get(a.screen) ?? 0) - (order.get(b.screen) ?? 0))
  await mkdir(directory, { recursive: true })
  await writeFile(`${directory}/index.html`, indexPage(taken))
  for (const { screen, size, theme, rule, help, where } of taken.faults)
    say(`axe: ${screen} ${size} ${theme}: ${rule}: ${help}\n       ${where.join('\n       ')}`)
  const seconds = Math.round((Date.now() - startedAt) / 1000)
  say(
    `${taken.shots.length} pictures in ${seconds} s, ${taken.faults.length} findings of axe: ${directory}/index.html`,
  )
}
