import type { Page } from 'playwright-core'

/** Fingers on a page, as the browser hears of them. */
export async function touching(page: Page) {
  const session = await page.context().newCDPSession(page)
  type At = { x: number; y: number }
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: At[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints })
  const apart = ({ x, y }: At, pixels: number) => [
    { x: x - pixels / 2, y },
    { x: x + pixels / 2, y },
  ]
  return {
    async pinch(around: At, from: number, to: number) {
      await send('touchStart', apart(around, from))
      for (let step = 1; step <= 5; step++)
        await send('touchMove', apart(around, from + ((to - from) * step) / 5))
      await send('touchEnd', [])
    },
    async doubleTap(at: At) {
      for (const _ of [1, 2]) {
        await send('touchStart', [at])
        await send('touchEnd', [])
      }
    },
  }
}
