import { expect } from 'vitest'
import { soon } from './world/compare.ts'
import type { Desk } from './world/desk.ts'
import { meet, one } from './world/meeting.ts'
import { type Scene, test } from './world/scene.ts'

/** Where the focus is, by the conversation whose row has it. */
const rowWithFocus = (desk: Desk) =>
  desk.page.evaluate(() => document.activeElement?.getAttribute('href')?.split('/').at(-1)?.split('?')[0])

/** Conversations of the operator, the one that has waited longest first. */
async function mine(scene: Scene, count: number) {
  const company = await scene.company('Anna Berg')
  const ids: string[] = []
  for (let index = 0; index < count; index++) {
    const contact = await scene.build.contact({
      organizationId: company.organization.id,
      name: `Contact ${index + 1}`,
    })
    const { id } = await scene.build.conversation({
      widget: company.widget,
      contact,
      assignee: one(company.operators),
    })
    ids.push(id)
  }
  const desk = await scene.desk(one(company.operators))
  await desk.row(ids[0] ?? '').waitFor()
  return { company, desk, ids }
}

test('[A6 N2] after ending the next conversation is open and has the focus; the end can be undone, and the contact hears of it only then', async ({
  scene,
}) => {
  const { desk, ids } = await mine(scene, 3)
  const [first = '', second = ''] = ids
  await desk.page.keyboard.press('j')
  await desk.button('End').waitFor()
  await soon(() => rowWithFocus(desk)).toBe(first)
  await desk.page.keyboard.press('e')
  await soon(() => new URL(desk.page.url()).pathname).toBe(`/inbox/${second}`)
  await soon(() => rowWithFocus(desk)).toBe(second)
  await soon(() => desk.row(first).count()).toBe(0)
  const stateOf = async (id: string) =>
    (await scene.sql<{ state: string }>('select state from conversations where id = $1', [id]))[0]?.state
  expect(await stateOf(first)).not.toBe('ended')
  await desk.button('Undo').click()
  await soon(() => new URL(desk.page.url()).pathname).toBe(`/inbox/${first}`)
  await desk.button('End').waitFor()
  await desk.page.waitForTimeout(6_000)
  expect(await stateOf(first)).not.toBe('ended')
  await desk.button('End').click()
  // A page that is left before the time is over loses nothing.
  await desk.page.goto(`${scene.origin}/operators`)
  await soon(() => stateOf(first)).toBe('ended')
})

test('[A6 N10] who wants to stay stays, and the focus is never nowhere', async ({ scene }) => {
  const { desk, ids } = await mine(scene, 2)
  const [first = ''] = ids
  await desk.page.goto(`${scene.origin}/settings/appearance`)
  await desk.button(/After ending a conversation/).click()
  await desk.page.getByRole('option', { name: 'Stay on this conversation' }).click()
  await desk.show(first)
  await desk.button('End').click()
  await desk.button('Resume').waitFor()
  expect(new URL(desk.page.url()).pathname).toBe(`/inbox/${first}`)
  const focused = () => desk.page.evaluate(() => document.activeElement?.tagName)
  await soon(focused).not.toBe('BODY')
  expect(await desk.button('Resume').evaluate((button) => button === document.activeElement)).toBe(false)
})

test('[N2] there is one cursor: J goes on from the row that Tab has come to', async ({ scene }) => {
  const { desk, ids } = await mine(scene, 4)
  await desk.row(ids[1] ?? '').focus()
  await desk.page.keyboard.press('j')
  await soon(() => new URL(desk.page.url()).pathname).toBe(`/inbox/${ids[2]}`)
  await soon(() => rowWithFocus(desk)).toBe(ids[2])
  await desk.page.keyboard.press('k')
  await soon(() => rowWithFocus(desk)).toBe(ids[1])
  await desk.page.keyboard.press('?')
  const keys = desk.page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await keys.getByText('Write a note').waitFor()
})

test('[N3] a hit opens beside the list it was found in, and J goes on through it', async ({ scene }) => {
  const { desk, ids } = await mine(scene, 3)
  await desk.page.goto(`${scene.origin}/conversations?search=anybody`)
  const rows = desk.page.getByRole('list', { name: 'All conversations' }).getByRole('link')
  await rows.nth(2).waitFor()
  await rows.first().click()
  await desk.log.waitFor()
  expect(await rows.count()).toBe(3)
  await desk.page.keyboard.press('j')
  await soon(() => new URL(desk.page.url()).pathname).toBe(`/conversations/${ids[1]}`)
  await desk.page.getByRole('link', { name: /^Back to/ }).click()
  await soon(() => new URL(desk.page.url()).pathname).toBe('/conversations')
})

test('[N2] the "New" line is gone once it is answered', async ({ scene }) => {
  const { desk, visitor } = await meet(scene)
  await visitor.say('And the kettle?')
  await desk.message('And the kettle?').waitFor()
  await desk.page.reload()
  await desk.say('That too.')
  await visitor.message('That too.').waitFor()
  await soon(() => desk.log.locator('[data-new-line]').count()).toBe(0)
})

test('[A6 N2] what I take from further down is followed: nothing is called new, and J and K go on from it', async ({
  scene,
}) => {
  const { company, desk, ids } = await mine(scene, 2)
  const waiting: string[] = []
  for (let index = 0; index < 25; index++)
    waiting.push((await scene.build.conversation({ widget: company.widget })).id)
  const taken = waiting.at(-2) ?? ''
  await desk.page.reload()
  await desk.section('Unassigned').getByRole('link').first().waitFor()
  const list = desk.page.getByRole('list', { name: 'Unassigned' })
  await list.hover()
  await soon(async () => {
    await desk.page.mouse.wheel(0, 600)
    return desk.row(taken).count()
  }).toBe(1)
  await desk.openFromList(taken)
  await desk.assignToMe()
  await desk.section('Mine').locator(`a[href="/inbox/${taken}"]`).waitFor()
  expect(await desk.section('Unassigned').locator(`a[href="/inbox/${taken}"]`).count()).toBe(0)
  expect(await desk.page.getByRole('button', { name: /^\d+ new$/ }).count()).toBe(0)
  const order = await desk
    .section('Mine')
    .getByRole('link')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('href')))
  expect(new Set(order)).toEqual(new Set([...ids, taken].map((id) => `/inbox/${id}`)))
  const at = order.indexOf(`/inbox/${taken}`)
  const first = await desk.section('Unassigned').getByRole('link').first().getAttribute('href')
  const next = order[at + 1] ?? first
  await desk.input.focus()
  await desk.page.keyboard.press('Escape')
  await desk.page.keyboard.press('j')
  await soon(() => new URL(desk.page.url()).pathname).toBe(next)
  await desk.page.keyboard.press('k')
  await soon(() => new URL(desk.page.url()).pathname).toBe(`/inbox/${taken}`)
  await desk.page.keyboard.press('k')
  await soon(() => new URL(desk.page.url()).pathname).toBe(order[at - 1] ?? `/inbox/${taken}`)
})
