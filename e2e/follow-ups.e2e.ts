import { expect } from 'vitest'
import { findings } from './world/barriers.ts'
import { soon } from './world/compare.ts'
import { meet, newestConversation } from './world/meeting.ts'
import { test } from './world/scene.ts'

test('[X1 X2] an owner writes what is said after a while, and a French contact reads it in French, once', async ({
  scene,
}) => {
  const company = await scene.company()
  const owner = await scene.build.operator({ organizationId: company.organization.id, role: 'owner' })
  const desk = await scene.desk(owner, { path: '/settings/messenger' })
  const { page } = desk
  const form = page.getByRole('form', { name: 'Website' })
  const save = form.getByRole('button', { name: 'Save' })
  const savedMinutes = () =>
    scene.sql('select waiting_minutes, silent_minutes from widgets where id = $1', [company.widget.id])
  const waiting = form.getByRole('group', { name: 'Reassure a contact who waits for an answer' })
  await waiting.getByRole('switch').press('Space')
  // Nothing is red before it was tried; then the field that is wrong has the focus, and nothing was saved.
  expect(await form.locator('[aria-invalid="true"]').count()).toBe(0)
  await save.click()
  await waiting.getByText('Write the message, or turn this off.').waitFor()
  const words = waiting.getByLabel('Message to contacts')
  await soon(() => words.evaluate((field) => field === document.activeElement)).toBe(true)
  expect(await findings(page), 'a text is missing').toEqual([])
  await waiting.getByLabel('Message to contacts').fill('Somebody will be with you soon.')
  await waiting.getByLabel('After their first unanswered message').fill('121')
  await save.click()
  await waiting.getByText('From one minute to two hours').waitFor()
  expect(await savedMinutes()).toEqual([{ waiting_minutes: null, silent_minutes: null }])
  await waiting.getByLabel('After their first unanswered message').fill('7')
  const silent = form.getByRole('group', { name: 'Follow up when a contact no longer writes' })
  await silent.getByRole('switch').press('Space')
  await silent.getByLabel('Message to contacts').fill('Are you still there?')
  await silent.getByLabel('After your last message').fill('2')
  await silent.getByRole('button', { name: /Unit/ }).click()
  await page.getByRole('option', { name: 'Hours' }).click()
  await form.getByRole('button', { name: /Language of these texts/ }).click()
  await page.getByRole('option', { name: 'Français' }).click()
  await waiting.getByLabel('Message to contacts').fill('Quelqu’un vous répond bientôt.')
  await silent.getByLabel('Message to contacts').fill('Vous êtes toujours là ?')
  await save.click()
  await page.getByText('Saved').waitFor()
  const [kept] = await savedMinutes()
  expect(kept).toEqual({ waiting_minutes: 7, silent_minutes: 120 })
  await page.reload()
  await soon(() => silent.getByLabel('After your last message').inputValue()).toBe('2')
  await silent.getByRole('button', { name: /Hours/ }).waitFor()

  const visitor = await scene.visitor(company.widget, { locale: 'fr-FR' })
  const shop = await scene.shop({
    widgetKey: company.widget.key,
    change: (html) =>
      html.replace('lang="en"', 'lang="fr"').replace('data-widget', 'data-locale="fr" data-widget'),
  })
  await visitor.page.goto(`${shop.origin}/index.html`)
  await visitor.page.locator('foyer-messenger button').click()
  await visitor.input.waitFor()
  await visitor.say('Bonjour, où est ma théière ?')
  const id = await newestConversation(scene, company)
  /** Lets what is said after a while be due. */
  const aWhilePasses = () =>
    scene.sql(
      'update follow_ups set due_at = clock_now() where conversation_id = $1 and due_at is not null',
      [id],
    )
  await visitor.log.getByText('Quelqu’un vous répond bientôt.').waitFor({ state: 'detached' })
  await aWhilePasses()
  await visitor.log.getByText('Quelqu’un vous répond bientôt.').waitFor()

  await page.getByRole('link', { name: 'Inbox' }).click()
  await desk.openFromList(id)
  await page.getByText('Automatic message').waitFor()
  await page.getByText('Quelqu’un vous répond bientôt.').waitFor()
  await desk.assignToMe()
  await desk.say('Elle est en route.')
  await visitor.message('Elle est en route.').waitFor()
  await soon(() =>
    scene.sql(`select from follow_ups where conversation_id = $1 and kind = 'silent'`, [id]),
  ).toHaveLength(1)
  await aWhilePasses()
  await visitor.log.getByText('Vous êtes toujours là ?').waitFor()
  await desk.say('Demain, sans doute.')
  await visitor.message('Demain, sans doute.').waitFor()
  await visitor.say('Oui, merci.')
  await desk.message('Oui, merci.').waitFor()
  await visitor.page.reload()
  await visitor.log.getByText('Vous êtes toujours là ?').waitFor()
  const said = await scene.sql<{ text: string }>(
    `select text from entries where conversation_id = $1 and actor_kind = 'automatic' order by seq`,
    [id],
  )
  expect(said.map(({ text }) => text)).toEqual(['Quelqu’un vous répond bientôt.', 'Vous êtes toujours là ?'])
})

test('[X1] what falls due while no process runs is said once they run again', async ({
  own: { scene, installation },
}) => {
  const { company, visitor, id } = await meet(scene)
  await scene.sql('update widgets set waiting_minutes = 1, follow_up_texts = $2 where id = $1', [
    company.widget.id,
    JSON.stringify({ waiting: { en: 'Somebody will be with you soon.' } }),
  ])
  await scene.sql('delete from follow_ups where conversation_id = $1', [id])
  await visitor.say('Hello?')
  await soon(() => scene.sql('select from follow_ups where conversation_id = $1', [id])).toHaveLength(1)
  scene.expectOutage()
  await scene.sql(
    `update follow_ups set due_at = clock_now() + interval '3 seconds' where conversation_id = $1`,
    [id],
  )
  await Promise.all(installation.processes.map((each) => each.stop('SIGKILL')))
  await new Promise((resolve) => setTimeout(resolve, 3_500))
  await Promise.all(installation.processes.map((each) => each.startAgain()))
  await visitor.log.getByText('Somebody will be with you soon.').waitFor({ timeout: 30_000 })
  const said = () =>
    scene.sql(`select from entries where conversation_id = $1 and actor_kind = 'automatic'`, [id])
  expect(await said()).toHaveLength(1)
})
