import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import { soon } from './world/compare.ts'
import { one } from './world/meeting.ts'
import { Messenger } from './world/messenger.ts'
import { test } from './world/scene.ts'

/** Goes up through a log until its first message is there, page after page; returns all texts in order. */
async function readUp(log: Locator, first: string): Promise<string[]> {
  await soon(async () => {
    await log.evaluate((box) => {
      for (let each: Element | null = box; each; each = each.parentElement) each.scrollTop = 0
    })
    return log.getByText(first, { exact: true }).count()
  }, 20_000).toBe(1)
  return (await log.locator('[dir="auto"]').allTextContents()).filter((text) => /^\d+$/.test(text))
}

test('[N2 X2] a conversation of three hundred messages is read page by page on both sides, each once and in order', async ({
  scene,
}) => {
  const company = await scene.company('Anna Berg')
  const anna = one(company.operators)
  const contact = await scene.build.contact({ organizationId: company.organization.id })
  const built = await scene.build.conversation({ contact, widget: company.widget, assignee: anna, text: '1' })
  for (let number = 2; number <= 300; number++) {
    const by =
      number % 2 === 0
        ? ({ kind: 'operator_wrote', by: anna.id } as const)
        : ({ kind: 'contact_wrote' } as const)
    await scene.build.happen(built, by, `${number}`)
  }
  const all = Array.from({ length: 300 }, (_, index) => `${index + 1}`)

  const desk = await scene.desk(anna, { path: `/inbox/${built.id}` })
  await desk.message('300').waitFor()
  expect(await desk.log.getByText('1', { exact: true }).count(), 'not all is loaded at once').toBe(0)
  expect(await readUp(desk.log, '1')).toEqual(all)

  // The contact comes back with the secret of theirs that the frame keeps.
  const shop = await scene.shop({ widgetKey: company.widget.key })
  const visitor = new Messenger(await scene.person(), shop.origin)
  const name = `foyer:${company.widget.key}:token`
  await visitor.person.context.addInitScript(
    ([key, token]) => {
      if (location.hostname === 'localhost') localStorage.setItem(key, token)
    },
    [name, contact.token] as const,
  )
  await visitor.page.goto(`${shop.origin}/index.html`)
  await visitor.open()
  await visitor.button(/300/).click()
  await visitor.message('300').waitFor()
  expect(await visitor.log.getByText('1', { exact: true }).count()).toBe(0)
  expect(await readUp(visitor.log, '1')).toEqual(all)

  // What comes meanwhile does not pull either of them down, but says that it is there.
  await desk.say('301')
  await desk.message('301').waitFor()
  await visitor.button(/1 new message/).click()
  await visitor.message('301').waitFor()
})
