import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { soon, written } from './world/compare.ts'
import { meet } from './world/meeting.ts'
import { test as base } from './world/scene.ts'

const test = base.extend({ moving: true })

const pickerOf = (page: Page) => page.getByRole('dialog', { name: 'Emoji' })
const searchOf = (picker: Locator) => picker.getByRole('combobox')

test('[C2] emoji are searched in the operator’s language and in English', async ({ scene }) => {
  const { desk } = await meet(scene)
  const picker = pickerOf(desk.page)
  const looks = [
    {
      locale: 'en',
      name: 'Search emoji',
      words: [
        ['party', '🎉'],
        ['thumbs up', '👍'],
      ],
    },
    {
      locale: 'de',
      name: 'Emoji suchen',
      words: [
        ['Daumen hoch', '👍'],
        ['thumbs up', '👍'],
        ['grun herz', '💚'],
      ],
    },
    {
      locale: 'fr',
      name: 'Rechercher un emoji',
      words: [
        ['coeur vert', '💚'],
        ['green heart', '💚'],
        ['FÊTE', '🎉'],
      ],
    },
  ] as const
  for (const { locale, name, words } of looks) {
    await scene.sql('update operators set locale = $2 where id = $1', [desk.operator.id, locale])
    await desk.page.reload()
    await desk.button('Emoji').click()
    for (const [said, meant] of words) {
      await picker.getByRole('combobox', { name }).fill(said)
      await picker.locator('[role=gridcell]').getByText(meant, { exact: true }).waitFor()
    }
    await searchOf(picker).fill('xqzy')
    await soon(() => picker.getByRole('gridcell').count()).toBe(0)
    await searchOf(picker).press('Escape')
    await picker.waitFor({ state: 'hidden' })
  }
})

test('[C2] an emoji is picked with the keyboard alone, into the place where one was writing', async ({
  scene,
}) => {
  const { desk, visitor } = await meet(scene)
  const { page } = desk
  const picker = pickerOf(page)
  await desk.input.pressSequentially('Thanks !')
  await page.keyboard.press('ArrowLeft')
  await soon(() => desk.input.evaluate(() => document.getSelection()?.anchorOffset)).toBe(7)
  await desk.button('Emoji').focus()
  await page.keyboard.press('Enter')
  const search = searchOf(picker)
  await soon(() => search.evaluate((field) => field === document.activeElement)).toBe(true)
  const meant = picker.locator('[role=gridcell][aria-selected=true]')
  await meant.waitFor()
  const first = await meant.textContent()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  await soon(() => meant.textContent()).not.toBe(first)
  await page.keyboard.press('Control+Home')
  await soon(() => meant.textContent()).toBe(first)
  await page.keyboard.press('End')
  await page.keyboard.press('Home')
  await soon(() => meant.textContent()).toBe(first)
  await page.keyboard.press('Control+End')
  await soon(() => meant.getAttribute('aria-label')).toMatch(/Wales/)
  await page.keyboard.type('sunglasses')
  await soon(() => meant.count()).toBe(1)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.type(' face')
  await soon(() => meant.textContent()).toBe('😎')
  await page.keyboard.press('Enter')
  await picker.waitFor({ state: 'hidden' })
  await soon(() => written(desk.input)).toBe('Thanks 😎!')
  await soon(() => desk.input.evaluate((field) => field === document.activeElement)).toBe(true)
  await page.keyboard.type('!')
  expect(await written(desk.input)).toBe('Thanks 😎!!')
  await desk.button('Emoji').focus()
  await page.keyboard.press('Enter')
  await search.waitFor()
  await page.keyboard.press('Escape')
  await picker.waitFor({ state: 'hidden' })
  await soon(() => desk.input.evaluate((field) => field === document.activeElement)).toBe(true)
  await page.keyboard.press('Enter')
  await visitor.message('Thanks 😎!!').waitFor()
})

