import { expect } from 'vitest'
import { updateMe } from '../contract/operators.ts'
import { soon, written } from './world/compare.ts'
import type { Desk } from './world/desk.ts'
import { handOf, picture, text } from './world/hand.ts'
import { meet } from './world/meeting.ts'
import { test } from './world/scene.ts'

/** Lets what the operator sends wait, as they would in the settings. */
async function wait(desk: Desk, seconds: string): Promise<void> {
  const here = desk.page.url()
  await desk.page.goto(`${desk.origin}/settings/appearance`)
  await desk.button(/Undo send/).click()
  const saved = desk.page.waitForResponse((response) => new URL(response.url()).pathname === updateMe.path)
  await desk.page.getByRole('option', { name: seconds }).click()
  await saved
  await desk.page.goto(here)
  await desk.input.waitFor()
}

test('[N13] undone it comes back into the composer and the contact never has it', async ({ scene }) => {
  const { desk, visitor } = await meet(scene)
  await wait(desk, '30 seconds')
  await desk.say('A hasty word')
  await desk.message('A hasty word').waitFor()
  await desk.log.getByText(/Sending in \d+ seconds/).waitFor()
  await desk.button('Undo').click()
  await soon(() => written(desk.input)).toBe('A hasty word')
  expect(await desk.message('A hasty word').count()).toBe(0)
  await desk.page.locator(':focus').and(desk.input).waitFor()

  // What is written after another lets it go at once, and in order.
  await desk.input.fill('First')
  await desk.input.press('Enter')
  await desk.say('Second')
  await visitor.message('First').waitFor()
  expect(await visitor.message('Second').count()).toBe(0)
  // So does whatever else is done to the conversation.
  await desk.setState('Set to open')
  await visitor.message('Second').waitFor()
  const said = await visitor.log.textContent()
  expect(said?.indexOf('First')).toBeLessThan(said?.indexOf('Second') ?? 0)
  expect(said).not.toContain('hasty')
})

test('[N13] who leaves the page or logs out has sent it; otherwise it goes when its time is over', async ({
  scene,
}) => {
  const { desk, visitor } = await meet(scene)
  await wait(desk, '30 seconds')
  await desk.say('Before the reload')
  await desk.log.getByText(/Sending in/).waitFor()
  await desk.page.reload()
  await visitor.message('Before the reload').waitFor()
  await desk.message('Before the reload').waitFor()
  await soon(() => desk.message('Before the reload').count()).toBe(1)

  await wait(desk, '5 seconds')
  await desk.say('In its time')
  await visitor.message('In its time').waitFor()
  expect(await visitor.message('Before the reload').count()).toBe(1)

  await wait(desk, '30 seconds')
  await desk.say('Before going home')
  await desk.log.getByText(/Sending in/).waitFor()
  await desk.button(/Anna Berg/).click()
  await desk.page.getByRole('menuitem', { name: 'Log out' }).click()
  await visitor.message('Before going home').waitFor()
})

test('[N13][C7] undone, its files stand above the text again, in every tab, and go with it as they are then', async ({
  scene,
}) => {
  const { desk, visitor } = await meet(scene)
  await wait(desk, '30 seconds')
  const anna = handOf(desk)
  await anna.choose(picture('mug.png'), text('care.txt', 'Wash by hand.'))
  await anna.arrived('mug.png', 'care.txt')
  await desk.say('With files')
  await desk.log.getByText(/Sending in/).waitFor()
  await anna.card('mug.png').waitFor({ state: 'detached' })
  await desk.log.getByText('care.txt').waitFor()
  await desk.button('Undo').click()
  await anna.arrived('mug.png', 'care.txt')
  await soon(() => written(desk.input)).toBe('With files')

  const tab = await desk.page.context().newPage()
  await tab.goto(desk.page.url())
  const there = tab.getByRole('list', { name: 'Attached files' })
  await there.getByText('mug.png').waitFor()
  await tab.getByRole('button', { name: 'Remove care.txt' }).click()
  await anna.card('care.txt').waitFor({ state: 'detached' })
  await tab.close()

  await desk.input.press('Enter')
  await desk.log.getByText(/Sending in/).waitFor()
  // What follows lets it go.
  await desk.say('That is all')
  await visitor.button('View mug.png').waitFor()
  await visitor.message('With files').waitFor()
  expect(await visitor.log.getByText('care.txt').count()).toBe(0)
})
