import type { Frame, Page } from 'playwright-core'
import { expect } from 'vitest'
import { soon, written } from './world/compare.ts'
import { newestConversation, one } from './world/meeting.ts'
import { Messenger } from './world/messenger.ts'
import { test as base, type Scene } from './world/scene.ts'
import { translateAsBrowsersDo } from './world/translation.ts'

const test = base.extend({ moving: true })

/** What Safari tells of the Enter that confirms composed text, after it has told that composing is over. */
const confirmed = {
  key: 'Enter',
  code: 'Enter',
  keyCode: 229,
  isComposing: false,
  bubbles: true,
  cancelable: true,
}

async function frameOf(page: Page): Promise<Frame> {
  const element = await page.locator('foyer-messenger iframe').elementHandle()
  const frame = await element?.contentFrame()
  if (!frame) throw new Error('The messenger’s frame is not there.')
  return frame
}

async function visitorOf(scene: Scene, site: Partial<Parameters<Scene['shop']>[0]> = {}, person = {}) {
  const company = await scene.company('Anna Berg')
  const shop = await scene.shop({ widgetKey: company.widget.key, ...site })
  const visitor = new Messenger(await scene.person(person), shop.origin)
  return { company, shop, visitor }
}

const localeOf = async (scene: Scene, organizationId: string) =>
  (
    await scene.sql<{ locale: string }>('select locale from contacts where organization_id = $1', [
      organizationId,
    ])
  )[0]?.locale

for (const [title, site, locale, spoken, label] of [
  ['the page’s wish', ' lang="de"|data-locale="fr" ', 'en-US', 'fr', 'Message'],
  ['else the page’s language', ' lang="de"|', 'fr-FR', 'de', 'Nachricht'],
  ['else the browser’s', '|', 'fr-FR', 'fr', 'Message'],
  ['else the next of the browser’s', ' lang="it"|', 'de-AT', 'de', 'Nachricht'],
  ['else the widget’s', ' lang="pt"|', 'nl-NL', 'en', 'Message'],
] as const) {
  test(`[X9] the messenger speaks ${title}, and the contact is kept with it`, async ({ scene }) => {
    const [lang = '', wish = ''] = site.split('|')
    const { company, shop, visitor } = await visitorOf(
      scene,
      { change: (html) => html.replace(' lang="en"', lang).replace('data-widget', `${wish}data-widget`) },
      { locale },
    )
    await visitor.page.goto(`${shop.origin}/index.html`)
    await visitor.page.locator('foyer-messenger button').click()
    const input = visitor.frame.getByRole('textbox', { name: label, exact: true })
    await input.waitFor()
    expect(await visitor.frame.locator('html').getAttribute('lang')).toBe(spoken)
    await input.fill('Hello')
    await input.press('Enter')
    await visitor.message('Hello').waitFor()
    await soon(() => localeOf(scene, company.organization.id)).toBe(spoken)
  })
}

test('[X2] Enter that confirms composed text sends nothing, and Escape closes nothing, in messenger, composer and note', async ({
  scene,
}) => {
  const { company, shop, visitor } = await visitorOf(scene)
  await visitor.page.goto(`${shop.origin}/index.html`)
  await visitor.open()
  await visitor.say('First')
  await visitor.input.fill('日本')
  await visitor.input.dispatchEvent('keydown', confirmed)
  await visitor.input.dispatchEvent('keydown', { ...confirmed, key: 'Escape', code: 'Escape' })
  await visitor.page.waitForTimeout(300)
  expect(await visitor.input.inputValue()).toBe('日本')
  await visitor.input.press('Enter')
  await visitor.message('日本').waitFor()

  const id = await newestConversation(scene, company)
  const desk = await scene.desk(one(company.operators), { path: `/inbox/${id}` })
  await desk.assignToMe()
  const answer = desk.page.getByRole('textbox', { name: 'Message', exact: true })
  await answer.fill('東京')
  await answer.dispatchEvent('keydown', confirmed)
  await answer.dispatchEvent('keydown', { ...confirmed, key: 'Escape', code: 'Escape' })
  await desk.page.waitForTimeout(300)
  expect(await written(answer)).toBe('東京')
  expect(await answer.evaluate((field) => field === document.activeElement)).toBe(true)
  await answer.dispatchEvent('keydown', { ...confirmed, key: 'k', code: 'KeyK', ctrlKey: true })
  expect(await desk.page.getByRole('dialog').count()).toBe(0)
  await answer.fill('')
  await answer.press('Escape')
  await desk.page.keyboard.press('n')
  const note = desk.page.getByRole('textbox', { name: 'Note' })
  await note.fill('大阪')
  await note.dispatchEvent('keydown', confirmed)
  await desk.page.waitForTimeout(300)
  expect(await written(note)).toBe('大阪')
  expect(
    (
      await scene.sql('select 1 from entries where organization_id = $1 and kind = $2', [
        company.organization.id,
        'note',
      ])
    ).length,
  ).toBe(0)
})

