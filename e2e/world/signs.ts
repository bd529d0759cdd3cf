import type { BrowserContext, Page } from 'playwright-core'

/** What pages of ours let be heard and showed, as far as the browser itself was asked for it. */
type Noted = { heard: number; notes: { title: string; body: string; open: boolean; click: () => void }[] }
type Window = { foyerNoted: Noted }

/** Writes down each sound that is played and each notification that is shown, in all pages loaded from now on. */
export async function noteSigns(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const noted: Noted = { heard: 0, notes: [] }
    Object.assign(window, { foyerNoted: noted })
    const { start } = AudioBufferSourceNode.prototype
    AudioBufferSourceNode.prototype.start = function (...given) {
      noted.heard++
      return start.apply(this, given)
    }
    const Real = window.Notification
    window.Notification = class extends Real {
      readonly noted
      constructor(title: string, options?: NotificationOptions) {
        super(title, options)
        this.noted = {
          title,
          body: options?.body ?? '',
          open: true,
          click: () => void this.dispatchEvent(new Event('click', { cancelable: true })),
        }
        noted.notes.push(this.noted)
      }
      override close() {
        this.noted.open = false
        super.close()
      }
    }
  })
}

const noted = (page: Page) =>
  page.evaluate(() => {
    const { heard, notes } = (window as unknown as Window).foyerNoted
    return { heard, notes: notes.map(({ title, body, open }) => ({ title, body, open })) }
  })

/** What was heard and shown in some pages together. */
export async function signsOf(...pages: readonly Page[]) {
  const all = await Promise.all(pages.map(noted))
  return {
    heard: all.reduce((sum, { heard }) => sum + heard, 0),
    notes: all.flatMap(({ notes }) => notes),
  }
}

/** Clicks the notification a page has shown last. */
export const clickLast = (page: Page) =>
  page.evaluate(() => (window as unknown as Window).foyerNoted.notes.at(-1)?.click())

/** Lets pages believe that nobody has touched them until somebody clicks; to drive a page is a touch for the browser. */
export async function holdBack(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    let touched = false
    addEventListener(
      'pointerdown',
      () => {
        touched = true
      },
      true,
    )
    Object.defineProperty(UserActivation.prototype, 'hasBeenActive', { get: () => touched })
  })
}
