import { expect } from 'vitest'
import { soon } from './world/compare.ts'
import type { Desk } from './world/desk.ts'
import { meet, newestConversation, one } from './world/meeting.ts'
import { test as base, type Scene } from './world/scene.ts'
import { clickLast, holdBack, noteSigns, signsOf } from './world/signs.ts'

const test = base.extend({ browser: 'whole' })

/** A desk whose sounds and notifications are written down; somebody has touched the page, unless told otherwise. */
async function listening(desk: Desk, options: { touched?: boolean } = {}): Promise<void> {
  await desk.person.context.grantPermissions(['notifications'], { origin: desk.origin })
  await noteSigns(desk.person.context)
  if (options.touched === false) await holdBack(desk.person.context)
  await desk.page.reload()
  await desk.page.getByRole('link', { name: /^Inbox/ }).waitFor()
  if (options.touched ?? true) await desk.page.mouse.click(640, 5)
}

/** Lets a contact begin a conversation. */
async function visitorWrites(scene: Scene, widget: Parameters<Scene['visitor']>[0], text: string) {
  const visitor = await scene.visitor(widget)
  await visitor.open()
  await visitor.say(text)
  return visitor
}

test('[I16] whoever waits makes a sign: in the bar, in the title and on the icon, in two shapes with words', async ({
  scene,
}) => {
  const company = await scene.company('Anna Berg')
  // Not in the inbox: the sign is there wherever one is.
  const desk = await scene.desk(one(company.operators), { path: '/settings/profile' })
  const inbox = desk.page.getByRole('link', { name: /^Inbox/ })
  await inbox.waitFor()
  expect(await desk.page.title()).toBe('Foyer')
  const plain = await desk.page.locator('link[rel="icon"]').getAttribute('href')
  await visitorWrites(scene, company.widget, 'Is anybody there?')
  await inbox.getByText('1 you can take').waitFor({ state: 'attached' })
  expect(await desk.page.title()).toBe('1 unassigned · Foyer')
  expect(await desk.page.locator('link[rel="icon"]').getAttribute('href')).not.toBe(plain)
  await inbox.click()
  await desk
    .section('Unassigned')
    .getByText(/oldest/)
    .waitFor()
  await desk.openFromList(await newestConversation(scene, company))
  await desk.assignToMe()
  await inbox.getByText('1 waiting for you').waitFor({ state: 'attached' })
  await soon(() => desk.page.title()).toBe('(1) Foyer')
  await desk.say('Yes, here I am.')
  await soon(() => desk.page.title()).toBe('Foyer')
  expect(await desk.page.locator('link[rel="icon"]').getAttribute('href')).toBe(plain)
})

test('[Y3 Y5] of several tabs one sounds and shows; the notification leads to the conversation and goes once it is read', async ({
  scene,
}) => {
  const { company, desk, visitor, id } = await meet(scene)
  await listening(desk)
  const other = await desk.person.context.newPage()
  await other.goto(`${desk.origin}/settings/profile`)
  await other.getByRole('link', { name: /^Inbox/ }).waitFor()
  await other.mouse.click(640, 5)
  await desk.page.goto(`${desk.origin}/inbox`)
  await desk.row(id).waitFor()
  await desk.page.mouse.click(640, 5)
  await visitor.say('And the kettle?')
  await soon(() => signsOf(desk.page, other)).toMatchObject({
    heard: 1,
    notes: [{ title: 'Visitor · New message', body: 'And the kettle?', open: true }],
  })
  const shownIn = (await signsOf(other)).notes.length > 0 ? other : desk.page
  await clickLast(shownIn)
  await soon(() => new URL(shownIn.url()).pathname).toBe(`/inbox/${id}`)
  await soon(async () => (await signsOf(desk.page, other)).notes.map(({ open }) => open)).toEqual([false])

  // Before somebody’s eyes, in whichever tab, it is silent.
  await visitor.say('Hello?')
  await shownIn.getByRole('log').getByText('Hello?').waitFor()
  await shownIn.waitForTimeout(800)
  expect(await signsOf(desk.page, other)).toMatchObject({ heard: 1, notes: [{ open: false }] })

  // Read on another device.
  await shownIn.goto(`${desk.origin}/inbox`)
  await shownIn.mouse.click(640, 5)
  await visitor.say('One more thing')
  await soon(async () => (await signsOf(desk.page, other)).notes.filter(({ open }) => open).length).toBe(1)
  const elsewhere = await scene.desk(one(company.operators), { path: `/inbox/${id}` })
  await elsewhere.message('One more thing').waitFor()
  await soon(async () => (await signsOf(desk.page, other)).notes.filter(({ open }) => open).length).toBe(0)
})

