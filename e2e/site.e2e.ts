import { expect } from 'vitest'
import { soon } from './world/compare.ts'
import { Messenger } from './world/messenger.ts'
import { type Scene, test } from './world/scene.ts'
import type { ShopOptions } from './world/shop.ts'

type Foyer = { Foyer: { open(): void; close(): void } }
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

async function visitorOn(scene: Scene, site: Partial<ShopOptions> = {}, person: object = {}) {
  const company = await scene.company('Anna Berg')
  const shop = await scene.shop({ widgetKey: company.widget.key, ...site })
  const visitor = new Messenger(await scene.person(person), shop.origin)
  await visitor.page.goto(`${shop.origin}/index.html`)
  return { company, shop, visitor }
}

test('[X2] a page that draws its whole document anew gets the button back, with the conversation that was open', async ({
  scene,
}) => {
  const { visitor } = await visitorOn(scene)
  // A document that is put in anew makes the browser ask for an icon of its own.
  visitor.complaints.allow(/favicon/)
  await visitor.open()
  await visitor.input.fill('Half written')
  for (const how of ['children', 'document', 'again'] as const) {
    await visitor.page.evaluate((kind) => {
      const root = document.documentElement
      if (kind === 'children')
        root.replaceChildren(...[...root.children].filter(({ tagName }) => tagName !== 'FOYER-MESSENGER'))
      else {
        const copy = root.cloneNode(true) as HTMLElement
        copy.querySelector('foyer-messenger')?.remove()
        root.remove()
        document.appendChild(copy)
      }
    }, how)
    await visitor.input.waitFor()
    expect(await visitor.input.inputValue()).toBe('Half written')
    expect(await visitor.page.locator('foyer-messenger').count()).toBe(1)
  }
  await visitor.close()
  await visitor.page.evaluate(() => {
    document.querySelector('foyer-messenger')?.remove()
    ;(window as unknown as Foyer).Foyer.open()
  })
  await visitor.input.waitFor()
})

test('[X2] on a phone no page stays inert: not one kept for the way back, nor one whose body is replaced', async ({
  scene,
}) => {
  const { visitor, shop } = await visitorOn(scene, {}, phone)
  const isInert = () => visitor.page.evaluate(() => document.body.inert)
  await visitor.launcher.tap()
  await visitor.input.waitFor()
  expect(await isInert()).toBe(true)
  // Turbo keeps a copy of the body, shows another page, and brings the copy back.
  await visitor.page.evaluate(() => {
    const page = window as unknown as { kept: Node }
    page.kept = document.body.cloneNode(true)
    document.body.replaceWith(document.createElement('body'))
  })
  await soon(isInert).toBe(true)
  await visitor.button('Close chat').tap()
  await soon(isInert).toBe(false)
  await visitor.page.evaluate(() => document.body.replaceWith((window as unknown as { kept: Node }).kept))
  await soon(isInert).toBe(false)
  await visitor.launcher.tap()
  await visitor.input.waitFor()
  await visitor.page.goto(`${shop.origin}/mug.html`)
  await visitor.button('Close chat').tap()
  await visitor.page.goBack()
  await soon(isInert).toBe(false)
  // What the page itself has made inert is its own business.
  await visitor.page.evaluate(() => {
    document.body.inert = true
    document.body.setAttribute('data-other', '')
  })
  await visitor.page.waitForTimeout(100)
  expect(await isInert()).toBe(true)
})

for (const style of [
  'zoom:1.5',
  'zoom:0.8',
  'transform:scale(1.3)',
  'transform:translateX(40px)',
  'contain:paint',
  'font-size:40px',
]) {
  test(`[X2] on a page with html{${style}} the panel is on the screen, as large as it should be`, async ({
    scene,
  }) => {
    const { visitor } = await visitorOn(
      scene,
      {
        change: (html) => html.replace('</head>', '<link rel="stylesheet" href="enlarged.css"></head>'),
        extra: { 'enlarged.css': `html{${style}}` },
      },
      { viewport: { width: 1280, height: 800 } },
    )
    await visitor.open()
    await visitor.page.evaluate(() => scrollTo(0, 300))
    const box = await visitor.page.locator('foyer-messenger iframe').boundingBox()
    expect(box?.y).toBeGreaterThanOrEqual(0)
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(800 - 80)
    expect(Math.round((box?.x ?? 0) + (box?.width ?? 0))).toBeLessThanOrEqual(1280)
    expect(Math.round(box?.width ?? 0)).toBe(400)
    const button = await visitor.page.locator('foyer-messenger button').boundingBox()
    expect((button?.y ?? 0) + (button?.height ?? 0)).toBeLessThanOrEqual(800)
  })
}

