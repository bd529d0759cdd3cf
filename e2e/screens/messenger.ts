import type { MessengerConfig } from '@foyer/contract/messenger.ts'
import type { BrowserContext, FrameLocator, Page } from 'playwright-core'
import type { At, Screen } from './screen.ts'

type Given = Pick<Screen, 'show'> & Partial<Pick<Screen, 'as' | 'before'>>

const screens: Readonly<Record<string, Given>> = {
  closed: { as: 'stranger', show: shop },
  unread: {
    as: 'answered',
    async show(page, at) {
      await shop(page, at)
      await launcher(page, at, at.words('launcher.openUnreadOne')).waitFor()
    },
  },
  start: { as: 'stranger', show: (page, at) => open(page, at) },
  'start-returning': { as: 'answered', show: (page, at) => open(page, at) },
  // What the widget is set to is told to this browser alone.
  'start-closed': {
    as: 'stranger',
    before: (context) =>
      configured(context, {
        available: false,
        service: { open: false, changesAt: new Date(Date.now() + 40 * 3_600_000).toISOString() },
      }),
    show: (page, at) => open(page, at),
  },
  'start-choice': {
    as: 'stranger',
    before: (context) =>
      configured(context, {
        replySeconds: 240,
        groups: ['Workshop', 'Orders'].map((name, index) => ({ id: `${index}`, name })),
      }),
    show: (page, at) => open(page, at),
  },
  'start-privacy': {
    as: 'stranger',
    before: (context) =>
      configured(context, { privacy: { url: 'https://morrow-pine.example/privacy', text: {} } }),
    async show(page, at) {
      await shop(page, at)
      await launcher(page, at, at.words('launcher.open')).click()
      const frame = page.frameLocator('foyer-messenger iframe')
      await frame.getByRole('button', { name: at.words('privacy.agree') }).waitFor()
      await page.waitForTimeout(500)
    },
  },
  conversation: { as: 'answered', show: (page, at) => goOn(page, at) },
  ended: { as: 'ended', show: (page, at) => goOn(page, at) },
  'first-message': {
    as: 'stranger',
    // Pictures leave no conversation behind.
    before: (context) =>
      context.route('**/api/v1/messenger/conversations', (route) =>
        route.request().method() === 'POST' ? undefined : route.fallback(),
      ),
    async show(page, at) {
      const frame = await open(page, at)
      await frame.getByRole('textbox').first().fill('Do you deliver to Norway? 🙂')
      await page.keyboard.press('Enter')
      await frame.getByRole('log').waitFor()
      await page.waitForTimeout(600)
    },
  },
  failed: {
    as: 'answered',
    before: (context) =>
      context.route('**/messages', (route) =>
        route.request().method() === 'POST'
          ? route.fulfill({ status: 403, json: { error: { code: 'widget.site', message: '' } } })
          : route.fallback(),
      ),
    async show(page, at) {
      const frame = await goOn(page, at)
      await frame.getByRole('textbox').fill('Thank you, then I will take six.')
      await page.keyboard.press('Enter')
      await frame.getByText(at.words('message.site')).waitFor()
    },
  },
  offline: {
    as: 'answered',
    before: (context) => context.routeWebSocket(/socket/, (line) => line.close()),
    async show(page, at) {
      const frame = await goOn(page, at)
      await frame.getByText(at.words('notice.offline')).waitFor({ timeout: 15_000 })
    },
  },
  unreachable: {
    as: 'stranger',
    before: (context) => context.route('**/api/v1/messenger/widgets/**', (route) => route.abort()),
    async show(page, at) {
      await shop(page, at)
      await launcher(page, at, at.words('launcher.open')).click()
      await page.waitForTimeout(1_500)
    },
  },
  link: {
    as: 'stranger',
    before: (context) =>
      context.route('**/api/v1/mail-link', (route) =>
        route.fulfill({
          json: {
            organizationName: 'Morrow & Pine',
            address: 'd•••@example.com',
            beganAt: new Date(Date.now() - 50 * 3_600_000).toISOString(),
            color: '#1f5a4c',
            locale: 'en',
            site: 'https://morrow-pine.example',
          },
        }),
      ),
    show: (page, at) => throughLink(page, at),
  },
  'link-invalid': {
    as: 'stranger',
    before: (context) =>
      context.route('**/api/v1/mail-link', (route) =>
        route.fulfill({ status: 404, json: { error: { code: 'link.invalid', message: '' } } }),
      ),
    show: (page, at) => throughLink(page, at),
  },
}

/** Every screen of the messenger, on the demo's shop. */
export const messenger: readonly Screen[] = Object.entries(screens).map(([name, given]) => ({
  name: `messenger-${name}`,
  part: 'Messenger',
  phase: 'busy',
  as: 'stranger',
  ...given,
}))

/** Has the widget be set as given, for this browser alone. */
function configured(context: BrowserContext, given: Partial<MessengerConfig>): Promise<unknown> {
  return context.route('**/api/v1/messenger/widgets/**', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, json: { ...((await response.json()) as object), ...given } })
  })
}

async function throughLink(page: Page, at: At): Promise<void> {
  await page.goto(`${at.origin}/m#secret`)
  await page.getByRole('heading').waitFor()
  await page.waitForTimeout(700)
}

async function shop(page: Page, at: At): Promise<void> {
  await page.goto(`${at.origin}/demo/`)
  await page.locator('foyer-messenger').waitFor({ state: 'attached' })
  await page.waitForTimeout(300)
}

function launcher(page: Page, _at: At, name: string) {
  return page.getByRole('button', { name, exact: true })
}

async function open(page: Page, at: At): Promise<FrameLocator> {
  await shop(page, at)
  const name = new RegExp(`^${at.words('launcher.open')}`)
  await page.getByRole('button', { name }).click()
  const frame = page.frameLocator('foyer-messenger iframe')
  await frame.getByRole('textbox').first().waitFor()
  await page.waitForTimeout(500)
  return frame
}

/** Into the conversation there has been. */
async function goOn(page: Page, at: At): Promise<FrameLocator> {
  const frame = await open(page, at)
  await frame.locator('button.row').first().click()
  await frame.getByRole('log').waitFor()
  await page.waitForTimeout(500)
  return frame
}
