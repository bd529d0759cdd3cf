import { expect } from 'vitest'
import { findings } from './world/barriers.ts'
import { meet, one } from './world/meeting.ts'
import { test } from './world/scene.ts'

test('[X9] axe finds nothing at the door', async ({ scene }) => {
  // Once there is an organization there is a door.
  await scene.company()
  const { page, complaints } = await scene.person()
  await page.goto(scene.origin)
  await page.getByRole('button', { name: 'Log in' }).waitFor()
  expect(await findings(page), 'log-in').toEqual([])
  complaints.allow(/status of 401.*\/session$/)
  await page.getByRole('textbox', { name: 'E-mail' }).fill('nobody@example.com')
  await page.getByRole('textbox', { name: 'Password' }).fill('wrong')
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.getByRole('alert').waitFor()
  expect(await findings(page), 'log-in refused').toEqual([])
  await page.goto(`${scene.origin}/setup?token=x`)
  await page.getByRole('button', { name: 'Set up' }).click()
  await page.getByText('Please fill this in.').first().waitFor()
  expect(await findings(page), 'set-up').toEqual([])
  await page.goto(`${scene.origin}/m`)
  await page.getByRole('heading').waitFor()
  expect(await findings(page), 'a link that opens nothing').toEqual([])
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`[N2 N3 N10] axe finds nothing in the Message Center (${colorScheme})`, async ({ scene }) => {
    const company = await scene.company('Anna Berg', 'Ben Cole')
    const anna = one(company.operators)
    const desk = await scene.desk(anna, { colorScheme })
    const { page } = desk
    await page.getByRole('region', { name: 'Unassigned' }).waitFor()
    expect(await findings(page), 'empty inbox').toEqual([])

    const build = (assignee: typeof anna | null) =>
      scene.build.conversation({ widget: company.widget, assignee })
    const [mine, free] = [await build(anna), await build(null), await build(one(company.operators, 1))]
    await scene.build.happen(
      mine,
      { kind: 'operator_wrote', by: anna.id },
      'See https://example.com/a, please.',
    )
    await scene.build.happen(mine, { kind: 'contact_wrote' }, 'Thank you.')
    await page.reload()
    await desk.row(mine.id).waitFor()
    expect(await findings(page), 'busy inbox').toEqual([])
    await desk.openFromList(free.id)
    await desk.button('Assign to me').waitFor()
    expect(await findings(page), 'unassigned conversation').toEqual([])
    await desk.openFromList(mine.id)
    await desk.input.waitFor()
    expect(await findings(page), 'own conversation').toEqual([])
    await desk.button(/^State:/).click()
    await page.getByRole('menu').waitFor()
    expect(await findings(page), 'menu').toEqual([])
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog', { name: 'Open the command menu' }).waitFor()
    expect(await findings(page), 'palette').toEqual([])
    await page.goto(`${scene.origin}/conversations`)
    await page
      .getByRole('link', { name: /Hello, is anybody there/ })
      .first()
      .waitFor()
    expect(await findings(page), 'all conversations').toEqual([])
    for (const section of ['profile', 'appearance', 'sessions', 'messenger']) {
      await page.goto(`${scene.origin}/settings/${section}`)
      await page.getByRole('heading', { level: 2 }).waitFor()
      expect(await findings(page), section).toEqual([])
    }
    const { organizationId } = desk.operator
    const owner = await scene.build.operator({ organizationId, role: 'owner' })
    const theirs = await scene.desk(owner, { colorScheme, reducedMotion: 'reduce', path: '/settings/roles' })
    await theirs.page.getByRole('checkbox').first().waitFor()
    expect(await findings(theirs.page), 'roles').toEqual([])
  })

  test(`[X2] axe finds nothing in the messenger on the shop (${colorScheme})`, async ({ scene }) => {
    const { company, desk, visitor } = await meet(scene)
    await desk.say('See https://example.com/a, please.')
    await visitor.message('See https://example.com/a, please.').waitFor()
    const frame = 'foyer-messenger'
    await visitor.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    expect(await findings(visitor.page, frame), 'conversation').toEqual([])
    await visitor.button('Back to overview').click()
    await visitor.button(/See https/).waitFor()
    expect(await findings(visitor.page, frame), 'overview').toEqual([])
    const fresh = await scene.visitor(company.widget, { colorScheme, reducedMotion: 'reduce' })
    await fresh.open()
    expect(await findings(fresh.page, frame), 'start').toEqual([])
    await fresh.close()
    expect(await findings(fresh.page, frame), 'closed').toEqual([])
  })
}

test('[N2] axe finds nothing on a narrow screen, in the sheet and in the dialog of keys', async ({
  scene,
}) => {
  const company = await scene.company('Anna Berg')
  const { id } = await scene.build.conversation({
    widget: company.widget,
    assignee: one(company.operators),
  })
  const desk = await scene.desk(one(company.operators), { viewport: { width: 390, height: 844 } })
  await desk.row(id).waitFor()
  expect(await findings(desk.page), 'inbox').toEqual([])
  await desk.show(id)
  await desk.input.waitFor()
  expect(await findings(desk.page), 'conversation').toEqual([])
  await desk.button('Show details').click()
  const sheet = desk.page.getByRole('dialog')
  await sheet.waitFor()
  await desk.page.keyboard.press('Escape')
  await sheet.waitFor({ state: 'hidden' })
  await desk.button('Show details').click()
  await sheet.waitFor()
  expect(await findings(desk.page), 'sheet').toEqual([])
  await desk.button('Close').click()
  await sheet.waitFor({ state: 'hidden' })
  await desk.page.keyboard.press('?')
  await desk.page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
  expect(await findings(desk.page), 'keys').toEqual([])
})

test('[X9] axe finds nothing in the mails of the settings', async ({ scene }) => {
  const { organization } = await scene.company()
  const owner = await scene.build.operator({ organizationId: organization.id, role: 'owner' })
  const desk = await scene.desk(owner, { path: '/settings/mail' })
  await desk.button('Send a test mail to myself').click()
  await desk.page.getByText('Kept', { exact: true }).waitFor()
  expect(await findings(desk.page), 'list').toEqual([])
  await desk.button(/^View the mail/).click()
  // What looks for barriers cannot run where no script may.
  await desk.button(/^Formatted/).click()
  await desk.page.getByRole('option', { name: 'Plain text' }).click()
  await desk.page.locator('iframe').waitFor({ state: 'detached' })
  expect(await findings(desk.page), 'a mail').toEqual([])
})
