import type { Page } from 'playwright-core'
import { large, picture, text } from '../world/hand.ts'
import type { At, Given } from './screen.ts'
import { conversation, visit } from './ways.ts'

/** Files as they wait above the text, where they are dropped, and what is set about them. */
export const fileScreens: Readonly<Record<string, Given>> = {
  'conversation-files': {
    async show(page, at) {
      await conversation(page, at, 'Daniel Okafor')
      await attach(page, at)
    },
  },
  'conversation-files-held': {
    async show(page, at) {
      await conversation(page, at, 'Daniel Okafor')
      await page.getByRole('log').evaluate((log) => {
        const data = new DataTransfer()
        data.items.add(new File(['-'], 'mug.png'))
        const how = { bubbles: true, cancelable: true, dataTransfer: data }
        for (const name of ['dragenter', 'dragover']) log.dispatchEvent(new DragEvent(name, how))
      })
      await page.getByText(at.words('files.drop')).waitFor()
    },
  },
  'settings-files': {
    async show(page, at) {
      await visit(page, at, '/settings/files', at.words('settings.files'))
      await page.getByText(at.words('fileSettings.stored')).first().waitFor()
    },
  },
  'settings-messenger-files': {
    async show(page, at) {
      await visit(page, at, '/settings/messenger', at.words('settings.messenger'))
      const kinds = page.getByText(at.words('widget.filesKinds'), { exact: true }).first()
      await kinds.evaluate((element) => element.scrollIntoView({ block: 'center' }))
    },
  },
}

/** Two that have arrived, and one on its way. */
async function attach(page: Page, at: At): Promise<void> {
  await page.route(/\/uploads\/[^/]+\/parts\/1$/, () => undefined)
  const name = at.words('files.attached')
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles([
      picture('mug-blue.png'),
      text('care-instructions.txt', 'Wash by hand.'),
      large('catalogue-autumn-2026-final-version.pdf', 4),
    ])
  const attached = page.getByRole('list', { name })
  for (const done of ['mug-blue.png', 'care-instructions.txt'])
    await attached.locator('[data-state="done"]').filter({ hasText: done }).waitFor()
  await page.waitForTimeout(500)
}