test('[Y1 Y4] what is chosen holds at once; a sound can be tried; Silence all silences everything', async ({
  scene,
}) => {
  const company = await scene.company('Anna Berg')
  const desk = await scene.desk(one(company.operators), { path: '/settings/profile' })
  await listening(desk)
  await desk.page.getByRole('link', { name: 'Notifications and sounds' }).click()
  await desk.button('Try it').first().click()
  await soon(() => signsOf(desk.page)).toMatchObject({ heard: 1 })
  const sounds = desk.page.getByRole('table', { name: 'Sounds' })
  const box = sounds.getByRole('checkbox', { name: 'New conversation: Others in my group' })
  expect(await box.isChecked()).toBe(true)
  // The table scrolls out of the pointer's way; the keyboard reaches every box.
  await box.press('Space')
  await soon(() =>
    scene.sql('select settings from sign_settings where organization_id = $1', [company.organization.id]),
  ).toMatchObject([{ settings: { heard: { group: ['live'] } } }])
  await visitorWrites(scene, company.widget, 'Not heard, but shown')
  await soon(() => signsOf(desk.page)).toMatchObject({ heard: 1, notes: [{ body: 'Not heard, but shown' }] })

  await desk.button(/^My account/).click()
  await desk.page.getByRole('menuitem', { name: 'Silence all' }).click()
  await desk.page.getByRole('img', { name: /silenced/ }).waitFor()
  await visitorWrites(scene, company.widget, 'Silent')
  await desk.page
    .getByRole('link', { name: /^Inbox/ })
    .getByText('2 you can take')
    .waitFor({ state: 'attached' })
  await desk.page.waitForTimeout(800)
  expect((await signsOf(desk.page)).notes).toHaveLength(1)
  await desk.page.reload()
  await desk.page.getByRole('img', { name: /silenced/ }).waitFor()
})

test('[Y3] where the browser holds sounds back, it is said once, with a way to allow them', async ({
  scene,
}) => {
  const company = await scene.company('Anna Berg')
  const desk = await scene.desk(one(company.operators))
  await listening(desk, { touched: false })
  await visitorWrites(scene, company.widget, 'Anybody?')
  await desk.page.getByText('Your browser is holding back a sound').waitFor()
  expect(await signsOf(desk.page)).toMatchObject({ heard: 0, notes: [{ body: 'Anybody?' }] })
  await desk.button('Allow sounds').click()
  await soon(() => signsOf(desk.page)).toMatchObject({ heard: 1 })
  await desk.button('Allow sounds').waitFor({ state: 'hidden' })
})

test('[Y5] a notification says nothing of what was written for who wants it so, and permission is asked for by a press alone', async ({
  scene,
}) => {
  const company = await scene.company('Anna Berg')
  const desk = await scene.desk(one(company.operators), { path: '/settings/notifications' })
  await listening(desk)
  await desk.page.getByRole('switch', { name: 'Show who wrote what' }).press('Space')
  await soon(() =>
    scene.sql('select settings from sign_settings where organization_id = $1', [company.organization.id]),
  ).toMatchObject([{ settings: { preview: false } }])
  await visitorWrites(scene, company.widget, 'A secret')
  await soon(() => signsOf(desk.page)).toMatchObject({
    notes: [{ title: 'Foyer', body: 'New conversation' }],
  })
})

test('[Y5] a strip at the top asks for notifications; it can be sent away for good, and nothing is asked for on load', async ({
  scene,
}) => {
  const company = await scene.company('Anna Berg')
  const desk = await scene.desk(one(company.operators))
  await desk.person.context.addInitScript(() => {
    const asked: string[] = []
    Object.assign(window, { foyerAsked: asked })
    // Nobody can be asked here: the browser has no window for it.
    Object.defineProperty(Notification, 'permission', {
      get: () => (asked.length > 0 ? 'granted' : 'default'),
    })
    Notification.requestPermission = async () => {
      asked.push('asked')
      return 'granted'
    }
  })
  const asked = () =>
    desk.page.evaluate(() => (window as unknown as { foyerAsked: string[] }).foyerAsked.length)
  await desk.page.reload()
  const strip = desk.page.getByRole('region', { name: 'Notifications and sounds' })
  await strip.waitFor()
  expect(await asked()).toBe(0)
  await strip.getByRole('button', { name: 'Turn on notifications' }).click()
  await strip.waitFor({ state: 'hidden' })
  expect(await asked()).toBe(1)
  await desk.page.reload()
  await strip.getByRole('button', { name: 'Not now' }).click()
  await strip.waitFor({ state: 'hidden' })
  await desk.page.reload()
  await desk.section('Mine').waitFor()
  expect(await strip.count()).toBe(0)
})

