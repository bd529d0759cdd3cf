import { expect } from 'vitest'
import { soon } from './world/compare.ts'
import type { Desk } from './world/desk.ts'
import { meet } from './world/meeting.ts'
import { test } from './world/scene.ts'

/** Deletes a message for the contact by the pointer. */
async function remove(desk: Desk, text: string): Promise<void> {
  await desk.message(text).hover()
  await desk.log.getByRole('button', { name: 'Delete for the contact' }).click()
  const dialog = desk.page.getByRole('dialog', { name: 'Delete this message for the contact?' })
  await dialog.getByText('This can’t be undone').waitFor()
  await dialog.getByRole('button', { name: 'Delete for the contact' }).click()
}

test('[D1 D2 D3] under the pointer, confirmed: the contact reads that something was deleted, the operator reads on', async ({
  scene,
}) => {
  const { desk, visitor } = await meet(scene)
  await desk.say('The code is 4711')
  await visitor.message('The code is 4711').waitFor()
  await desk.say('Anything else?')
  await visitor.message('Anything else?').waitFor()
  await visitor.close()
  await remove(desk, 'The code is 4711')
  await visitor.open()
  await visitor.log.getByText('This message was deleted').waitFor()
  expect(await visitor.log.textContent()).not.toContain('4711')
  // In its place: before what came after it.
  const said = await visitor.log.textContent()
  expect(said?.indexOf('deleted')).toBeLessThan(said?.indexOf('Anything else?') ?? 0)

  await desk.message('The code is 4711').waitFor()
  await desk.log.getByText('You deleted this for the contact').waitFor()
  // Neither a fresh page of the contact nor one of the operator says another thing.
  await Promise.all([visitor.page.reload(), desk.page.reload()])
  await visitor.log.getByText('This message was deleted').waitFor()
  expect(await visitor.log.textContent()).not.toContain('4711')
  await desk.log.getByText('You deleted this for the contact').waitFor()
  await desk.message('The code is 4711').hover()
  expect(await desk.log.getByRole('button', { name: 'Delete for the contact' }).count()).toBe(0)
})

test('[D1] by keys alone, and what the contact wrote cannot be deleted so', async ({ scene }) => {
  const { desk, visitor } = await meet(scene, { first: 'Hello there' })
  await desk.say('First')
  await desk.say('Second')
  await visitor.message('Second').waitFor()
  const group = (name: RegExp) => desk.log.getByRole('group', { name })
  await group(/^You, /)
    .last()
    .focus()
  const { keyboard } = desk.page
  await keyboard.press('ArrowUp')
  await keyboard.press('Tab')
  await desk.page.locator(':focus').and(desk.button('React')).waitFor()
  await keyboard.press('Tab')
  await desk.page.locator(':focus').and(desk.button('Delete for the contact')).waitFor()
  await keyboard.press('Enter')
  const dialog = desk.page.getByRole('dialog')
  await dialog.waitFor()
  await keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  // Back where it was.
  await desk.page.locator(':focus').and(desk.button('Delete for the contact')).waitFor()
  await keyboard.press('Enter')
  await dialog.getByRole('button', { name: 'Delete for the contact' }).focus()
  await keyboard.press('Enter')
  await visitor.log.getByText('This message was deleted').waitFor()
  expect(await visitor.log.textContent()).not.toContain('First')
  // What was pressed is gone: on the message, then.
  await desk.page.locator('[data-entry]:focus').getByText('You deleted this for the contact').waitFor()
  await keyboard.press('ArrowUp')
  await soon(() => desk.button('Delete for the contact').count()).toBe(0)
  await desk.message('Hello there').hover()
  await desk.button('React').waitFor()
  expect(await desk.button('Delete for the contact').count()).toBe(0)
})

test('[D2] an unread message that is deleted is not counted on the button any more', async ({ scene }) => {
  const { desk, visitor } = await meet(scene)
  await visitor.close()
  await desk.say('Come back soon')
  await soon(() => visitor.launcher.getAttribute('aria-label')).toMatch(/1/)
  await remove(desk, 'Come back soon')
  await soon(() => visitor.launcher.getAttribute('aria-label')).not.toMatch(/1/)
  expect(await visitor.page.locator('foyer-messenger').innerText()).not.toContain('Come back')
})

test('[D1 D2] a contact asks for one of theirs to be deleted: it is kept or goes for both, and they read which', async ({
  scene,
}) => {
  const { desk, visitor, id } = await meet(scene, { first: 'My card is 4000 1234' })
  await visitor.say('And my name is Mary')
  for (const text of ['My card is 4000 1234', 'And my name is Mary']) {
    await visitor.message(text).hover()
    await visitor.button('Ask for deletion').click()
  }
  await soon(() => visitor.log.getByText('You asked us to delete this message').count()).toBe(2)
  const wish = desk.log.getByText('The contact asks you to delete this message')
  await soon(() => wish.count()).toBe(2)
  await desk.button('Keep').last().click()
  await visitor.log.getByText('We kept this message').waitFor()
  await desk.button('Delete for good').click()
  await desk.page.getByRole('dialog').getByRole('button', { name: 'Delete for good' }).click()
  await visitor.log.getByText('Your message was deleted').waitFor()
  await desk.log.getByText('You deleted a message at the contact’s request').waitFor()
  for (const log of [desk.log, visitor.log]) {
    expect(await log.textContent()).not.toContain('4000 1234')
    expect(await log.textContent()).toContain('And my name is Mary')
  }
  expect(await desk.row(id).textContent()).not.toContain('4000')
  const rows = await scene.sql(`select from entries where to_jsonb(entries)::text like '%4000 1234%'`)
  expect(rows).toHaveLength(0)
})
