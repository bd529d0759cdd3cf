import { expect } from 'vitest'
import { expectScreensEqualDatabase, soon } from './world/compare.ts'
import type { Desk } from './world/desk.ts'
import { newestConversation, one } from './world/meeting.ts'
import { type Company, type Scene, test } from './world/scene.ts'

async function goOnline(scene: Scene, desk: Desk): Promise<void> {
  await desk.page.getByRole('switch', { name: 'Online', exact: true }).press('Space')
  await soon(() =>
    scene
      .sql<{ free: number }>('select free from operator_slots where operator_id = $1', [desk.operator.id])
      .then(([row]) => row?.free ?? 0),
  ).toBeGreaterThan(0)
}

/** Anna Berg, online at her desk. */
async function annaOnline(scene: Scene, ...others: string[]) {
  const company = await scene.company('Anna Berg', ...others)
  const desk = await scene.desk(one(company.operators))
  await goOnline(scene, desk)
  return { company, desk }
}

/** A visitor of the company who has asked something, and their conversation. */
async function asks(scene: Scene, company: Company, text: string) {
  const visitor = await scene.visitor(company.widget)
  await visitor.open()
  await visitor.say(text)
  return { visitor, id: await newestConversation(scene, company) }
}

const allow = (scene: Scene, desk: Desk, most: number) =>
  scene.sql('update operator_slots set most = $2 where operator_id = $1', [desk.operator.id, most])

test('[I8 I13 P8 S1 S3 S6 N12 N13] a first message goes live to whoever is online, and both see it', async ({
  scene,
}) => {
  const { company, desk } = await annaOnline(scene)
  const visitor = await scene.visitor(company.widget)
  await visitor.open()
  await visitor.frame.getByText('We’re online.').waitFor()
  await visitor.say('Is the mug dishwasher safe?')
  const id = await newestConversation(scene, company)
  await desk.section('Mine').locator(desk.row(id)).getByText('LIVE', { exact: true }).waitFor()
  expect(await desk.section('Unassigned').locator(desk.row(id)).count()).toBe(0)
  await desk.page.getByLabel('1 of 3 live slots used').waitFor()
  await desk.openFromList(id)
  await desk.log.getByText('Assigned to you automatically').waitFor()
  expect(await desk.log.locator('[data-session=live]').count()).toBe(1)
  await visitor.frame.getByText('Anna Berg has joined the conversation').waitFor()
  await desk.say('Yes, it is.')
  await visitor.message('Yes, it is.').waitFor()
  await expectScreensEqualDatabase(scene, { conversationId: id, desk, messenger: visitor })
})

test('[S3 S4 S5 I14] with the slots full it goes on for later, which the contact reads, until a slot is free', async ({
  scene,
}) => {
  const company = await scene.company('Anna Berg')
  const desk = await scene.desk(one(company.operators))
  await allow(scene, desk, 1)
  await goOnline(scene, desk)
  const { id: firstId } = await asks(scene, company, 'I was first')
  const second = await scene.visitor(company.widget)
  await second.open()
  await second.say('And I am next')
  await second.frame.getByText('We’re all with other customers').waitFor()
  const secondId = await newestConversation(scene, company)
  await desk.section('Unassigned').locator(desk.row(secondId)).waitFor()
  await desk.openFromList(firstId)
  await desk.button('End').click()
  await desk.section('Mine').locator(desk.row(secondId)).getByText('LIVE', { exact: true }).waitFor()
  await soon(() => second.frame.getByText('We’re all with other customers').count()).toBe(0)
})

test('[S1 I12 S6] who goes offline keeps the conversation; it goes on for later and the contact is told', async ({
  scene,
}) => {
  const { company, desk } = await annaOnline(scene)
  const { visitor, id } = await asks(scene, company, 'Hello?')
  await desk.openFromList(id)
  await desk.page.getByRole('switch', { name: 'Online', exact: true }).press('Space')
  await visitor.frame.getByText('We had to step away. We’ll reply here.').waitFor()
  await desk.log.getByText('Live chat ended: the operator went offline').waitFor()
  await soon(() =>
    desk.section('Mine').locator(desk.row(id)).getByText('LIVE', { exact: true }).count(),
  ).toBe(0)
  await desk.say('Here is your answer anyway.')
  await visitor.message('Here is your answer anyway.').waitFor()
  await desk.log.locator('[data-session=later]').first().waitFor()
})

test('[S1 I12] a laptop that is closed ends being live after the grace, and a short cut changes nothing', async ({
  scene,
}) => {
  const { company, desk } = await annaOnline(scene)
  const { visitor, id } = await asks(scene, company, 'Are you there?')
  const isLive = () =>
    scene
      .sql<{ live: boolean }>('select live_since is not null as live from conversations where id = $1', [id])
      .then(([row]) => row?.live)
  await desk.page.reload()
  await desk.section('Mine').locator(desk.row(id)).getByText('LIVE', { exact: true }).waitFor()
  expect(await isLive()).toBe(true)
  await desk.page.close()
  await expect.poll(isLive, { timeout: 30_000 }).toBe(false)
  await visitor.frame.getByText('We had to step away. We’ll reply here.').waitFor()
  const [kept] = await scene.sql<{ assignee_id: string }>(
    'select assignee_id from conversations where id = $1',
    [id],
  )
  expect(kept?.assignee_id).toBe(desk.operator.id)
})

test('[I15 I16] the contact who comes back finds the same operator, live again', async ({ scene }) => {
  const { company, desk: anna } = await annaOnline(scene, 'Ben Cole')
  const { visitor, id } = await asks(scene, company, 'One question')
  const ben = await scene.desk(one(company.operators, 1))
  await goOnline(scene, ben)
  await anna.openFromList(id)
  await anna.button('End').click()
  await visitor.frame.getByText('The conversation has ended').waitFor()
  await visitor.say('One more question')
  await anna.section('Mine').locator(anna.row(id)).getByText('LIVE', { exact: true }).waitFor()
  expect(await ben.section('Mine').locator(ben.row(id)).count()).toBe(0)
})

test('[I8 I13 S6 X9] a German operator and a French contact are brought together, each in their own language', async ({
  scene,
}) => {
  const company = await scene.company()
  const anna = await scene.build.operator({
    organizationId: company.organization.id,
    name: 'Anna Berg',
    locale: 'de',
  })
  const desk = await scene.desk(anna)
  await goOnline(scene, desk)
  const shop = await scene.shop({
    widgetKey: company.widget.key,
    change: (html) =>
      html.replace('lang="en"', 'lang="fr"').replace('data-widget', 'data-locale="fr" data-widget'),
  })
  const visitor = await scene.visitor(company.widget, { locale: 'fr-FR' })
  await visitor.page.goto(`${shop.origin}/index.html`)
  await visitor.page.locator('foyer-messenger button').click()
  await visitor.say('Bonjour, ma théière est cassée.')
  const id = await newestConversation(scene, company)
  await desk.openFromList(id)
  await desk.log.getByText('Ihnen automatisch zugewiesen').waitFor()
  await visitor.frame.getByText('Anna Berg a rejoint la conversation').waitFor()
  const answer = desk.page.getByRole('textbox', { name: 'Nachricht', exact: true })
  await answer.fill('Das tut mir leid!')
  await answer.press('Enter')
  await visitor.message('Das tut mir leid!').waitFor()
  await desk.page.getByRole('switch', { name: 'Online', exact: true }).press('Space')
  await desk.log.getByText('Live-Chat beendet').waitFor()
  await visitor.frame.getByText('Nous vous répondrons ici').waitFor()
})
