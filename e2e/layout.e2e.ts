import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { soon } from './world/compare.ts'
import type { Desk } from './world/desk.ts'
import { newestConversation, one } from './world/meeting.ts'
import { type Company, type Scene, test } from './world/scene.ts'

const widths = Array.from({ length: 65 }, (_, index) => 320 + 20 * index)
/** Below it the panel is a sheet over everything. */
const roomy = 1360

/** What is wrong with the controls in view: covered, cut off or outside; and with the space for the conversation. */
function faultsOf(page: Page, { sideways }: { sideways: boolean }): Promise<string[]> {
  return page.evaluate((sideways) => {
    const faults: string[] = []
    const nameOf = (element: Element) =>
      element.getAttribute('aria-label') ?? (element.textContent ?? '').trim().slice(0, 30)
    const controls =
      'button, a[href], input, textarea, summary, [role="switch"], [role="radio"], [role="menuitem"]'
    for (const element of document.querySelectorAll<HTMLElement>(controls)) {
      if (element.closest('[inert], [aria-hidden="true"], [hidden], .sr-only')) continue
      const box = element.getBoundingClientRect()
      // What is there for readers alone has no middle to press.
      if (box.width < 2 || box.height < 2) continue
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2]
      const scrolled = [...ancestorsOf(element)].some((outer) => {
        if (!/auto|scroll/.test(getComputedStyle(outer).overflowY)) return false
        const edge = outer.getBoundingClientRect()
        // A row of tabs, a table: what scrolls sideways alone.
        if (sideways && outer.scrollHeight <= outer.clientHeight + 1 && outer.scrollWidth > outer.clientWidth)
          return box.left < edge.left || box.right > edge.right
        return y < edge.top || y > edge.bottom
      })
      if (scrolled) continue
      const hit = document.elementFromPoint(x, y)
      const label = hit?.closest('label')
      if (!hit || !(element.contains(hit) || label?.contains(element)))
        faults.push(`"${nameOf(element)}" is covered by ${hit?.outerHTML.slice(0, 80)}`)
      else if (box.left < -0.5 || box.right > innerWidth + 0.5) faults.push(`"${nameOf(element)}" is cut off`)
    }
    const column = document.querySelector('article')
    const least = Math.min(420, innerWidth)
    if (column && column.clientWidth < least) faults.push(`the column is ${column.clientWidth} px wide`)
    // The log scrolls, and not what is around it: the field stands at the bottom, and what it lies on ends there with it.
    const main = document.querySelector('main')
    const end = innerHeight - Number.parseFloat(main ? getComputedStyle(main).paddingBottom : '0')
    if (column && Math.abs(column.getBoundingClientRect().bottom - end) > 1)
      faults.push(`the column ends at ${column.getBoundingClientRect().bottom} px`)
    const header = column?.querySelector('header')
    if (header && header.offsetHeight !== 49) faults.push(`the header is ${header.offsetHeight} px high`)
    const title = header?.querySelector('h1, h2')
    if (title && title.clientWidth < 40) faults.push(`the name has ${title.clientWidth} px`)
    return faults

    function* ancestorsOf(element: Element) {
      for (let outer = element.parentElement; outer; outer = outer.parentElement) yield outer
    }
  }, sideways)
}

async function faultsAt(page: Page, width: number, options = { sideways: false }): Promise<string[]> {
  await page.setViewportSize({ width, height: 800 })
  // What depends on the width in script is drawn in the frame after.
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
  return (await faultsOf(page, options)).map((fault) => `${width} px: ${fault}`)
}

const languages = {
  en: { online: 'Online', show: 'Show details', hide: 'Hide details', live: 'LIVE' },
  fr: { online: 'En ligne', show: 'Afficher les détails', hide: 'Masquer les détails', live: 'EN DIRECT' },
  de: { online: 'Online', show: 'Details anzeigen', hide: 'Details ausblenden', live: 'LIVE' },
}
type Words = { online: string; live: string }

/** Goes online and is written to by somebody who stays. */
async function beLive(scene: Scene, company: Company, desk: Desk, words: Words): Promise<string> {
  await desk.page.getByRole('switch', { name: words.online, exact: true }).press('Space')
  await soon(() =>
    scene.sql('select 1 from operator_slots where operator_id = $1 and free > 0', [desk.operator.id]),
  ).toHaveLength(1)
  const visitor = await scene.visitor(company.widget)
  await visitor.open()
  await visitor.say('Is the mug dishwasher safe?')
  const id = await newestConversation(scene, company)
  await desk.row(id).getByText(words.live).waitFor()
  return id
}

