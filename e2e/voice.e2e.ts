import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import { findings } from './world/barriers.ts'
import { soon } from './world/compare.ts'
import type { Desk } from './world/desk.ts'
import { meet } from './world/meeting.ts'
import type { Messenger } from './world/messenger.ts'
import { test as base } from './world/scene.ts'

// One without windows has nobody to ask for the microphone, and gives none.
const test = base.extend({ browser: 'whole' })

type Side = Desk | Messenger

const secondsOf = (clock: string) => Number(clock.split(':')[0]) * 60 + Number(clock.split(':')[1])

/** Somebody who speaks: the recorder in their composer, and the voice messages in their log. */
function voiceOf(side: Side) {
  const root = 'frame' in side ? side.frame : side.page
  const bar = root.getByRole('group', { name: 'Voice message recording' })
  const button = (name: string, at: Locator = bar) => at.getByRole('button', { name, exact: true })
  const messages = root.getByRole('group', { name: /^Voice message \(\d+:\d\d\)$/ })
  return {
    bar,
    messages,
    button,
    record: root.getByRole('button', { name: 'Record a voice message', exact: true }),
    /** Gives the microphone, which beeps. */
    allow: () => side.person.context.grantPermissions(['microphone']),
    /** Presses the button and speaks for so long. */
    async speak(ms: number) {
      await root.getByRole('button', { name: 'Record a voice message', exact: true }).click()
      await bar.getByText('Recording', { exact: true }).waitFor()
      await side.page.waitForTimeout(ms)
    },
    play: (message: Locator) => button('Play', message).click(),
    position: (message: Locator) => message.getByRole('slider', { name: 'Position' }),
    /** What the bar's clock shows: how long what is recorded is. */
    clock: () => bar.getByText(/^\d+:\d\d$/).innerText(),
    /** How long the newest message says it is. */
    said: async () =>
      ((await messages.last().getAttribute('aria-label')) ?? '').replace(/^Voice message \((.+)\)$/, '$1'),
    at: async (message: Locator) =>
      Number(await message.getByRole('slider', { name: 'Position' }).inputValue()),
  }
}

test('[C9] both sides speak, listen, and read of it in lists', async ({ scene }) => {
  const { desk, visitor, id } = await meet(scene)
  const [anna, contact] = [voiceOf(desk), voiceOf(visitor)]
  await Promise.all([anna.allow(), contact.allow()])
  await anna.speak(1_500)
  // A pause is none of it.
  await anna.button('Pause').click()
  await anna.bar.getByText('Paused', { exact: true }).waitFor()
  const spoken = await anna.clock()
  await desk.page.waitForTimeout(1_500)
  expect(await anna.clock()).toBe(spoken)
  await anna.button('Continue recording').click()
  await desk.page.waitForTimeout(700)
  await anna.button('Stop and listen').click()
  await anna.button('Play').waitFor()
  // How long it took to press, the machine decides.
  const recorded = secondsOf(await anna.clock())
  expect(recorded).toBeGreaterThanOrEqual(2)
  await anna.play(anna.bar)
  await soon(() => anna.at(anna.bar)).toBeGreaterThan(200)
  expect(await findings(desk.page)).toEqual([])
  await anna.button('Send').click()
  for (const side of [anna, contact]) await side.messages.waitFor()
  const said = await contact.said()
  expect(Math.abs(secondsOf(said) - recorded), 'the pause is none of it').toBeLessThanOrEqual(1)
  await soon(anna.said).toBe(said)
  await desk.row(id).getByText(`You: Voice message (${said})`).waitFor()
  await anna.bar.waitFor({ state: 'detached' })
  await soon(() => desk.input.evaluate((field) => field.contains(document.activeElement))).toBe(true)

  await contact.speak(1_600)
  await visitor.page.keyboard.press('Enter')
  await soon(() => anna.messages.count()).toBe(2)
  await soon(() => contact.messages.count()).toBe(2)
  const answered = await anna.said()
  expect(secondsOf(answered)).toBeGreaterThanOrEqual(1)
  await desk.row(id).getByText(`Voice message (${answered})`).waitFor()

  // Each plays what the other has said; the next goes on by itself, and only one is heard.
  const [first, second] = [contact.messages.first(), contact.messages.last()]
  await contact.play(first)
  await contact.button('Pause', first).waitFor()
  await contact.button('Pause', second).waitFor()
  await contact.button('Play', first).waitFor()
  expect(await contact.at(first)).toBe(0)
  await contact.button('Play', second).waitFor()

  const theirs = anna.messages.last()
  await anna.button('Speed: 1×', theirs).click()
  await anna.button('Speed: 1.5×', theirs).click()
  await anna.button('Speed: 2×', anna.messages.first()).waitFor()
  await anna.position(theirs).focus()
  await desk.page.keyboard.press('ArrowRight')
  await soon(() => anna.position(theirs).getAttribute('aria-valuetext')).toMatch(
    new RegExp(`^0:\\d\\d of ${answered}$`),
  )
  expect(await anna.at(theirs), 'the arrow leads on').toBeGreaterThan(0)
  expect(await findings(visitor.page)).toEqual([])
})

test('[C9] what was recorded outlives a reload, and what was discarded can be had back', async ({
  scene,
}) => {
  const { desk, visitor } = await meet(scene)
  for (const side of [desk, visitor] as const) {
    const voice = voiceOf(side)
    await voice.allow()
    await voice.speak(3_300)
    await side.page.reload()
    if ('launcher' in side) await side.frame.getByRole('log').waitFor()
    await voice.bar.getByText('You recorded this earlier').waitFor()
    await voice.bar.focus()
    await side.page.keyboard.press('Escape')
    await voice.bar.getByText('Recording discarded').waitFor()
    await voice.button('Undo').click()
    await voice.button('Send').click()
    await voice.messages.last().waitFor()
    await voice.bar.waitFor({ state: 'detached' })
  }
  // A slip is gone at once.
  const anna = voiceOf(desk)
  await anna.speak(300)
  await desk.page.keyboard.press('Escape')
  await anna.bar.waitFor({ state: 'detached' })
  await desk.input.waitFor()
})

test('[C9] a refused microphone is explained on both sides, and what was written stays', async ({
  scene,
}) => {
  const { desk, visitor } = await meet(scene)
  await visitor.input.fill('half a sentence')
  for (const side of [desk, visitor] as const) {
    const voice = voiceOf(side)
    await side.person.context.clearPermissions()
    await voice.record.click()
    await voice.bar.getByRole('alert').getByText('The microphone is blocked for this site').waitFor()
    await voice.button('Close').click()
    await voice.bar.waitFor({ state: 'detached' })
  }
  expect(await visitor.input.inputValue()).toBe('half a sentence')
})

test('[C9] where a widget takes no sounds, a contact is offered no microphone', async ({ scene }) => {
  const company = await scene.company('Anna Berg')
  await scene.sql(`update widgets set media = '{"contacts": true, "kinds": ["picture"]}' where id = $1`, [
    company.widget.id,
  ])
  const visitor = await scene.visitor(company.widget)
  await visitor.open()
  await visitor.button('Attach files').waitFor()
  expect(await voiceOf(visitor).record.count()).toBe(0)
})
