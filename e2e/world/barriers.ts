import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What axe finds on a page and in its frames, in few words. */
export async function findings(page: Page, include?: string): Promise<string[]> {
  // Motion has ended: half-faded words have half their contrast.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((each) => each.finished.catch(() => null))),
  )
  const builder = new AxeBuilder({ page }).withTags(rules)
  const { violations } = await (include ? builder.include(include) : builder).analyze()
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  )
}
