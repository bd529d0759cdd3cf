import type { FrameLocator, Locator, Page } from 'playwright-core'
import type { Complaints, Person } from './browser.ts'
import { bubble } from './desk.ts'

/** A contact before the shop, with the messenger in its corner. */
export class Messenger {
  readonly person: Person
  readonly page: Page
  readonly complaints: Complaints
  /** The shop's origin. */
  readonly shop: string

  constructor(person: Person, shop: string) {
    this.person = person
    this.page = person.page
    this.complaints = person.complaints
    this.shop = shop
  }

  get launcher(): Locator {
    return this.page.getByRole('button', { name: /chat/i })
  }
  get frame(): FrameLocator {
    return this.page.frameLocator('foyer-messenger iframe')
  }
  get input(): Locator {
    return this.frame.getByRole('textbox', { name: 'Message', exact: true })
  }
  get log(): Locator {
    return this.frame.getByRole('log')
  }
  message(text: string): Locator {
    return bubble(this.log, text)
  }
  button(name: string | RegExp): Locator {
    return this.frame.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) })
  }

  async open(): Promise<void> {
    await this.launcher.click()
    await this.input.waitFor()
  }

  async close(): Promise<void> {
    await this.launcher.click()
    await this.input.waitFor({ state: 'hidden' })
  }

  async say(text: string): Promise<void> {
    await this.input.fill(text)
    await this.input.press('Enter')
    await this.message(text).waitFor()
  }
}