const cases = Object.entries(languages).flatMap(([locale, words]) =>
  [true, false].map((isLive) => ({ locale, words, isLive })),
)

for (const { locale, words, isLive } of cases) {
  test(`[N2 I8 X9] every control can be pressed at every width (${locale}, ${isLive ? 'live' : 'not live'})`, async ({
    scene,
  }) => {
    const company = await scene.company('Annabelle van den Bergh-Ziegelmeyer')
    const anna = one(company.operators)
    await scene.sql('update operators set locale = $2 where id = $1', [anna.id, locale])
    const contact = await scene.build.contact({
      organizationId: company.organization.id,
      name: 'Maximiliane Sophie von und zu Hohenschwangau-Oberammergau',
    })
    const desk = await scene.desk(anna, { reducedMotion: 'reduce' })
    const { page } = desk
    const id = isLive
      ? await beLive(scene, company, desk, words)
      : (await scene.build.conversation({ widget: company.widget, contact, assignee: anna })).id
    await page.evaluate(() => localStorage.setItem('foyer:panel', 'false'))
    await desk.show(id)
    const faults: string[] = []
    for (const width of widths) faults.push(...(await faultsAt(page, width)))
    await desk.button(words.show).click()
    await desk.button(words.hide).waitFor()
    for (const width of widths.filter((each) => each >= roomy)) faults.push(...(await faultsAt(page, width)))
    await page.setViewportSize({ width: 320, height: 800 })
    await desk.button(words.show).click()
    await page.getByRole('dialog').waitFor()
    for (const width of widths.filter((each) => each < roomy)) faults.push(...(await faultsAt(page, width)))
    expect(faults).toEqual([])
  })
}

/** The sections of the settings, and what else has an address of its own. */
const places = [
  'inbox',
  'conversations',
  'notifications',
  'operators',
  ...['profile', 'password', 'appearance', 'notifications', 'sessions'].map((path) => `settings/${path}`),
  ...['team', 'roles', 'messenger', 'mail', 'sample-data'].map((path) => `settings/${path}`),
]

for (const locale of Object.keys(languages)) {
  test(`[N2 N3 N10 X9] lists and settings stand at every width, none wider than its window (${locale})`, async ({
    scene,
  }) => {
    const company = await scene.company('Annabelle van den Bergh-Ziegelmeyer', 'Ben Cole')
    const anna = one(company.operators)
    await scene.sql('update operators set locale = $2 where id = $1', [anna.id, locale])
    for (const assignee of [anna, null]) await scene.build.conversation({ widget: company.widget, assignee })
    const desk = await scene.desk(anna, { reducedMotion: 'reduce' })
    const { page } = desk
    const faults: string[] = []
    for (const place of places) {
      await page.goto(`${scene.origin}/${place}`)
      await page.getByRole('heading').first().waitFor()
      await page.waitForLoadState('networkidle')
      for (const width of widths.filter((_, index) => index % 3 === 0)) {
        const found = await faultsAt(page, width, { sideways: true })
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        if (wide > 0) found.push(`${width} px: the page is ${wide} px too wide`)
        faults.push(...found.map((fault) => `${place} at ${fault}`))
      }
    }
    expect(faults).toEqual([])
  })
}

test('[N2] where a composer has no room its rarer tools are behind a button, which keys reach', async ({
  scene,
}) => {
  const company = await scene.company('Anna Berg')
  const anna = one(company.operators)
  const { id } = await scene.build.conversation({ widget: company.widget, assignee: anna })
  const desk = await scene.desk(anna, { reducedMotion: 'reduce' })
  const { page } = desk
  await desk.show(id)
  await desk.input.waitFor()
  const rarer = ['Macros', 'Formatting', 'Emoji']
  for (const name of rarer) expect(await desk.button(name).isVisible(), name).toBe(true)
  expect(await desk.button('More tools').isVisible()).toBe(false)
  for (const width of [320, 390, 520]) {
    await page.setViewportSize({ width, height: 800 })
    const more = desk.button('More tools')
    await more.waitFor()
    const names = ['Attach files', 'Record a voice message', 'More tools', 'Send']
    const tops = await Promise.all(names.map(async (name) => (await desk.button(name).boundingBox())?.y))
    expect(new Set(tops).size, `one line at ${width} px`).toBe(1)
    for (const name of rarer) expect(await desk.button(name).isVisible(), name).toBe(false)
    await more.press('Enter')
    for (const name of rarer) await desk.button(name).waitFor()
    expect(await more.getAttribute('aria-expanded')).toBe('true')
    expect(await faultsAt(page, width)).toEqual([])
    await page.keyboard.press('Tab')
    expect(await desk.button('Macros').evaluate((tool) => tool === document.activeElement)).toBe(true)
    await more.press('Enter')
    await desk.button('Macros').waitFor({ state: 'hidden' })
  }
})

