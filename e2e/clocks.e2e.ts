import { expect } from 'vitest'
import { soon } from './world/compare.ts'
import { newestConversation, one } from './world/meeting.ts'
import { logInForCookie, test } from './world/scene.ts'
import { openSleepyBrowser } from './world/sleepy.ts'

const second = 1_000

/** The longest a timer of a page was kept waiting, over so many milliseconds. */
const lateness = (ms: number) => `new Promise((resolve) => {
  let before = performance.now(), worst = 0
  const end = before + ${ms}
  const timer = setInterval(() => {
    worst = Math.max(worst, performance.now() - before)
    before = performance.now()
    if (before > end) { clearInterval(timer); resolve(worst) }
  }, 1000)
})`

test('[S1 I8] tabs in the background stay online and live, the operator’s and the contact’s', {
  timeout: 240_000,
}, async ({ scene }) => {
  await using browser = await openSleepyBrowser()
  const company = await scene.company('Anna Berg')
  const anna = one(company.operators)
  const desk = await browser.open(`${scene.origin}/inbox`, {
    cookie: await logInForCookie(anna, scene.origin),
  })
  await soon(() => desk.run<boolean>(`!!document.querySelector('[role=switch]')`)).toBe(true)
  await desk.run(`document.querySelector('[role=switch]').click()`)
  const visitor = await scene.visitor(company.widget)
  await visitor.open()
  await visitor.frame.getByText('Someone is here right now.').waitFor()
  await visitor.say('Is the mug dishwasher safe?')
  const id = await newestConversation(scene, company)
  const token = `foyer:${company.widget.key}:token`
  const secret = await visitor.frame.locator('body').evaluate((_, key) => localStorage.getItem(key), token)
  const frame = await browser.open(`${scene.origin}/messenger/frame?widget=${company.widget.key}`, {
    storage: { [token]: secret ?? '' },
  })
  await soon(() => frame.sockets()).toBe(1)
  // The contact is there by the tab in the background alone.
  await visitor.person.context.close()
  await browser.open('data:text/html,elsewhere')
  await soon(() => desk.run<string>('document.visibilityState')).toBe('hidden')
  const [ofDesk, ofFrame] = await Promise.all([
    desk.run<number>(lateness(130 * second)),
    frame.run<number>(lateness(130 * second)),
  ])
  // Otherwise nothing was tried here.
  expect(Math.min(ofDesk, ofFrame)).toBeGreaterThan(30 * second)
  expect([desk.sockets(), frame.sockets()]).toEqual([1, 1])
  const [head] = await scene.sql<{ live: boolean }>(
    'select live_since is not null as live from conversations where id = $1',
    [id],
  )
  expect(head?.live).toBe(true)
})