for (const how of ['wrap', 'replace'] as const) {
  test(`[X9] while the browser translates (${how}), the Message Center lives on and the messenger’s states change`, async ({
    scene,
  }) => {
    const { company, shop, visitor } = await visitorOf(scene)
    await visitor.page.goto(`${shop.origin}/index.html`)
    await visitor.open()
    await (await frameOf(visitor.page)).evaluate(translateAsBrowsersDo, how)
    await visitor.say('One')
    await soon(() => visitor.log.locator('.state').last().textContent()).toMatch(/^Sent/)
    const id = await newestConversation(scene, company)
    const desk = await scene.desk(one(company.operators), { path: `/inbox/${id}` })
    expect(await desk.page.locator('html').getAttribute('translate')).toBe('no')
    expect(await desk.page.locator('meta[name=google]').getAttribute('content')).toBe('notranslate')
    await desk.page.evaluate(translateAsBrowsersDo, how)
    await desk.assignToMe()
    await soon(() => visitor.log.locator('.state').last().textContent()).toMatch(/^Read/)
    for (const text of ['Two', 'Three']) {
      await visitor.say(text)
      await desk.log.getByText(text).waitFor()
      await desk.say(`Answer to ${text}`)
      await visitor.log.getByText(`Answer to ${text}`).first().waitFor()
    }
    await desk.button('End').click()
    await visitor.frame.getByText('The conversation has ended').waitFor()
    await visitor.button('Back to overview').click()
    await visitor.frame.getByText('Your conversations').waitFor()
    expect(await desk.page.getByText(/Something went wrong|went wrong/).count()).toBe(0)
  })
}

test('[X2] a long text that is pasted stays whole, and says why it is not sent', async ({ scene }) => {
  const { shop, visitor } = await visitorOf(scene)
  await visitor.page.goto(`${shop.origin}/index.html`)
  await visitor.open()
  const long = `${'word '.repeat(4_100)}end`
  await visitor.input.fill(long)
  expect(await visitor.input.inputValue()).toBe(long)
  await visitor.frame.getByText('503 characters too many').waitFor()
  await visitor.input.press('Enter')
  expect(await visitor.input.inputValue()).toBe(long)
  for (const nothing of ['\u200b\u2060', '\u2800', '\u3164', '\u00ad\u202e']) {
    await visitor.input.fill(nothing)
    expect(await visitor.button('Send').getAttribute('aria-disabled')).toBe('true')
    await visitor.input.press('Enter')
  }
  expect(await visitor.log.count()).toBe(0)
  await visitor.input.fill('    a\n        b')
  await visitor.input.press('Enter')
  await soon(() => visitor.log.locator('.bubble').first().textContent()).toBe('    a\n        b')
})

test('[X2] a conversation begun in one tab appears in another', async ({ scene }) => {
  const { shop, visitor } = await visitorOf(scene)
  await visitor.page.goto(`${shop.origin}/index.html`)
  const other = new Messenger(
    { ...visitor.person, page: await visitor.person.context.newPage() },
    shop.origin,
  )
  await other.page.goto(`${shop.origin}/index.html`)
  await other.open()
  await visitor.open()
  await visitor.say('Written in the other tab')
  await other.frame.getByRole('button', { name: /Written in the other tab/ }).waitFor({ timeout: 5_000 })
})

