import { expect } from 'vitest'
import { soon } from './world/compare.ts'
import { Desk } from './world/desk.ts'
import { newestConversation, one } from './world/meeting.ts'
import { logInByCookie, test } from './world/scene.ts'

test('[X9] a German operator and a French contact each have their own language, also after a reload', async ({
  scene,
}) => {
  const company = await scene.company('Anna Berg')
  const anna = one(company.operators)
  const desk = await scene.desk(anna, { path: '/settings/appearance' })
  await desk.button(/Language/).click()
  await desk.page.getByRole('option', { name: 'Deutsch' }).click()
  await desk.page.getByRole('heading', { name: 'Sprache und Darstellung' }).waitFor()
  await desk.page.reload()
  await desk.page.getByRole('heading', { name: 'Sprache und Darstellung' }).waitFor()
  expect(await desk.page.locator('html').getAttribute('lang')).toBe('de')

  const visitor = await scene.visitor(company.widget, { locale: 'fr-FR' })
  // The shop says of itself that it is in English; this contact’s is a French one.
  const shop = await scene.shop({
    widgetKey: company.widget.key,
    change: (html) =>
      html.replace('lang="en"', 'lang="fr"').replace('data-widget', 'data-locale="fr" data-widget'),
  })
  await visitor.page.goto(`${shop.origin}/index.html`)
  const launcher = visitor.page.locator('foyer-messenger button')
  await soon(() => launcher.getAttribute('aria-label')).toMatch(/^Ouvrir/)
  await launcher.click()
  const input = visitor.frame.getByRole('textbox', { name: 'Message', exact: true })
  await input.waitFor()
  expect(await visitor.frame.locator('html').getAttribute('lang')).toBe('fr')
  await input.fill('Bonjour, où est ma théière ?')
  await input.press('Enter')
  await visitor.message('Bonjour, où est ma théière ?').waitFor()

  const id = await newestConversation(scene, company)
  await desk.page.getByRole('link', { name: 'Posteingang' }).click()
  await desk.row(id).click()
  await desk.page.getByText('Französisch').waitFor()
  await desk.page.getByRole('button', { name: 'Mir zuweisen' }).click()
  const answer = desk.page.getByRole('textbox', { name: 'Nachricht', exact: true })
  await answer.fill('Sie ist unterwegs.')
  await answer.press('Enter')
  await visitor.message('Sie ist unterwegs.').waitFor()
  await visitor.frame.getByText('Anna Berg a rejoint la conversation').waitFor()
  await visitor.page.reload()
  await visitor.message('Sie ist unterwegs.').waitFor()
  expect(await visitor.frame.locator('html').getAttribute('lang')).toBe('fr')
})

test('[X9] before anyone has logged in the browser’s language is spoken, and each operator’s own after it', async ({
  scene,
}) => {
  const company = await scene.company()
  const claire = await scene.build.operator({
    organizationId: company.organization.id,
    name: 'Claire',
    locale: 'fr',
  })
  const person = await scene.person({ locale: 'de-DE' })
  const page = person.page
  await page.goto(scene.origin)
  await page.getByRole('button', { name: 'Anmelden' }).waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe('de')
  await logInByCookie(person, claire, scene.origin)
  await page.reload()
  await page.getByRole('heading', { name: 'Boîte de réception' }).waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe('fr')
})

test('light and dark follow the system, and the operator’s own choice goes before it', async ({ scene }) => {
  const company = await scene.company('Anna Berg')
  const desk = await scene.desk(one(company.operators), { colorScheme: 'dark', path: '/settings/appearance' })
  await desk.button(/Theme/).waitFor()
  const lightness = () =>
    desk.page.evaluate(() => {
      const canvas = document.createElement('canvas').getContext('2d')
      if (!canvas) return -1
      canvas.fillStyle = getComputedStyle(document.querySelector('main') as Element).backgroundColor
      canvas.fillRect(0, 0, 1, 1)
      return canvas.getImageData(0, 0, 1, 1).data[0] ?? -1
    })
  await soon(lightness).toBeLessThan(80)
  await desk.button(/Theme/).click()
  await desk.page.getByRole('option', { name: 'Light' }).click()
  await soon(lightness).toBeGreaterThan(200)
  await desk.page.reload()
  await desk.button(/Theme/).waitFor()
  await soon(lightness).toBeGreaterThan(200)

  const other = new Desk(await scene.person({ colorScheme: 'light' }), scene.origin, desk.operator)
  await logInByCookie(other.person, desk.operator, scene.origin)
  await other.page.goto(`${scene.origin}/settings/appearance`)
  await other.button(/Theme/).waitFor()
  expect(await other.page.locator('html').getAttribute('data-theme')).toBe('light')
})