test('[N2] what is pressed on a phone is large enough for a thumb', async ({ scene }) => {
  const company = await scene.company('Anna Berg')
  const anna = one(company.operators)
  const { id } = await scene.build.conversation({ widget: company.widget, assignee: anna })
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
  const desk = await scene.desk(anna, phone)
  const small = () =>
    desk.page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('button, a[href], [role="radio"]')]
        .filter((each) => !each.closest('[inert], [aria-hidden="true"], [hidden], .sr-only'))
        .map((each) => ({ each, box: each.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 2 && (box.height < 44 || box.width < 44))
        .map(({ each, box }) => `${each.ariaLabel ?? each.textContent}: ${box.width} × ${box.height}`),
    )
  await desk.row(id).waitFor()
  expect(await small(), 'inbox').toEqual([])
  await desk.show(id)
  await desk.input.waitFor()
  expect(await small(), 'conversation').toEqual([])
  await desk.page.goto(`${scene.origin}/conversations`)
  await desk.page.getByRole('link', { name: /Hello/ }).waitFor()
  expect(await small(), 'all conversations').toEqual([])
})

/** The controls that a notice lies on, be it with a corner. */
function underNotices(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const notices = document.querySelector('section[aria-label="Notices"]')
    const box = notices?.getBoundingClientRect()
    if (!notices || !box || box.width === 0) return ['there is no notice']
    const controls = document.querySelectorAll<HTMLElement>(
      'button, a[href], input, textarea, [role="switch"]',
    )
    return [...controls]
      .filter((control) => {
        if (notices.contains(control) || control.closest('.sr-only')) return false
        const its = control.getBoundingClientRect()
        const x = Math.min(its.right, box.right) - Math.max(its.left, box.left)
        const y = Math.min(its.bottom, box.bottom) - Math.max(its.top, box.top)
        if (its.width < 2 || x <= 0 || y <= 0) return false
        // What has been scrolled away lies behind something else, and nobody could press it anyway.
        const hits = document.elementsFromPoint(its.left + its.width / 2, its.top + its.height / 2)
        const top = hits.find((hit) => !notices.contains(hit))
        return !!top && (control.contains(top) || !!top.closest('label')?.contains(control))
      })
      .map((control) => control.ariaLabel ?? (control.textContent ?? '').slice(0, 40))
  })
}

test('[N2 N3 N10] a notice covers no control, wherever one is and at every width, and can be read and heard', async ({
  scene,
}) => {
  const company = await scene.company('Anna Berg')
  const anna = one(company.operators)
  for (let index = 0; index < 3; index++)
    await scene.build.conversation({ widget: company.widget, assignee: anna })
  const { id } = await scene.build.conversation({ widget: company.widget, assignee: anna })
  const desk = await scene.desk(anna, { reducedMotion: 'reduce' })
  const { page } = desk
  await page.evaluate(() => localStorage.setItem('foyer:after-ending', '"stay"'))
  await desk.show(id)
  // Notices stand for as long as the test looks.
  await page.evaluate(() => {
    const real = globalThis.setTimeout
    const patient = (run: () => void, ms = 0) => real(run, ms >= 4_000 && ms <= 8_000 ? 600_000 : ms)
    Object.assign(globalThis, { setTimeout: patient })
  })
  await desk.button('End').click()
  const notice = page.getByRole('region', { name: 'Notices' }).getByRole('status')
  await notice.waitFor()
  const faults: string[] = []
  for (const name of [null, 'All conversations', 'Settings', 'Inbox']) {
    await page.setViewportSize({ width: 1440, height: 800 })
    // What waits there belongs to the name of the link.
    if (name) await page.getByRole('link', { name: new RegExp(`^${name}`) }).click()
    if (name) await page.getByRole('heading', { name }).waitFor()
    for (let width = 390; width <= 1440; width += 50) {
      await page.setViewportSize({ width, height: 800 })
      // What has come under it is noticed in the frame after it was drawn.
      await soon(() => underNotices(page)).toEqual([])
      const box = await notice.boundingBox()
      if (!box || box.x < 0 || box.y < 0 || box.x + box.width > width || box.y + box.height > 800)
        faults.push(`${name}, ${width} px: the notice is cut off`)
    }
  }
  expect(faults).toEqual([])
  expect(await notice.textContent()).toContain('Conversation ended')
})