test('[X2] what came while it was closed is shown beside the button, in our own frame, and opens by a press', async ({
  scene,
}) => {
  const { company, shop, visitor } = await visitorOf(scene)
  await visitor.page.goto(`${shop.origin}/index.html`)
  await visitor.open()
  await (await frameOf(visitor.page)).evaluate(() => {
    const page = window as unknown as { sounds: number; AudioContext: typeof AudioContext }
    const Real = page.AudioContext
    page.sounds = 0
    page.AudioContext = class extends Real {
      constructor() {
        super()
        page.sounds++
      }
    }
  })
  await visitor.say('Is it there?')
  await visitor.close()
  const id = await newestConversation(scene, company)
  const desk = await scene.desk(one(company.operators), { path: `/inbox/${id}` })
  await desk.assignToMe()
  await desk.say('It is here, blue and round.')
  const words = visitor.frame.getByRole('button', { name: /It is here, blue and round/ })
  await words.waitFor()
  const card = await visitor.page.locator('foyer-messenger iframe').boundingBox()
  expect(card?.height).toBeLessThan(201)
  expect(await visitor.page.evaluate(() => document.documentElement.outerHTML)).not.toContain(
    'blue and round',
  )
  expect(await visitor.log.isVisible()).toBe(false)
  const sounds = async () =>
    (await frameOf(visitor.page)).evaluate(() => (window as unknown as { sounds: number }).sounds)
  await soon(sounds).toBe(1)
  await visitor.button('Dismiss').click()
  await words.waitFor({ state: 'hidden' })
  await desk.say('And another word.')
  const again = visitor.frame.getByRole('button', { name: /And another word/ })
  await again.waitFor()
  await visitor.launcher.getByText('2').waitFor()
  await again.click()
  await visitor.message('And another word.').waitFor()
  await soon(() => visitor.input.isVisible()).toBe(true)
})

test('[S2 S4] availability is told as it is: free, then busy, never both at once', async ({ scene }) => {
  const company = await scene.company('Anna Berg')
  const desk = await scene.desk(one(company.operators))
  await desk.page.getByRole('switch', { name: 'Online', exact: true }).press('Space')
  await soon(
    async () =>
      (
        await scene.sql('select 1 from operator_slots where free > 0 and operator_id = $1', [
          desk.operator.id,
        ])
      ).length,
  ).toBe(1)
  const first = await scene.visitor(company.widget)
  await first.open()
  await first.frame.getByText('We’re online.').waitFor()
  await scene.sql('update operator_slots set most = 1 where operator_id = $1', [desk.operator.id])
  await first.say('I take the only place')
  const second = await scene.visitor(company.widget)
  await second.open()
  await second.frame.getByText('We’re all with other customers').waitFor()
  expect(await second.frame.getByText('We’re online.').count()).toBe(0)
})

test('[X2] printed, a conversation is whole, for the operator and for the contact', async ({ scene }) => {
  const company = await scene.company('Anna Berg')
  // The messenger as a page of its own, as a mail's link opens it: a site prints itself without us.
  const { page } = await scene.person()
  await page.goto(`${scene.origin}/messenger/frame?widget=${company.widget.key}`)
  const box = page.getByRole('textbox', { name: 'Message', exact: true })
  for (let count = 0; count < 12; count++) {
    await box.fill(`Line ${count}\nand more\nand more`)
    await box.press('Enter')
    await page.getByRole('log').getByText(`Line ${count}`).waitFor()
  }
  await box.fill(`${'A long answer. '.repeat(150)}Its end.`)
  await box.press('Enter')
  const id = await newestConversation(scene, company)
  const desk = await scene.desk(one(company.operators), { path: `/inbox/${id}` })
  await desk.log.getByText(/Line 11/).waitFor()
  const shown = () => {
    const log = document.querySelector('[role=log]') as HTMLElement
    const cut: string[] = []
    for (let part: HTMLElement | null = log; part; part = part.parentElement)
      if (part.scrollHeight > part.clientHeight + 2 && getComputedStyle(part).overflowY !== 'visible')
        cut.push(part.tagName)
    const controls = [...document.querySelectorAll('button, textarea, nav')]
    return {
      cut,
      controls: controls.filter((control) => control.checkVisibility()).length,
      isTall: log.getBoundingClientRect().height > 900,
    }
  }
  for (const printed of [desk.page, page]) {
    await printed.emulateMedia({ media: 'print' })
    await printed.getByRole('log').getByText('Its end.').waitFor()
    await soon(() => printed.evaluate(shown)).toEqual({ cut: [], controls: 0, isTall: true })
  }
})
