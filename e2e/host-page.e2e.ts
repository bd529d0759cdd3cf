import { expect } from 'vitest'
import { openBrowser } from './world/browser.ts'
import { expectScreensEqualDatabase, soon } from './world/compare.ts'
import { newestConversation, one } from './world/meeting.ts'
import { Messenger } from './world/messenger.ts'
import { test as base, type Scene } from './world/scene.ts'
import type { ShopOptions } from './world/shop.ts'

const test = base.extend({ moving: true })

/** A contact on a shop that is hostile in some way. */
async function visitorOn(
  scene: Scene,
  site: Partial<ShopOptions>,
  options: Parameters<Scene['person']>[0] = {},
) {
  const company = await scene.company('Anna Berg')
  const shop = await scene.shop({ widgetKey: company.widget.key, ...site })
  const visitor = new Messenger(await scene.person(options), shop.origin)
  return { company, shop, visitor }
}

/** The whole way: open, write, be answered. */
async function converse(
  scene: Scene,
  { company, visitor }: Awaited<ReturnType<typeof visitorOn>>,
): Promise<void> {
  await visitor.open()
  await visitor.say('Hello from a hostile page')
  const id = await newestConversation(scene, company)
  const desk = await scene.desk(one(company.operators), { path: `/inbox/${id}` })
  await desk.assignToMe()
  await desk.say('Hello to you')
  await visitor.message('Hello to you').waitFor()
  await expectScreensEqualDatabase(scene, { conversationId: id, desk, messenger: visitor })
}

test('[X2] on a site with a strict policy that isolates itself', async ({ scene }) => {
  const site = await visitorOn(scene, {
    headers: {
      'content-security-policy': `default-src 'none'; script-src ${scene.origin}; frame-src ${scene.origin}; connect-src ${scene.origin}; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'`,
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-opener-policy': 'same-origin',
    },
    change: (html) =>
      html
        .replaceAll('<script async', '<script async crossorigin="anonymous"')
        .replaceAll(' crossorigin="anonymous"', ''),
  })
  await site.visitor.page.goto(`${site.shop.origin}/index.html`)
  expect(await site.visitor.page.evaluate(() => crossOriginIsolated), 'the page isolates itself').toBe(true)
  await converse(scene, site)
})

test('[X2] on a site that has overwritten what every script builds on, and resets every style', async ({
  scene,
}) => {
  const site = await visitorOn(scene, {
    change: (html) =>
      html.replace(
        '<meta charset="utf-8">',
        '<meta charset="utf-8"><script src="hostile.js"></script><link rel="stylesheet" href="hostile.css">',
      ),
    extra: {
      'hostile.css':
        '* { all: unset !important } body * { display: none !important; position: static !important }',
      'hostile.js': hostile,
    },
  })
  await site.visitor.page.goto(`${site.shop.origin}/index.html`)
  await converse(scene, site)
  const panel = await site.visitor.page.locator('foyer-messenger iframe').boundingBox()
  expect(panel?.width).toBeGreaterThan(350)
  expect(panel?.height).toBeGreaterThan(400)
})

/** What badly made or hostile scripts of sites do. */
const hostile = `
  Array.prototype.map = function () { throw new Error('map is ours') }
  Array.prototype.forEach = function () { return 'nothing' }
  Array.prototype.extra = 'seen in every for-in'
  Object.prototype.extra = 'seen in every for-in'
  Function.prototype.bind = function () { return () => {} }
  Promise.prototype.then = new Proxy(Promise.prototype.then, { apply: (then, self, given) => Reflect.apply(then, self, given) })
  JSON.parse = () => ({}); String.prototype.replaceAll = () => 'replaced'; window.fetch = () => new Promise(() => {})
  Element.prototype.attachInternals = undefined; window.Foyer = undefined
`

test('[X2] before there is a reason the page loads one small file, stores nothing and knows no name but Foyer', async ({
  scene,
}) => {
  const { shop, visitor } = await visitorOn(scene, {
    // The snippet twice, as it happens where a template and a tag manager both bring it.
    change: (html) => html.replace(/(<script async.*?<\/script>)/, '$1$1'),
  })
  const requests: string[] = []
  visitor.page.on('request', (request) => requests.push(request.url()))
  await visitor.page.addInitScript(() => {
    const page = window as unknown as { namesBefore: string[] }
    page.namesBefore = Object.getOwnPropertyNames(window)
  })
  await visitor.page.goto(`${shop.origin}/index.html`)
  await visitor.launcher.waitFor()
  await visitor.page.waitForTimeout(500)
  expect(requests.filter((url) => url.startsWith(scene.origin))).toEqual([`${scene.origin}/messenger.js`])
  const left = await visitor.page.evaluate(() => ({
    names: Object.getOwnPropertyNames(window).filter(
      (name) =>
        !(window as unknown as { namesBefore: string[] }).namesBefore.includes(name) &&
        name !== 'namesBefore',
    ),
    stored: [...Object.keys(localStorage), ...Object.keys(sessionStorage), document.cookie].filter(Boolean),
    launchers: document.querySelectorAll('foyer-messenger').length,
  }))
  expect(left).toEqual({ names: ['Foyer'], stored: [], launchers: 1 })
  expect(await visitor.person.context.cookies()).toEqual([])
  expect(visitor.page.frames()).toHaveLength(1)
  await visitor.open()
  expect(await visitor.person.context.cookies(), 'no cookie, ever').toEqual([])
  await visitor.page.evaluate(() => (window as unknown as { Foyer: { destroy(): void } }).Foyer.destroy())
  expect(await visitor.page.locator('foyer-messenger').count(), 'it leaves without a trace').toBe(0)
  expect(await visitor.page.evaluate(() => 'Foyer' in window)).toBe(false)
})

test('[X2] where the browser blocks storage of other sites the conversation works, and says that it is not kept', async ({
  scene,
}) => {
  const site = await visitorOn(scene, {}, { browser: await openBrowser('closed') })
  await site.visitor.page.goto(`${site.shop.origin}/index.html`)
  await converse(scene, site)
  await site.visitor.frame.getByText('Your browser can’t save this conversation.').waitFor()
})

for (const [width, height] of [
  [390, 844],
  [320, 568],
] as const) {
  test(`[X2] on a phone ${width} pixels wide it fills the screen and everything can be reached`, async ({
    scene,
  }) => {
    const site = await visitorOn(scene, {}, { viewport: { width, height }, hasTouch: true, isMobile: true })
    const { visitor } = site
    await visitor.page.goto(`${site.shop.origin}/index.html`)
    await visitor.launcher.tap()
    await visitor.input.waitFor()
    await soon(() => visitor.page.locator('foyer-messenger iframe').boundingBox()).toMatchObject({
      x: 0,
      y: 0,
      width,
      height,
    })
    await visitor.say('A rather long message of several words that has to be broken into lines somewhere')
    const overflow = await visitor.frame
      .locator('html')
      .evaluate((page) => page.scrollWidth - page.clientWidth)
    expect(overflow, 'nothing to scroll sideways').toBe(0)
    await visitor.button('Close chat').tap()
    await visitor.input.waitFor({ state: 'hidden' })
    await visitor.launcher.waitFor()
  })
}
