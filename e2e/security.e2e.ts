import { expect } from 'vitest'
import { soon } from './world/compare.ts'
import { meet, one } from './world/meeting.ts'
import { test } from './world/scene.ts'

test('[Y1] logging out in one tab ends the other tab’s connection within two seconds', async ({ scene }) => {
  const { desk } = await meet(scene)
  desk.complaints.allow(/status of 401/)
  const other = await desk.person.context.newPage()
  const socket = other.waitForEvent('websocket')
  await other.goto(desk.page.url())
  await other.getByRole('log').waitFor()
  const closed = (await socket).waitForEvent('close').then(() => performance.now())
  await desk.button(/^My account/).click()
  const ended = desk.page
    .waitForResponse((response) => response.request().method() === 'DELETE')
    .then(() => performance.now())
  await desk.page.getByRole('menuitem', { name: 'Log out' }).click()
  const began = await ended
  await desk.button('Log in').waitFor()
  expect((await closed) - began).toBeLessThan(2_000)
  await other.getByRole('button', { name: 'Log in' }).waitFor()
  expect(await other.getByRole('log').count()).toBe(0)
})

test('[X2] neither the Message Center nor the messenger shows itself in a frame it was not meant for', async ({
  scene,
}) => {
  const company = await scene.company()
  await scene.sql(`update widgets set allowed_sites = '{https://shop.example}' where id = $1`, [
    company.widget.id,
  ])
  const frames = [
    '/',
    '/inbox',
    '/setup?token=x',
    `/messenger/frame?widget=${company.widget.key}`,
    '/messenger/frame?widget=unknown',
  ]
  const shop = await scene.shop({
    widgetKey: company.widget.key,
    extra: {
      'frames.html': `<link rel="icon" href="icon.svg">${frames.map((path) => `<iframe src="${scene.origin}${path}"></iframe>`).join('')}`,
    },
  })
  const { page, complaints } = await scene.person()
  // The browser's own word that it has refused.
  complaints.allow(/Framing .* violates|Refused to display|frame-ancestors|X-Frame-Options/)
  await page.goto(`${shop.origin}/frames.html`)
  await soon(() =>
    page
      .frames()
      .slice(1)
      .map((frame) => frame.url()),
  ).toEqual(frames.map(() => 'chrome-error://chromewebdata/'))
})

test('[X2] forged messages do nothing, ten thousand of them freeze nothing, and no secret is ever told to the page', async ({
  scene,
}) => {
  const { desk, visitor } = await meet(scene)
  await visitor.page.evaluate(() => {
    const page = window as unknown as { heard: unknown[] }
    page.heard = []
    addEventListener('message', (event) => page.heard.push(event.data))
  })
  await visitor.page.evaluate(
    ([home]) => {
      const frame = document
        .querySelector('foyer-messenger')
        ?.shadowRoot?.querySelector('iframe') as HTMLIFrameElement
      const state = { foyer: 1, type: 'state', badge: 'A'.repeat(43), unread: 99, color: '#ff0000' }
      // From this window, and by an event that only looks as if it came from the frame.
      window.postMessage(state, '*')
      window.postMessage({ foyer: 1, type: 'close' }, '*')
      for (const data of [state, { foyer: 1, type: 'close' }])
        dispatchEvent(new MessageEvent('message', { data, origin: home, source: frame.contentWindow }))
      // From a neighbour of the frame, which is of the same site but is not the page.
      const neighbour = document.createElement('iframe')
      document.body.append(neighbour)
      const script = neighbour.contentDocument?.createElement('script') as HTMLScriptElement
      script.textContent = `for (let index = 0; index < parent.frames.length; index++)
        parent.frames[index].postMessage({ foyer: 1, type: 'panel', open: false, full: true, attended: false, focus: 9 }, '*')`
      neighbour.contentDocument?.body.append(script)
      for (let count = 0; count < 10_000; count++)
        frame.contentWindow?.postMessage({ foyer: 1, type: 'nonsense', payload: { count } }, home)
    },
    [scene.origin] as const,
  )
  await desk.say('Still there?')
  await visitor.message('Still there?').waitFor()
  await visitor.say('Yes.')
  expect(await visitor.launcher.getAttribute('aria-expanded')).toBe('true')
  expect(await visitor.page.evaluate(() => JSON.stringify(localStorage))).not.toContain('A'.repeat(43))
  const frame = visitor.page.frames().find((each) => each.url().startsWith(scene.origin))
  const token = await frame?.evaluate(
    () => Object.entries(localStorage).find(([name]) => name.endsWith(':token'))?.[1],
  )
  expect(token).toMatch(/^[\w-]{43}$/)
  const heard = await visitor.page.evaluate(() =>
    JSON.stringify((window as unknown as { heard: unknown[] }).heard),
  )
  expect(heard).toContain('"type":"state"')
  expect(heard).not.toContain(token)
})

test('[I2] an operator of another organization cannot even learn that a conversation exists', async ({
  scene,
}) => {
  const { id } = await meet(scene)
  const stranger = await scene.desk(one((await scene.company('Mallory')).operators))
  stranger.complaints.allow(/status of 404.*\/api\/v1\/conversations\//)
  await stranger.page.goto(`${scene.origin}/inbox/${id}`)
  await stranger.page.getByText('This conversation doesn’t exist').waitFor()
  await stranger.page.goto(`${scene.origin}/conversations`)
  await stranger.page.getByText('No conversations yet').waitFor()
})
