import { expect } from 'vitest'
import { soon } from './world/compare.ts'
import { newestConversation, one } from './world/meeting.ts'
import { test } from './world/scene.ts'

test('[X1 X2 I14] outside the business hours the contact agrees, is welcomed, and reads when somebody is back', async ({
  scene,
}) => {
  const company = await scene.company('Anna Berg')
  const anna = one(company.operators)
  await scene.sql(`update operators set role = 'admin' where id = $1`, [anna.id])
  const desk = await scene.desk(anna, { path: '/settings/messenger' })
  const form = desk.page.getByRole('form', { name: 'Website' })
  await form.getByRole('textbox', { name: 'Welcome' }).fill('Welcome to our little shop!')
  await form.getByRole('textbox', { name: 'While nobody is there' }).fill('We read this in the morning.')
  await form.getByRole('switch', { name: 'Ask for consent' }).press('Space')
  const save = form.getByRole('button', { name: 'Save' })
  await save.click()
  await form.getByText('Enter an address that starts with https://.').waitFor()
  await form.getByRole('textbox', { name: 'Address of your terms' }).fill('https://shop.example/privacy')
  await form.getByRole('switch', { name: 'Live chat during business hours only' }).press('Space')
  const monday = form.getByRole('list', { name: 'Week' }).getByRole('listitem').first()
  await monday.getByLabel('Monday: to').fill('08:00')
  await form.getByText('Each period must end after it starts').waitFor()
  await save.click()
  expect(await scene.sql('select hours from widgets where id = $1', [company.widget.id])).toEqual([
    { hours: null },
  ])
  await monday.getByLabel('Monday: to').fill('12:30')
  // Of some four hundred time zones, by a part of its name.
  await form.getByRole('combobox', { name: 'Time zone' }).fill('lisb')
  await desk.page.getByRole('option', { name: /Europe\/Lisbon/ }).click()
  await form.getByRole('textbox', { name: 'Color', exact: true }).fill('#0B7285')
  await save.click()
  await desk.page.getByText('Saved').waitFor()
  const [kept] = await scene.sql<{
    hours: { zone: string; week: { from: string; to: string }[][] }
    color: string
  }>('select hours, color from widgets where id = $1', [company.widget.id])
  expect(kept?.hours.week[0]).toEqual([{ from: '09:00', to: '12:30' }])
  expect(kept).toMatchObject({ hours: { zone: 'Europe/Lisbon' }, color: '#0b7285' })

  // Open from tomorrow's ninth hour on, whatever day it is.
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
  const hours = {
    zone: 'UTC',
    week: [[], [], [], [], [], [], []],
    dates: [{ date: tomorrow, name: '', intervals: [{ from: '09:00', to: '17:00' }] }],
  }
  await scene.sql('update widgets set hours = $2 where id = $1', [company.widget.id, JSON.stringify(hours)])
  await desk.page.getByRole('switch', { name: 'Online', exact: true }).press('Space')
  const visitor = await scene.visitor(company.widget)
  await visitor.launcher.click()
  await visitor.frame.getByRole('heading', { name: 'Welcome to our little shop!' }).waitFor()
  expect(await visitor.frame.getByRole('textbox').count()).toBe(0)
  const contacts = () =>
    scene.sql('select from contacts where organization_id = $1', [company.organization.id])
  expect(await contacts()).toHaveLength(0)
  await visitor.frame.getByRole('button', { name: 'Agree and write' }).click()
  await visitor.say('When are you there?')
  await visitor.frame.getByText(/We’re back tomorrow at/).waitFor()
  const id = await newestConversation(scene, company)
  const told = visitor.frame.getByRole('log')
  await told.getByText('Welcome to our little shop!').waitFor()
  await told.getByText('We read this in the morning.').waitFor()
  await soon(async () => {
    const [row] = await scene.sql<{ live: boolean; agreed: boolean }>(
      `select c.live_since is not null as live, k.agreed_at is not null as agreed from conversations c
        join contacts k on k.id = c.contact_id where c.id = $1`,
      [id],
    )
    return row
  }).toEqual({ live: false, agreed: true })
  await desk.page.goto(new URL('/inbox', desk.page.url()).href)
  await desk.section('Unassigned').locator(desk.row(id)).waitFor()
  await desk.openFromList(id)
  await desk.page.getByText('Automatic message').first().waitFor()
  await desk.page.getByText('We read this in the morning.').first().waitFor()
})
