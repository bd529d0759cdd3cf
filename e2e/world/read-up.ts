import type { Locator } from 'playwright-core'
import { soon } from './compare.ts'

/** Goes up through a log until its first message is there, page after page; returns the texts of all bubbles in order. */
export async function readUp(log: Locator, first: string): Promise<string[]> {
  const bubbles = log.locator('[dir="auto"]')
  await soon(async () => {
    await log.evaluate((box) => {
      for (let each: Element | null = box; each; each = each.parentElement) each.scrollTop = 0
    })
    return bubbles.first().textContent()
  }, 30_000).toBe(first)
  return bubbles.allTextContents()
}
