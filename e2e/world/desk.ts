import type { Locator, Page } from 'playwright-core'
import type { BuiltOperator } from '../../server/src/testing/build.ts'
import type { Complaints, Person } from './browser.ts'

/** An operator before the Message Center, in English. */
export class Desk {
  readonly person: Person
  readonly page: Page
  readonly complaints: Complaints
  readonly origin: string
  readonly operator: BuiltOperator

  constructor(person: Person, origin: string, operator: BuiltOperator) {
    this.person = person
    this.page = person.page
    this.complaints = person.complaints
    this.origin = origin
    this.operator = operator
  }

  get log(): Locator {
    return this.page.getByRole('log')
  }
  get input(): Locator {
    return this.page.getByRole('textbox', { name: 'Message', exact: true })
  }
  get details(): Locator {
    return this.page.getByRole('complementary', { name: 'Details' })
  }
  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) })
  }
  section(name: 'Mine' | 'Unassigned'): Locator {
    return this.page.getByRole('region', { name, exact: true })
  }
  row(conversationId: string): Locator {
    return this.page.locator(`a[href="/inbox/${conversationId}"]`)
  }
  message(text: string): Locator {
    return bubble(this.log, text)
  }

  async show(conversationId: string): Promise<void> {
    await this.page.goto(`${this.origin}/inbox/${conversationId}`)
    await this.log.waitFor()
  }

  /** Opens a conversation from the list, and takes the hand off it again. */
  async openFromList(conversationId: string): Promise<void> {
    await this.row(conversationId).click()
    await this.log.waitFor()
    await this.letGo()
  }

  /** Rows hold still under the pointer; nothing does once it is elsewhere. */
  async letGo(): Promise<void> {
    await this.page.mouse.move(640, 5)
  }

  async assignToMe(): Promise<void> {
    await this.button('Assign to me').click()
    await this.input.waitFor()
    // It is shown before it is stored, and a line that is cut in between would lose the answer.
    await this.log.getByText('You took this conversation').last().waitFor()
  }

  async say(text: string): Promise<void> {
    await this.input.fill(text)
    await this.input.press('Enter')
  }

  async setState(label: 'Set to open' | 'Set to pending'): Promise<void> {
    await this.button(/^State:/).click()
    await this.page.getByRole('menuitem', { name: label }).click()
  }
}

/** The bubble with exactly this text. */
export function bubble(log: Locator, text: string): Locator {
  return log.locator('[dir="auto"]').filter({ hasText: new RegExp(`^${escaped(text)}$`) })
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
