import { listMacros } from '@foyer/contract/macros.ts'
import type { BrowserContext, Page } from 'playwright-core'
import type { At, Given } from './screen.ts'
import { composer, conversation, visit } from './ways.ts'

/** Macros: offered above the field, asked about, and kept in the settings. */
export const macroScreens: Readonly<Record<string, Given>> = {
  'conversation-macros': {
    async show(page, at) {
      await begin(page, at, '!')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('ArrowDown')
    },
  },
  'conversation-macros-found': { show: (page, at) => begin(page, at, '!return') },
  'conversation-macros-missing': {
    async show(page, at) {
      await begin(page, at, '!about')
      await page.keyboard.press('Enter')
      await page.locator('.unfilled').waitFor()
    },
  },
  'conversation-macros-ask': {
    async show(page, at) {
      await begin(page, at, '!about')
      await page.keyboard.press('Enter')
      await page.locator('.unfilled').waitFor()
      await page.keyboard.press('Enter')
      await page.getByRole('dialog', { name: at.words('macros.unfilledTitle') }).waitFor()
    },
  },
  'settings-macros-none': {
    phase: 'empty',
    async show(page, at) {
      await visit(page, at, '/settings/macros', at.words('macros.title'))
      await page.getByText(at.words('macros.none')).waitFor()
    },
  },
  'settings-macros': { before: used, show: settings },
  'settings-macros-new': {
    async show(page, at) {
      await settings(page, at)
      await page.getByRole('button', { name: at.words('macros.add'), exact: true }).click()
      await page.getByRole('dialog').waitFor()
    },
  },
  'settings-macros-edit': {
    async show(page, at) {
      await settings(page, at)
      await page
        .getByRole('button', { name: at.words('macros.editOne', { name: 'Return label' }), exact: true })
        .click()
      await page
        .getByRole('region', { name: at.words('macros.preview') })
        .getByText('Alex')
        .waitFor()
    },
  },
  'settings-macros-import': {
    async show(page, at) {
      await settings(page, at)
      const chooser = page.waitForEvent('filechooser')
      await page.getByRole('button', { name: at.words('macros.import'), exact: true }).click()
      const buffer = Buffer.from(table)
      await (await chooser).setFiles({ name: 'macros-autumn.csv', mimeType: 'text/csv', buffer })
      await page.getByText(at.words('macros.importProblems')).waitFor()
    },
  },
}

const table = `name;shortcut;audience;text_en
Glaze care;glaze;me;Glazed mugs go into the dishwasher.
Gift wrap;gift;everyone;We wrap it in linen paper.
;none;me;No name
Return by post;returns;everyone;Somebody else has this shortcut.
Two words;two words;everyone;A shortcut is one word.
`

async function settings(page: Page, at: At): Promise<void> {
  await visit(page, at, '/settings/macros', at.words('macros.title'))
  await page
    .getByRole('list', { name: at.words('macros.all') })
    .getByText('Return label')
    .waitFor()
}

/** Writes a sign and waits for what is offered. */
async function begin(page: Page, at: At, typed: string): Promise<void> {
  await conversation(page, at, 'Daniel Okafor')
  await page.locator('[contenteditable][role="textbox"]').waitFor()
  // What another picture left there is no part of this one.
  await composer(page, at).fill('')
  await composer(page, at).pressSequentially(typed)
  await page.getByRole('listbox', { name: at.words('macros.title') }).waitFor()
}

/** Shows macros as they are after some weeks. */
async function used(context: BrowserContext): Promise<void> {
  await context.route(/\/api\/v1\/macros(\?|$)/, async (route) => {
    if (route.request().method() !== listMacros.method) return route.fallback()
    const response = await route.fetch()
    const page = listMacros.answer.parse(await response.json())
    const items = page.items.map((macro, place) => {
      const times = [128, 41, 0, 1, 7][place % 5] ?? 0
      const lastUsedAt = times > 0 ? new Date(Date.now() - place * 31 * 3_600_000).toISOString() : null
      return { ...macro, used: times, lastUsedAt }
    })
    return route.fulfill({ response, json: { ...page, items } })
  })
}