test('[Y3 Y5] a tab in the background sounds and shows what comes to the conversation it has open', async ({
  scene,
}) => {
  const { desk, visitor, id } = await meet(scene)
  await listening(desk)
  await desk.page.goto(`${desk.origin}/inbox/${id}`)
  await desk.log.waitFor()
  await desk.page.mouse.click(640, 5)
  // The browser of these tests hides no page, so this one is told that it is.
  const hide = (state: 'hidden' | 'visible') =>
    desk.page.evaluate((now) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => now })
      document.dispatchEvent(new Event('visibilitychange'))
    }, state)
  await hide('hidden')
  await visitor.say('Are you looking?')
  await soon(() => signsOf(desk.page)).toMatchObject({
    heard: 1,
    notes: [{ body: 'Are you looking?', open: true }],
  })
  await hide('visible')
  await soon(async () => (await signsOf(desk.page)).notes.map(({ open }) => open)).toEqual([false])
})

test('[Y2] the alarm sounds while a contact waits, again and again, until they are answered', async ({
  scene,
}) => {
  const { company, desk, visitor, id } = await meet(scene)
  await scene.sql('insert into sign_settings values ($1, $2, $3)', [
    company.organization.id,
    one(company.operators).id,
    {
      heard: { mine: [], group: [] },
      shown: { mine: [], group: [] },
      alarm: { on: true, afterSeconds: 5, repeatSeconds: 5, sound: 'bell' },
    },
  ])
  await desk.say('Hello')
  await listening(desk)
  await visitor.say('Are you there?')
  await soon(async () => (await signsOf(desk.page)).heard >= 2).toBe(true)
  await desk.page.goto(`${desk.origin}/inbox/${id}`)
  await desk.say('Yes')
  await desk.message('Yes').waitFor()
  await desk.log
    .getByText('Sent', { exact: true })
    .or(desk.log.getByText('Read', { exact: true }))
    .first()
    .waitFor()
  const { heard } = await signsOf(desk.page)
  await desk.page.waitForTimeout(6_500)
  expect((await signsOf(desk.page)).heard).toBe(heard)
})

test('[Y3 Y5] what came while the line was cut makes one sign together', async ({ scene }) => {
  const line = await scene.line()
  const { company, desk, visitor, id } = await meet(scene, { deskAt: line.origin })
  await listening(desk)
  await desk.page.goto(`${desk.origin}/inbox`)
  await desk.row(id).waitFor()
  await desk.page.mouse.click(640, 5)
  scene.expectOutage()
  await line.cut()
  for (let count = 0; count < 4; count++) await visitor.say(`While you were away ${count}`)
  await visitorWrites(scene, company.widget, 'A newcomer')
  await line.mend()
  await soon(() => signsOf(desk.page)).toMatchObject({
    heard: 1,
    notes: [{ title: 'Foyer', body: '2 conversations have news since you lost the connection' }],
  })
  await desk.page.waitForTimeout(1_500)
  expect((await signsOf(desk.page)).heard).toBe(1)
})

test('[O1] a notification opens what is mine in the inbox, says what it is about, and Back leads to the list', async ({
  scene,
}) => {
  const company = await scene.company('Anna Berg')
  const anna = one(company.operators)
  const { id: organizationId } = company.organization
  const ben = await scene.build.operator({ organizationId, name: 'Ben Cole', role: 'admin' })
  const { id } = await scene.build.conversation({
    widget: company.widget,
    assignee: ben,
    text: 'My kettle leaks',
  })
  const desk = await scene.desk(anna, { path: '/notifications' })
  const colleague = await scene.desk(ben, { path: `/inbox/${id}` })
  const given = await colleague.page.evaluate(
    async ([conversation, to, from]) => {
      const response = await fetch(`/api/v1/conversations/${conversation}/assignee`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json', 'x-foyer': '1' },
        body: JSON.stringify({ id: crypto.randomUUID(), operatorId: to, from }),
      })
      return response.status
    },
    [id, anna.id, ben.id],
  )
  expect(given).toBe(200)
  const line = desk.page.getByRole('list', { name: 'Notifications' }).getByRole('link')
  await line.getByText('About: My kettle leaks').waitFor()
  await line.click()
  await desk.log.waitFor()
  expect(new URL(desk.page.url()).pathname).toBe(`/inbox/${id}`)
  await desk.page.getByRole('link', { name: 'Back to Notifications' }).click()
  await line.waitFor()
  await line.click()
  await desk.log.waitFor()
  await desk.page.goBack()
  await line.waitFor()
})
