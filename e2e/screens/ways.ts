import type { Page } from 'playwright-core'
import type { At } from './screen.ts'

/** Goes to a part and waits for what stands above it. */
export async function visit(page: Page, at: At, path: string, heading: string): Promise<void> {
  await page.goto(at.origin + path)
  await page.getByRole('heading', { name: heading }).first().waitFor()
}

export async function inbox(page: Page, at: At): Promise<void> {
  await page.goto(`${at.origin}/inbox`)
  await page.getByRole('region', { name: at.words('inbox.mine') }).waitFor()
  await page.waitForTimeout(300)
}

/** Opens the conversation with somebody. */
export async function conversation(page: Page, at: At, name: string, under = '/inbox'): Promise<void> {
  await page.goto(`${at.origin}${under}/${at.stage.conversationOf(name).id}`)
  await page.getByRole('log').waitFor()
  await page.waitForTimeout(400)
}

/** Where one writes. */
export function composer(page: Page, at: At) {
  return page.getByRole('textbox', { name: at.words('composer.label'), exact: true })
}
