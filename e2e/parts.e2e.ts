import { expect } from 'vitest'
import { soon } from './world/compare.ts'
import { one } from './world/meeting.ts'
import { test } from './world/scene.ts'

const headings = {
  '/inbox': 'Inbox',
  '/conversations': 'All conversations',
  '/conversations?state=ended': 'All conversations',
  '/notifications': 'Notifications',
  '/operators': 'Operators',
  '/settings': 'Profile',
  '/settings/profile': 'Profile',
  '/settings/password': 'Password',
  '/settings/appearance': 'Language and display',
  '/settings/notifications': 'Notifications and sounds',
  '/settings/sessions': 'Active sessions',
  '/settings/team': 'Team',
  '/settings/roles': 'Roles',
  '/settings/messenger': 'Messenger',
  '/settings/mail': 'Mail',
  '/settings/sample-data': 'Sample data',
  '/settings/nothing-of-ours': 'Profile',
  '/nothing-of-ours': 'Page not found',
  '/inbox/one/too-many': 'Page not found',
}

test('[N1 N2 N3 N5 N6 N10] every part and every section is reached by its address, and stays there when it is loaded anew', async ({
  scene,
}) => {
  const company = await scene.company()
  const owner = await scene.build.operator({ organizationId: company.organization.id, role: 'owner' })
  const desk = await scene.desk(owner)
  for (const [path, heading] of Object.entries(headings)) {
    await desk.page.goto(`${scene.origin}${path}`)
    await desk.page.getByRole('heading', { name: heading, exact: true }).first().waitFor()
  }
  await desk.page.goto(`${scene.origin}/settings/mail`)
  await desk.button('Send a test mail to myself').waitFor()
  await desk.page.reload()
  await desk.button('Send a test mail to myself').waitFor()
  expect(new URL(desk.page.url()).pathname).toBe('/settings/mail')
})

test('[N10 X7] a section that is not mine is neither offered nor found, and its address leads to one that is', async ({
  scene,
}) => {
  const company = await scene.company('Anna Berg')
  const desk = await scene.desk(one(company.operators), { path: '/settings/appearance' })
  const sections = desk.page.getByRole('navigation', { name: 'Sections' })
  await sections.getByRole('link', { name: 'Active sessions' }).waitFor()
  for (const name of ['Team', 'Roles', 'Mail', 'Sample data'])
    expect(await sections.getByRole('link', { name, exact: true }).count(), name).toBe(0)
  await desk.page.goto(`${scene.origin}/settings/mail`)
  await desk.page.getByRole('heading', { name: 'Profile' }).waitFor()
  const words = desk.page.getByRole('dialog', { name: 'Open the command menu' })
  await desk.page.keyboard.press('Control+k')
  await words.waitFor()
  await desk.page.keyboard.type('SMTP')
  await words.getByRole('menuitem', { name: /Search all conversations/ }).waitFor()
  expect(await words.getByRole('menuitem', { name: /^Mail/ }).count()).toBe(0)
  await desk.page.keyboard.press('Control+a')
  await desk.page.keyboard.type('alarm')
  await words.getByRole('menuitem', { name: /^Notifications and sounds/ }).click()
  await soon(() => new URL(desk.page.url()).pathname).toBe('/settings/notifications')
})

test('[N10 X7] the table of roles shows that it goes on sideways, and is scrolled by keyboard', async ({
  scene,
}) => {
  const company = await scene.company()
  const owner = await scene.build.operator({ organizationId: company.organization.id, role: 'owner' })
  const desk = await scene.desk(owner, { path: '/settings/roles', viewport: { width: 800, height: 800 } })
  const table = desk.page.getByRole('region', { name: 'Roles', exact: true })
  const frame = desk.page.locator('[data-after], [data-before]').filter({ has: table })
  await frame.waitFor()
  expect(await frame.getAttribute('data-before')).toBeNull()
  expect(await frame.getAttribute('data-after')).not.toBeNull()
  await table.focus()
  await soon(async () => {
    await desk.page.keyboard.press('ArrowRight')
    return frame.getAttribute('data-after')
  }, 15_000).toBeNull()
  expect(await frame.getAttribute('data-before')).not.toBeNull()
  await desk.page.setViewportSize({ width: 1440, height: 800 })
  await soon(() => table.getAttribute('tabindex')).toBeNull()
})

test('[N3] all conversations stand in the order of the times they show', async ({ scene }) => {
  const company = await scene.company('Anna Berg')
  const ids: string[] = []
  for (const [written, last] of [
    [3, 200],
    [30, 1],
    [300, 100],
  ]) {
    const { id } = await scene.build.conversation({ widget: company.widget })
    await scene.sql(
      `update conversations set message_at = now() - $2 * interval '1 hour', last_at = now() - $3 * interval '1 hour'
        where id = $1`,
      [id, written, last],
    )
    ids.push(id)
  }
  const desk = await scene.desk(one(company.operators), { path: '/conversations' })
  const rows = desk.page.getByRole('list', { name: 'All conversations' }).getByRole('link')
  await rows.nth(2).waitFor()
  const shown = await rows.evaluateAll((links) =>
    links.map((link) => ({
      id: link.getAttribute('href')?.split('/').at(-1),
      at: link.querySelector('time')?.dateTime ?? '',
      title: link.querySelector('time')?.title ?? '',
    })),
  )
  expect(shown.map(({ id }) => id)).toEqual([ids[1], ids[2], ids[0]])
  const times = shown.map(({ at }) => at)
  expect(times).toEqual(times.toSorted().toReversed())
  for (const { title } of shown) expect(title).toMatch(/^Last activity: /)
})