for (const [title, snippet] of [
  ['a module', '<script type="module" src="ORIGIN/messenger.js" data-widget="KEY"></script>'],
  ['the script’s address', '<script async src="ORIGIN/messenger.js?widget=KEY"></script>'],
  ['a global', '<script src="settings.js"></script><script async src="ORIGIN/messenger.js"></script>'],
  ['a constant', '<script src="const.js"></script><script async src="ORIGIN/messenger.js"></script>'],
] as const) {
  test(`[X2] the key may be carried by ${title}`, async ({ scene }) => {
    const company = await scene.company('Anna Berg')
    const shop = await scene.shop({
      widgetKey: company.widget.key,
      change: (html) =>
        html.replace(
          /<script async.*?<\/script>/,
          snippet.replace('ORIGIN', scene.origin).replace('KEY', company.widget.key),
        ),
      extra: {
        'settings.js': `FoyerSettings = { widget: '${company.widget.key}', locale: 'fr' }`,
        // As long as a language that we do not speak, and begins like one that we do.
        'const.js': `const FoyerSettings = { widget: '${company.widget.key}', locale: 'frr' }`,
      },
    })
    const visitor = new Messenger(await scene.person(), shop.origin)
    await visitor.page.goto(`${shop.origin}/index.html`)
    await visitor.page.locator('foyer-messenger button').click()
    await visitor.frame.getByRole('textbox').waitFor()
    expect(await visitor.frame.locator('html').getAttribute('lang')).toBe(title === 'a global' ? 'fr' : 'en')
  })
}

test('[X2] a snippet without its key says so in the console', async ({ scene }) => {
  const company = await scene.company('Anna Berg')
  const shop = await scene.shop({
    widgetKey: company.widget.key,
    change: (html) => html.replace(/ data-widget="[^"]*"/, ''),
  })
  const visitor = new Messenger(await scene.person(), shop.origin)
  visitor.complaints.allow(/Foyer: which widget/)
  const said = visitor.page.waitForEvent('console', (message) => message.type() === 'error')
  await visitor.page.goto(`${shop.origin}/index.html`)
  expect((await said).text()).toContain('data-widget')
  expect(await visitor.page.locator('foyer-messenger').count()).toBe(0)
})

test('[X2] on a page in a sandbox it says that it cannot run there, at once', async ({ scene }) => {
  const company = await scene.company('Anna Berg')
  const shop = await scene.shop({
    widgetKey: company.widget.key,
    headers: { 'content-security-policy': 'sandbox allow-scripts' },
  })
  const visitor = new Messenger(await scene.person(), shop.origin)
  visitor.complaints.allow(/without an origin|sandbox/i)
  await visitor.page.goto(`${shop.origin}/index.html`)
  await visitor.launcher.click()
  await visitor.page.getByText('The chat can’t run on this page').waitFor({ timeout: 3_000 })
})

test('[X2] on a phone everything to press is as large as a fingertip', async ({ scene }) => {
  const { visitor } = await visitorOn(scene, {}, phone)
  await visitor.launcher.tap()
  await visitor.input.waitFor()
  const small = () =>
    visitor.frame.locator('html').evaluate(() =>
      [...document.querySelectorAll('button, input, textarea')]
        .filter((one) => one.checkVisibility())
        .map((one) => ({ what: one.className || one.tagName, box: one.getBoundingClientRect() }))
        .filter(({ box }) => box.width < 44 || box.height < 44)
        .map(({ what, box }) => `${what} ${box.width}×${box.height}`),
    )
  expect(await small()).toEqual([])
  await visitor.input.fill('Hello')
  await visitor.button('Send').tap()
  await visitor.message('Hello').waitFor()
  await visitor.frame.getByRole('button', { name: 'Let me know' }).waitFor()
  expect(await small()).toEqual([])
  await visitor.button('Back to overview').tap()
  await visitor.frame.getByText('Your conversations').waitFor()
  expect(await small()).toEqual([])
})
