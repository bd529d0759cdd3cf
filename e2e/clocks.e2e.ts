import { expect } from 'vitest'
import { soon } from './world/compare.ts'
import { meet, newestConversation, one } from './world/meeting.ts'
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
  // Two minutes of it are looked at, whatever the machine.
  timeout: 360_000,
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
  await visitor.frame.getByText('We’re online.').waitFor()
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

test('a line that went dark is noticed within 45 seconds, and what was missed is there once it is back', async ({
  scene,
}) => {
  const line = await scene.line()
  const { desk, visitor } = await meet(scene, { deskAt: line.origin })
  scene.expectOutage()
  line.darken()
  const notice = desk.page.getByText('No connection.')
  await notice.waitFor({ timeout: 45 * second })
  await visitor.say('Are you there?')
  await line.mend()
  // Five seconds, as client/line.test.ts measures in time of its own; a busy machine takes longer to draw.
  await desk.message('Are you there?').waitFor({ timeout: 20 * second })
  await notice.waitFor({ state: 'hidden' })
  await desk.say('I am.')
  await visitor.message('I am.').waitFor({ timeout: 20 * second })
})

test('a cut is said soon and moves nothing on the page', async ({ scene }) => {
  const { desk } = await meet(scene)
  const place = async () => JSON.stringify(await desk.input.boundingBox())
  const before = await place()
  scene.expectOutage()
  await desk.person.context.setOffline(true)
  await desk.page.getByText('No connection.').waitFor({ timeout: 5 * second })
  expect(await place()).toBe(before)
  await desk.say('Written without a line')
  await desk.page.getByText('No connection.').waitFor()
  await desk.person.context.setOffline(false)
  await desk.page.getByText('No connection.').waitFor({ state: 'hidden', timeout: 8 * second })
  expect(await place()).toBe(before)
})

/** A machine whose clock is wrong by so many hours. */
function mistake(hours: number): void {
  const Right = Date
  const wrong = () => Right.now() + hours * 3_600_000
  globalThis.Date = class extends Right {
    constructor(...given: []) {
      if (given.length > 0) super(...given)
      else super(wrong())
    }
    static override now = wrong
  } as typeof Date
}

test('[X2] clocks that are wrong by hours and days change nothing that is shown, and ask no more often', async ({
  scene,
}) => {
  const company = await scene.company('Anna Berg')
  const desk = await scene.desk(one(company.operators))
  const soonOpen = new Date(Date.now() + 40 * 60_000).toISOString()
  const hours = {
    zone: 'UTC',
    week: [[], [], [], [], [], [], []],
    dates: [
      { date: soonOpen.slice(0, 10), name: '', intervals: [{ from: soonOpen.slice(11, 16), to: '23:59' }] },
    ],
  }
  // Near midnight there is no such day; the shop is then open, and what is asked for is the same.
  await scene.sql('update widgets set hours = $2 where id = $1', [company.widget.id, JSON.stringify(hours)])
  for (const wrong of [-50, 2]) {
    await desk.person.context.addInitScript(mistake, wrong)
    await desk.page.reload()
    const visitor = await scene.visitor(company.widget)
    await visitor.person.context.addInitScript(mistake, wrong)
    let asked = 0
    visitor.page.on('request', (request) => {
      if (request.url().includes('/messenger/widgets/')) asked++
    })
    await visitor.page.reload()
    await visitor.open()
    await visitor.say(`Written at ${wrong}`)
    const row = desk
      .section('Unassigned')
      .getByRole('listitem')
      .filter({ hasText: `Written at ${wrong}` })
    await row.getByText('waiting <1 min').waitFor()
    await visitor.log.getByText('Today').first().waitFor()
    await row.getByRole('link').click()
    await desk.log.getByRole('heading', { name: 'Today' }).waitFor()
    await visitor.page.waitForTimeout(3 * second)
    expect(asked).toBeLessThanOrEqual(2)
    await visitor.person.context.close()
  }
})