test('[C2] skin tone and recent ones are remembered over a reload', async ({ scene }) => {
  const { desk } = await meet(scene)
  const picker = pickerOf(desk.page)
  await desk.button('Emoji').click()
  expect(await picker.getByRole('button', { name: 'Recently used' }).count()).toBe(0)
  await picker.getByRole('button', { name: /^Skin tone/ }).click()
  await picker.getByTitle('Medium-dark').click()
  await searchOf(picker).fill('waving hand')
  await picker.getByRole('gridcell', { name: 'waving hand', exact: true }).click()
  await soon(() => written(desk.input)).toBe('👋🏾')
  await desk.page.reload()
  await desk.button('Emoji').click()
  await picker.getByRole('button', { name: 'Recently used' }).waitFor()
  await soon(() => picker.getByRole('gridcell').first().textContent()).toBe('👋🏾')
  await searchOf(picker).fill('thumbs up')
  await soon(() => picker.getByRole('gridcell').first().textContent()).toBe('👍🏾')
  await picker.getByRole('button', { name: 'Flags' }).click()
  await picker.getByRole('gridcell', { name: 'chequered flag' }).waitFor()
})

test('[C2] a name behind a colon offers emoji, in messages and in notes', async ({ scene }) => {
  const { desk, visitor } = await meet(scene)
  const { page } = desk
  const offered = page.getByRole('listbox', { name: 'Emoji' }).getByRole('option')
  await desk.input.pressSequentially('Done :tad')
  await offered.first().waitFor()
  await soon(() => offered.first().textContent()).toContain('🎉')
  await page.keyboard.press('Enter')
  await soon(() => written(desk.input)).toBe('Done 🎉 ')
  await desk.input.pressSequentially('and :)')
  expect(await offered.count()).toBe(0)
  await page.keyboard.press('Enter')
  await visitor.message('Done 🎉 and :)').waitFor()
  await desk.input.pressSequentially(':smile')
  await offered.first().waitFor()
  await page.keyboard.press('Escape')
  await soon(() => offered.count()).toBe(0)
  await page.keyboard.press('Enter')
  await visitor.message(':smile').waitFor()

  await page.getByRole('radio', { name: 'Note' }).click()
  const note = page.getByRole('textbox', { name: 'Note' })
  await note.pressSequentially('Nice :+1')
  await offered.first().waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Tab')
  await soon(() => written(note)).toBe('Nice 👍 ')
})

test('[C2] contacts pick emoji too, with pointer and keyboard; nothing of it is loaded before', async ({
  scene,
}) => {
  const { desk, visitor } = await meet(scene)
  const { page, frame } = visitor
  const loaded = () =>
    frame
      .locator('body')
      .evaluate(
        () => performance.getEntriesByType('resource').filter(({ name }) => /emoji/.test(name)).length,
      )
  expect(await loaded()).toBe(0)
  await visitor.button('Emoji').click()
  const search = frame.getByRole('combobox', { name: 'Search emoji' })
  await search.fill('heart')
  await frame.getByRole('option', { name: 'green heart', exact: true }).click()
  await soon(() => visitor.input.inputValue()).toBe('💚')
  await soon(() => visitor.input.evaluate((field) => field === document.activeElement)).toBe(true)
  expect(await loaded()).toBeGreaterThan(0)

  await visitor.button('Emoji').focus()
  await page.keyboard.press('Enter')
  await search.waitFor()
  await soon(() => search.evaluate((field) => field === document.activeElement)).toBe(true)
  await page.keyboard.press('Escape')
  await search.waitFor({ state: 'hidden' })
  expect(await visitor.input.isVisible(), 'only the picker is closed').toBe(true)
  await visitor.button('Emoji').press('Enter')
  await search.waitFor()
  await page.keyboard.type('thumbs up')
  await page.keyboard.press('Enter')
  await soon(() => visitor.input.inputValue()).toBe('💚👍')
  await page.keyboard.press('Enter')
  await desk.message('💚👍').waitFor()
})

test('[C2] one to three emoji are shown large, on both sides', async ({ scene }) => {
  const { desk, visitor } = await meet(scene)
  const size = (bubble: Locator) =>
    bubble.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize))
  await visitor.say('🎉👍🏾 👨‍👩‍👧')
  await visitor.say('🎉🎉🎉🎉')
  await desk.say('🇫🇷')
  await visitor.message('🇫🇷').waitFor()
  for (const side of [desk, visitor]) {
    const usual = await size(side.message('Is the mug dishwasher safe?'))
    expect(await size(side.message('🎉👍🏾 👨‍👩‍👧'))).toBeGreaterThan(2 * usual)
    expect(await size(side.message('🇫🇷'))).toBeGreaterThan(2 * usual)
    expect(await size(side.message('🎉🎉🎉🎉'))).toBe(usual)
  }
})
