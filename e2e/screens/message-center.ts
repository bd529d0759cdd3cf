import { newId } from '@foyer/client/ids.ts'
import { readSession } from '@foyer/contract/sessions.ts'
import type { BrowserContext, WebSocketRoute } from 'playwright-core'
import { fileScreens } from './files.ts'
import { macroScreens } from './macros.ts'
import type { At, Given, Screen } from './screen.ts'
import { owner } from './stage.ts'
import { notified, peopled } from './team.ts'
import { composer, conversation, inbox, visit } from './ways.ts'

const screens: Readonly<Record<string, Given>> = {
  'set-up-needed': {
    phase: 'bare',
    as: 'stranger',
    show: (page, at) => visit(page, at, '/', at.words('logIn.setUpNeeded')),
  },
  'set-up': {
    phase: 'bare',
    as: 'stranger',
    async show(page, at) {
      await page.goto(at.origin + at.stage.setupPath)
      await page.getByLabel(at.words('setUp.organization'), { exact: true }).fill(owner.organizationName)
      await page.getByLabel(at.words('setUp.name'), { exact: true }).fill(owner.ownerName)
      await page.locator('input[type=password]').first().fill('slow mornings')
    },
  },
  'set-up-error': {
    phase: 'bare',
    as: 'stranger',
    async show(page, at) {
      await page.goto(at.origin + at.stage.setupPath)
      await page.getByRole('button', { name: at.words('setUp.button'), exact: true }).click()
      await page.getByText(at.words('setUp.missing')).first().waitFor()
    },
  },
  'next-steps': {
    phase: 'empty',
    as: 'stranger',
    before: pretendBare,
    async show(page, at) {
      await page.goto(at.origin + at.stage.setupPath)
      await page.getByLabel(at.words('setUp.organization'), { exact: true }).fill(owner.organizationName)
      await page.getByLabel(at.words('setUp.name'), { exact: true }).fill(owner.ownerName)
      await page.locator('input[type=email]').fill(owner.email)
      for (const field of await page.locator('input[type=password]').all()) await field.fill(owner.password)
      await page.getByRole('button', { name: at.words('setUp.button'), exact: true }).click()
      await page
        .getByRole('heading', { name: at.words('next.title', { name: owner.organizationName }) })
        .waitFor()
    },
  },
  'log-in': {
    phase: 'empty',
    as: 'stranger',
    show: (page, at) => visit(page, at, '/', at.words('logIn.title')),
  },
  'forgotten-password': {
    phase: 'empty',
    as: 'stranger',
    show: (page, at) => visit(page, at, '/forgotten-password', at.words('forgot.title')),
  },
  'log-in-error': {
    phase: 'empty',
    as: 'stranger',
    before: (context) => answer(context, '**/api/v1/session', 'POST', 401, 'session.credentials'),
    async show(page, at) {
      await page.goto(at.origin)
      await page.getByLabel(at.words('logIn.email'), { exact: true }).fill(owner.email)
      await page.getByLabel(at.words('logIn.password'), { exact: true }).fill('not this one')
      await page.getByRole('button', { name: at.words('logIn.button'), exact: true }).click()
      await page.getByRole('alert').waitFor()
    },
  },
  'inbox-empty': { phase: 'empty', show: (page, at) => inbox(page, at) },
  'conversations-empty': {
    phase: 'empty',
    show: (page, at) => visit(page, at, '/conversations', at.words('all.empty')),
  },
  'settings-sample-data-absent': {
    phase: 'empty',
    async show(page, at) {
      await page.goto(`${at.origin}/settings/sample-data`)
      await page.getByRole('button', { name: at.words('sample.create'), exact: true }).waitFor()
    },
  },

  inbox: { show: (page, at) => inbox(page, at) },
  'inbox-unassigned': {
    async show(page, at) {
      await inbox(page, at)
      await page.getByRole('region', { name: at.words('inbox.unassigned') }).scrollIntoViewIfNeeded()
    },
  },
  'inbox-groups': {
    async show(page, at) {
      await inbox(page, at)
      await page.getByRole('region', { name: at.words('inbox.unassigned') }).scrollIntoViewIfNeeded()
      await page
        .getByRole('button', { name: at.words('inbox.groupIs', { name: at.words('inbox.groupAll') }) })
        .click()
      await page.getByRole('menuitem', { name: 'Workshop' }).waitFor()
    },
  },
  'inbox-loading': {
    before: (context) => context.route(/\/api\/v1\/conversations(\?|\/|$)/, () => undefined),
    async show(page, at) {
      await page.goto(`${at.origin}/inbox`)
      await page.waitForTimeout(900)
    },
  },
  'inbox-failed': {
    before: (context) => answer(context, /\/api\/v1\/conversations\?/, 'GET', 400, 'request.invalid'),
    async show(page, at) {
      await page.goto(`${at.origin}/inbox`)
      await page.getByText(at.words('list.failed')).first().waitFor({ timeout: 20_000 })
    },
  },
  'conversation-open': { show: (page, at) => conversation(page, at, 'Daniel Okafor') },
  'conversation-new': { show: (page, at) => conversation(page, at, 'Katharina Brandstetter') },
  'conversation-pending': { show: (page, at) => conversation(page, at, 'Yuki Tanabe') },
  'conversation-ended': { show: (page, at) => conversation(page, at, 'Jesse Lindqvist', '/conversations') },
  'conversation-unassigned': { show: (page, at) => conversation(page, at, 'Grace Whitfield') },
  'conversation-of-another': { show: (page, at) => conversation(page, at, 'Oberholzer') },
  'conversation-long': { show: (page, at) => conversation(page, at, 'Nia Prosser') },
  'conversation-long-older': {
    async show(page, at) {
      await conversation(page, at, 'Nia Prosser')
      await page.getByRole('log').hover()
      for (let turn = 0; turn < 6; turn++) {
        await page.mouse.wheel(0, -1_500)
        await page.waitForTimeout(120)
      }
    },
  },
  'conversation-long-text': { show: (page, at) => conversation(page, at, 'Eleanor Vance') },
  'conversation-right-to-left': { show: (page, at) => conversation(page, at, 'Layla Haddad') },
  'conversation-unknown': {
    show: (page, at) => visit(page, at, `/inbox/${newId()}`, at.words('conversation.unknown')),
  },
  'conversation-loading': {
    async before(context) {
      await context.route(/\/api\/v1\/conversations\/[^/]+$/, () => undefined)
      await context.routeWebSocket(/socket/, () => undefined)
    },
    async show(page, at) {
      await page.goto(`${at.origin}/inbox/${at.stage.conversationOf('Daniel Okafor').id}`)
      await page.waitForTimeout(900)
    },
  },
  'conversation-draft': {
    async show(page, at) {
      await conversation(page, at, 'Daniel Okafor')
      await composer(page, at).fill(
        'Then let us do it like this, Daniel:\n\nthe new lid goes out by express tonight, and if it is not with you on Friday at noon I put one on the counter here in Bristol for you. We are open until six.\n\nWould that do?',
      )
    },
  },
  'message-failed': {
    before: (context) => answer(context, '**/messages', 'POST', 403, 'conversation.not_yours'),
    async show(page, at) {
      await conversation(page, at, 'Daniel Okafor')
      await composer(page, at).fill('The lid goes out by express tonight.')
      await page.keyboard.press('Enter')
      await page.getByText(at.words('tick.failed')).first().waitFor()
    },
  },
  'connection-lost': {
    async show(page, at) {
      const lines: WebSocketRoute[] = []
      let isCut = false
      await page.routeWebSocket(/socket/, (line) => {
        if (isCut) return void line.close()
        line.connectToServer()
        lines.push(line)
      })
      await conversation(page, at, 'Olivia')
      isCut = true
      for (const line of lines) await line.close()
      await page.getByText(at.words('connection.lost')).waitFor()
    },
  },
  conversations: { show: (page, at) => visit(page, at, '/conversations', at.words('nav.conversations')) },
  'conversations-search': {
    show: (page, at) => visit(page, at, '/conversations?search=mug', at.words('nav.conversations')),
  },
  'conversations-ended': {
    show: (page, at) => visit(page, at, '/conversations?state=ended', at.words('nav.conversations')),
  },
  'conversations-none': {
    show: (page, at) => visit(page, at, '/conversations?search=zeppelin', at.words('all.nothingFound')),
  },
  'settings-profile': {
    show: (page, at) => visit(page, at, '/settings/profile', at.words('settings.profile')),
  },
  'settings-appearance': {
    show: (page, at) => visit(page, at, '/settings/appearance', at.words('settings.appearance')),
  },
  'settings-search': {
    async show(page, at) {
      await visit(page, at, '/settings/appearance', at.words('settings.appearance'))
      await page.getByRole('searchbox', { name: at.words('settings.search') }).fill('la')
      await page.getByRole('menu', { name: at.words('settings.searchFound') }).waitFor()
    },
  },
  'settings-unsaved': {
    async show(page, at) {
      await visit(page, at, '/settings/profile', at.words('settings.profile'))
      await page.getByRole('textbox', { name: at.words('settings.alias') }).fill('Nia')
      await page.getByText(at.words('settings.unsaved')).waitFor()
    },
  },
  'settings-signs': {
    show: (page, at) => visit(page, at, '/settings/notifications', at.words('settings.signs')),
  },
  'settings-signs-alarm': {
    async show(page, at) {
      await visit(page, at, '/settings/notifications', at.words('settings.signs'))
      const on = page.getByRole('switch', { name: at.words('signs.alarmOn') })
      if (!(await on.isChecked())) await on.press('Space')
      const again = page.getByRole('button', { name: at.words('signs.try'), exact: true }).last()
      await again.scrollIntoViewIfNeeded()
    },
  },
  'settings-sessions': {
    show: (page, at) => visit(page, at, '/settings/sessions', at.words('settings.sessions')),
  },
  'settings-roles': {
    show: (page, at) => visit(page, at, '/settings/roles', at.words('settings.roles')),
  },
  'settings-messenger': {
    show: (page, at) => visit(page, at, '/settings/messenger', at.words('settings.messenger')),
  },
  'settings-messenger-follow-ups': {
    async show(page, at) {
      await visit(page, at, '/settings/messenger', at.words('settings.messenger'))
      const waiting = page.getByRole('group', { name: at.words('widget.waiting') })
      await waiting.getByRole('switch').press('Space')
      await waiting
        .getByRole('textbox')
        .first()
        .fill('Thank you for waiting. Somebody will be with you soon.')
      const silent = page.getByRole('group', { name: at.words('widget.silent') })
      await silent.getByRole('switch').press('Space')
      await silent.scrollIntoViewIfNeeded()
    },
  },
  'settings-password': {
    show: (page, at) => visit(page, at, '/settings/password', at.words('settings.password')),
  },
  'settings-mail': { show: (page, at) => visit(page, at, '/settings/mail', at.words('settings.mail')) },
  'settings-team': { show: (page, at) => visit(page, at, '/settings/team', at.words('settings.team')) },
  'settings-team-edit': {
    async show(page, at) {
      await visit(page, at, '/settings/team', at.words('settings.team'))
      await page.getByRole('button', { name: at.words('team.actionsOf', { name: 'Nina Albrecht' }) }).click()
      await page.getByRole('menuitem', { name: at.words('team.edit'), exact: true }).click()
      await page.getByRole('dialog').waitFor()
    },
  },
  'settings-team-invite': {
    async show(page, at) {
      await visit(page, at, '/settings/team', at.words('settings.team'))
      await page.getByRole('button', { name: at.words('team.invite'), exact: true }).click()
      await page.getByRole('dialog').waitFor()
    },
  },
  notifications: {
    show: (page, at) => visit(page, at, '/notifications', at.words('nav.notifications')),
  },
  'notifications-told': {
    before: notified,
    show: (page, at) => visit(page, at, '/notifications', at.words('nav.notifications')),
  },
  operators: { show: (page, at) => visit(page, at, '/operators', at.words('nav.operators')) },
  'operators-at-work': {
    before: peopled,
    show: (page, at) => visit(page, at, '/operators', at.words('nav.operators')),
  },
  'settings-sample-data': {
    show: (page, at) => visit(page, at, '/settings/sample-data', at.words('settings.sample')),
  },
  'settings-sample-data-ask': {
    async show(page, at) {
      await page.goto(`${at.origin}/settings/sample-data`)
      await page.getByRole('button', { name: at.words('sample.remove'), exact: true }).click()
      await page.getByRole('dialog').waitFor()
    },
  },
  'command-palette': {
    async show(page, at) {
      await conversation(page, at, 'Daniel Okafor')
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog').waitFor()
    },
  },
  'command-palette-found': {
    async show(page, at) {
      await conversation(page, at, 'Daniel Okafor')
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog').waitFor()
      await page.keyboard.type('an')
      await page
        .getByRole('menuitem')
        .filter({ has: page.locator('mark') })
        .first()
        .waitFor()
    },
  },
  'shortcuts-help': {
    async show(page, at) {
      await inbox(page, at)
      await page.keyboard.press('?')
      await page.getByRole('dialog').waitFor()
    },
  },
  'assignee-menu': {
    async show(page, at) {
      await conversation(page, at, 'Daniel Okafor')
      const label = at.words('conversation.assigneeIs', { name: '' }).trim()
      await page.getByRole('button', { name: label }).click()
      await page.getByRole('menu').waitFor()
    },
  },
  'account-menu': {
    async show(page, at) {
      await inbox(page, at)
      await page.getByRole('button', { name: at.words('me.menuOf', { name: owner.ownerName }) }).click()
      await page.getByRole('menu').waitFor()
    },
  },
  ...fileScreens,
  ...macroScreens,
  'nothing-here': { show: (page, at) => visit(page, at, '/nowhere', at.words('lost.title')) },
}

/** Every screen of the Message Center. */
export const messageCenter: readonly Screen[] = Object.entries(screens).map(([name, given]) => ({
  name,
  part: 'Message Center',
  phase: 'busy',
  as: 'owner',
  ...given,
}))

/** A server that refuses one thing. */
async function answer(
  context: BrowserContext,
  url: string | RegExp,
  method: string,
  status: number,
  code: string,
): Promise<void> {
  await context.route(url, (route) =>
    route.request().method() === method
      ? route.fulfill({ status, json: { error: { code, message: '' } } })
      : route.fallback(),
  )
}

/** What comes after set-up is seen once in an installation's life; here it is played again. */
async function pretendBare(context: BrowserContext, at: At): Promise<void> {
  const me = await at.stage.api.call(readSession)
  let done = false
  await context.route('**/api/v1/setup', async (route) => {
    if (route.request().method() === 'GET') return route.fulfill({ json: { needed: !done } })
    done = true
    await at.stage.logIn(context)
    return route.fulfill({ json: me })
  })
}
