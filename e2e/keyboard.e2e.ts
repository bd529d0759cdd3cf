import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { expectScreensEqualDatabase, soon, written } from './world/compare.ts'
import { Desk } from './world/desk.ts'
import { meet, newestConversation, one } from './world/meeting.ts'
import type { Messenger } from './world/messenger.ts'
import { test as base } from './world/scene.ts'

const test = base.extend({ moving: true })

/** Goes on with Tab until what has the focus answers to a name. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const seen: string[] = []
  for (let step = 0; step < 80; step++) {
    await page.keyboard.press('Tab')
    const here = await page.evaluate(() => {
      const element = document.activeElement
      return element?.getAttribute('aria-label') ?? element?.textContent ?? ''
    })
    if (typeof name === 'string' ? here.trim() === name : name.test(here)) return
    seen.push(here.slice(0, 30))
  }
  throw new Error(`Tab never came to ${name}: ${seen.join(' · ')}`)
}

test('[N2] an operator logs in, opens, takes, answers and ends a conversation without a mouse', async ({
  scene,
}) => {
  const company = await scene.company('Anna Berg')
  const anna = one(company.operators)
  const { id } = await scene.build.conversation({ widget: company.widget, text: 'Hello' })
  const desk = new Desk(await scene.person(), scene.origin, anna)
  const { keyboard } = desk.page
  await desk.page.goto(scene.origin)
  await desk.page.getByRole('textbox', { name: 'E-mail' }).waitFor()
  await keyboard.type(anna.email)
  await keyboard.press('Tab')
  await keyboard.type(anna.password)
  await keyboard.press('Enter')
  await desk.row(id).waitFor()
  await keyboard.press('j')
  await desk.button('Assign to me').waitFor()
  await keyboard.press('a')
  const people = desk.page.getByRole('dialog', { name: 'Assign to…' })
  await people.getByRole('menuitem', { name: 'Assign to me' }).waitFor()
  await keyboard.press('Enter')
  await desk.input.waitFor()
  await soon(() => desk.input.evaluate((input) => input === document.activeElement)).toBe(true)
  await keyboard.type('Good morning')
  await keyboard.press('Enter')
  await desk.message('Good morning').waitFor()
  await keyboard.press('Escape')
  await keyboard.press('r')
  await soon(() => desk.input.evaluate((input) => input === document.activeElement)).toBe(true)
  await keyboard.press('Escape')
  await keyboard.press('e')
  await desk.button('Resume').waitFor()
  await expectScreensEqualDatabase(scene, { conversationId: id, desk })
})

test('[N2] with one-key shortcuts off, letters do nothing and Tab reaches everything', async ({ scene }) => {
  const company = await scene.company('Anna Berg')
  const { id } = await scene.build.conversation({ widget: company.widget, text: 'Hello' })
  const desk = await scene.desk(one(company.operators), { path: '/settings/appearance' })
  const { keyboard } = desk.page
  await desk.page.getByRole('switch', { name: /One-key shortcuts/ }).focus()
  await keyboard.press('Space')
  await soon(() => desk.page.getByRole('switch', { name: /One-key/ }).isChecked()).toBe(false)
  // It is shown before it is stored, and a page that is left meanwhile may not have sent it.
  const stored = () =>
    scene.sql('select 1 from operators where id = $1 and not shortcuts', [desk.operator.id])
  await soon(stored).toHaveLength(1)
  await desk.page.goto(`${scene.origin}/inbox`)
  await desk.row(id).waitFor()
  await keyboard.press('j')
  await desk.page.waitForTimeout(300)
  expect(new URL(desk.page.url()).pathname).toBe('/inbox')
  await tabTo(desk.page, /Hello/)
  await keyboard.press('Enter')
  await desk.button('Assign to me').waitFor()
  await tabTo(desk.page, 'Assign to me')
  await keyboard.press('Enter')
  await desk.input.waitFor()
  await soon(() => desk.input.evaluate((input) => input === document.activeElement)).toBe(true)
  await keyboard.type('r a e')
  expect(await written(desk.input)).toBe('r a e')
  await keyboard.press('Enter')
  await desk.message('r a e').waitFor()
  await keyboard.press('Escape')
  await keyboard.press('e')
  await desk.page.waitForTimeout(300)
  expect(await desk.button('End').count()).toBe(1)
  await tabTo(desk.page, 'Inbox')
})

test('[N2] the palette finds and does, and gives the focus back on Escape', async ({ scene }) => {
  const { desk } = await meet(scene)
  const { keyboard } = desk.page
  await desk.input.focus()
  await keyboard.press('Control+k')
  const palette = desk.page.getByRole('dialog', { name: 'Open the command menu' })
  await palette.waitFor()
  await keyboard.press('Escape')
  await palette.waitFor({ state: 'hidden' })
  await soon(() => desk.input.evaluate((input) => input === document.activeElement)).toBe(true)
  await keyboard.press('Control+k')
  await palette.waitFor()
  await keyboard.type('pending')
  await palette
    .getByRole('menuitem', { name: 'Set to pending' })
    .and(palette.locator('[data-focused]'))
    .waitFor()
  await keyboard.press('Enter')
  await desk.button('State: PENDING').waitFor()
  // Escape leaves the box, in which a question mark is a letter.
  await desk.input.focus()
  await keyboard.press('Escape')
  await keyboard.press('?')
  const keys = desk.page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await keys.waitFor()
  await keyboard.press('Escape')
  await keys.waitFor({ state: 'hidden' })
})

test('[X2] the messenger is opened, written in and left by keyboard; the focus comes back to its button', async ({
  scene,
}) => {
  const company = await scene.company('Anna Berg')
  const visitor = await scene.visitor(company.widget)
  const { keyboard } = visitor.page
  await tabTo(visitor.page, '')
  await visitor.launcher.focus()
  await keyboard.press('Enter')
  await visitor.input.waitFor()
  await soon(() => visitor.input.evaluate((input) => input === document.activeElement)).toBe(true)
  await keyboard.type('By keyboard')
  await keyboard.press('Enter')
  await visitor.message('By keyboard').waitFor()
  await newestConversation(scene, company)
  await keyboard.press('Escape')
  await visitor.input.waitFor({ state: 'hidden' })
  expect(await visitor.launcher.getAttribute('aria-expanded')).toBe('false')
  const focused = visitor.page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.tagName)
  expect(await focused).toBe('BUTTON')
})

test('[N2 X2] ten new messages are announced once each, and a history that is loaded not at all', async ({
  scene,
}) => {
  const { desk, visitor, id } = await meet(scene)
  const spoken = (side: Desk | Messenger) => {
    const region =
      side instanceof Desk
        ? side.page.locator('[aria-live="polite"]')
        : side.frame.locator('[aria-live="polite"]')
    return region.first()
  }
  for (const side of [desk, visitor]) {
    expect(await side.log.getAttribute('aria-live')).toBe('off')
    await spoken(side).evaluate((region) => {
      const counted = globalThis as unknown as { spoken: number }
      counted.spoken = 0
      new MutationObserver((changes) => {
        for (const { addedNodes } of changes) counted.spoken += addedNodes.length
      }).observe(region, { childList: true, subtree: true })
    })
  }
  const count = (side: Desk | Messenger) =>
    spoken(side).evaluate(() => (globalThis as unknown as { spoken: number }).spoken)
  for (let number = 1; number <= 10; number++) {
    await visitor.say(`question ${number}`)
    await desk.message(`question ${number}`).waitFor()
  }
  expect(await count(desk)).toBeGreaterThan(0)
  expect(await count(desk)).toBeLessThanOrEqual(10)
  for (let number = 1; number <= 10; number++) {
    await desk.say(`answer ${number}`)
    await visitor.message(`answer ${number}`).waitFor()
  }
  await soon(() => count(visitor)).toBe(10)
  await Promise.all([desk.page.reload(), visitor.page.reload()])
  await expectScreensEqualDatabase(scene, { conversationId: id, desk, messenger: visitor })
  for (const side of [desk, visitor]) expect(await spoken(side).textContent()).toBe('')
})
