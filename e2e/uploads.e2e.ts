import { expect, inject } from 'vitest'
import { soon, written } from './world/compare.ts'
import { cardOf, handOf, holdParts, large, picture, text } from './world/hand.ts'
import { type Meeting, meet } from './world/meeting.ts'
import { test } from './world/scene.ts'

const { mode } = inject('e2e')

/** Who sends, and who sees it come. */
function sides({ desk, visitor }: Meeting, who: 'operator' | 'contact') {
  return who === 'operator'
    ? ({ side: desk, other: visitor } as const)
    : ({ side: visitor, other: desk } as const)
}

for (const who of ['operator', 'contact'] as const) {
  test(`[C7] sending never waits: a message waits for its files, those after it for the message, and all keep their order (${who})`, async ({
    scene,
  }) => {
    const { side, other } = sides(await meet(scene), who)
    const hand = handOf(side)
    const parts = await holdParts(side, 2)
    await hand.choose(large('plans.bin', 4))
    await hand.state('plans.bin', 'sending').waitFor()
    await soon(() => hand.attached.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('50')
    await side.input.fill('The plans')
    await side.input.press('Enter')
    // The field is free at once, and nothing stands above it any more.
    expect(await written(side.input)).toBe('')
    await side.input.fill('And a word after them')
    await side.input.press('Enter')
    await side.message('And a word after them').waitFor()
    await side.log.getByRole('progressbar', { name: 'plans.bin' }).waitFor()
    await side.page.waitForTimeout(300)
    expect(await other.message('And a word after them').count()).toBe(0)
    await parts.open()
    await other.message('And a word after them').waitFor()
    await cardOf(side, 'plans.bin').waitFor()
    const texts = await other.log.innerText()
    expect(texts.indexOf('The plans')).toBeLessThan(texts.indexOf('plans.bin'))
    expect(texts.indexOf('plans.bin')).toBeLessThan(texts.indexOf('And a word after them'))
    expect(parts.taken).toEqual([0, 1, 2, 3])
  })

  test(`[C7] an upload is taken back, before it is sent and after (${who})`, async ({ scene }) => {
    const { side, other } = sides(await meet(scene), who)
    const hand = handOf(side)
    const parts = await holdParts(side)
    await hand.choose(large('first.bin', 1), large('second.bin', 1))
    await soon(() => parts.waiting()).toBe(2)
    await side.button('Remove first.bin').click()
    await hand.card('first.bin').waitFor({ state: 'detached' })
    await side.input.fill('Never mind the file')
    await side.input.press('Enter')
    await side.log.getByRole('progressbar', { name: 'second.bin' }).waitFor()
    await side.button('Remove second.bin').click()
    await other.message('Never mind the file').waitFor()
    expect(await side.log.getByText('second.bin').count()).toBe(0)
    await soon(
      async () => (await scene.sql(`select from files where name in ('first.bin', 'second.bin')`)).length,
    ).toBe(0)
    await parts.open()
  })

  test(`[C7] a line that is cut during an upload costs at most the part under way (${who})`, async ({
    scene,
  }) => {
    const line = await scene.line()
    const meeting = await meet(
      scene,
      who === 'operator' ? { deskAt: line.origin } : { visitorAt: line.origin },
    )
    scene.expectOutage()
    const { side, other } = sides(meeting, who)
    const hand = handOf(side)
    const parts = await holdParts(side, 2)
    await hand.choose(large('cut.bin', 4))
    await soon(() => parts.waiting()).toBe(1)
    await line.cut()
    await parts.open()
    await hand.card('cut.bin').getByText('waiting for the connection').waitFor()
    await side.input.fill('Said in the dark')
    await side.input.press('Enter')
    await line.mend()
    await cardOf(other, 'cut.bin').last().waitFor({ timeout: 30_000 })
    await other.message('Said in the dark').last().waitFor()
    expect(parts.taken.toSorted()).toEqual([0, 1, 2, 3])
  })

  test(`[C7] a reload during an upload loses neither file nor message, before it is sent and after (${who})`, async ({
    scene,
  }) => {
    const { side, other } = sides(await meet(scene), who)
    const hand = handOf(side)
    const parts = await holdParts(side, 2)
    await hand.choose(large('kept.bin', 4), picture('kept.png'))
    await soon(() => parts.waiting()).toBeGreaterThan(0)
    await hand.arrived('kept.png')
    await side.page.reload()
    await hand.card('kept.bin').waitFor()
    await hand.arrived('kept.png')
    await soon(() => parts.waiting()).toBeGreaterThan(1)
    await side.input.fill('Both are here')
    await side.input.press('Enter')
    await side.log.getByRole('progressbar', { name: 'kept.bin' }).waitFor()
    await side.page.reload()
    await side.log.getByRole('progressbar', { name: 'kept.bin' }).waitFor()
    await side.page.unroute(/\/uploads\/[^/]+\/parts\/\d+$/)
    await side.page.reload()
    await other.message('Both are here').waitFor({ timeout: 30_000 })
    await cardOf(other, 'kept.bin').waitFor()
    await other.button('View kept.png').waitFor()
    const taken = parts.taken.filter((part) => part > 0)
    expect(new Set(taken).size, `each part once, of ${taken}`).toBe(taken.length)
  })
}

test('[C7] where the browser no longer has a file it is asked for again, and another one is not taken', async ({
  scene,
}) => {
  const { desk, visitor } = await meet(scene)
  const hand = handOf(desk)
  const parts = await holdParts(desk, 1)
  const file = large('lost.bin', 2)
  await hand.choose(file)
  await soon(() => parts.waiting()).toBe(1)
  await desk.page.evaluate(async () => {
    for (const { name } of await indexedDB.databases()) if (name) indexedDB.deleteDatabase(name)
  })
  await parts.open()
  await desk.page.route(/\/uploads\/[^/]+\/parts\/1$/, (route) => route.abort())
  desk.complaints.expectOutage()
  await desk.page.reload()
  await hand.state('lost.bin', 'missing').getByText('no longer has the file').waitFor()
  const again = hand.card('lost.bin').locator('input[type=file]')
  await again.setInputFiles(text('other.txt', 'other'))
  await desk.page.getByText('That’s a different file').waitFor()
  await desk.page.unroute(/\/uploads\/[^/]+\/parts\/1$/)
  await again.setInputFiles(file)
  await hand.arrived('lost.bin')
  await desk.button('Send').click()
  await cardOf(visitor, 'lost.bin').waitFor()
})

if (mode === 'one')
  test('[C7] a server that is killed during uploads and starts again has kept what had arrived', async ({
    own: { scene, installation },
  }) => {
    const { desk, visitor } = await meet(scene)
    const [server] = installation.processes
    scene.expectOutage()
    const [anna, contact] = [handOf(desk), handOf(visitor)]
    const [theirs, ours] = [await holdParts(visitor, 2), await holdParts(desk, 2)]
    await Promise.all([anna.choose(large('anna.bin', 4)), contact.choose(large('contact.bin', 4))])
    await soon(() => ours.waiting() + theirs.waiting()).toBe(2)
    await server?.stop('SIGKILL')
    await Promise.all([ours.open(), theirs.open()])
    await Promise.all([desk.say('From Anna'), visitor.say('From the contact')])
    await server?.startAgain()
    await cardOf(desk, 'contact.bin').waitFor({ timeout: 40_000 })
    await cardOf(visitor, 'anna.bin').waitFor({ timeout: 40_000 })
    for (const { taken } of [ours, theirs]) expect(taken.toSorted()).toEqual([0, 1, 2, 3])
    const sizes = await scene.sql<{ bytes: string }>(
      `select bytes from files where name like '%.bin' order by name`,
    )
    expect(sizes.map(({ bytes }) => Number(bytes))).toEqual([4 * 1024 * 1024, 4 * 1024 * 1024])
  })
