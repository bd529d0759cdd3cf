import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { findings } from './world/barriers.ts'
import { soon } from './world/compare.ts'
import { cardOf, handOf, picture, text, tone } from './world/hand.ts'
import { meet } from './world/meeting.ts'
import { test } from './world/scene.ts'
import { touching } from './world/touch.ts'

test('[C7][X2] files go both ways: chosen, dropped and pasted, with a text and without', async ({
  scene,
}) => {
  const { desk, visitor } = await meet(scene)
  const [anna, contact] = [handOf(desk), handOf(visitor)]
  await anna.choose(picture('mug.png'), text('care.txt', 'Wash by hand.'))
  await anna.paste(picture('pasted.png'))
  await anna.hold(text('held.txt', '-'))
  await desk.page.getByText('Drop files here').waitFor()
  await anna.drop(text('dropped.txt', 'Dropped.'))
  await desk.page.getByText('Drop files here').waitFor({ state: 'hidden' })
  // Beside the conversation it is shown where to, and the page stays.
  const row = desk.row(await idOf(desk))
  expect((await anna.holdBeside(row, text('beside.txt', '-'))).isTaken).toBe(true)
  await desk.page.getByText('Drop files here').waitFor()
  expect((await anna.dropBeside(row, text('beside.txt', '-'))).isTaken).toBe(true)
  await desk.page.getByText('Drop files here').waitFor({ state: 'hidden' })
  expect(await anna.card('beside.txt').count()).toBe(0)
  await anna.arrived('mug.png', 'care.txt', 'pasted.png', 'dropped.txt')
  await desk.say('Here it is.')
  await visitor.message('Here it is.').waitFor()
  for (const side of [desk, visitor]) {
    await side.button('View mug.png').waitFor()
    await side.button('View pasted.png').waitFor()
    await cardOf(side, 'care.txt').waitFor()
    await cardOf(side, 'dropped.txt').waitFor()
  }
  expect(await anna.attached.count(), 'nothing is left above the text').toBe(0)
  await desk
    .row(await idOf(desk))
    .getByText('You: Here it is. mug.png care.txt')
    .waitFor()

  await contact.choose(picture('broken.png'))
  await contact.paste(text('pasted.txt', 'p'))
  await contact.drop(text('dropped.log', 'd'))
  await contact.arrived('broken.png', 'pasted.txt', 'dropped.log')
  await visitor.button('Send').click()
  for (const side of [desk, visitor]) {
    await side.button('View broken.png').waitFor()
    await cardOf(side, 'pasted.txt').waitFor()
    await cardOf(side, 'dropped.log').waitFor()
  }
  await desk
    .row(await idOf(desk))
    .getByText('broken.png pasted.txt dropped.log')
    .waitFor()
  // What was sent is what is saved.
  const [saved] = await Promise.all([desk.page.waitForEvent('download'), cardOf(desk, 'dropped.log').click()])
  expect([saved.suggestedFilename(), readFileSync(await saved.path(), 'utf8')]).toEqual(['dropped.log', 'd'])
  const [theirs] = await Promise.all([
    visitor.page.waitForEvent('download'),
    cardOf(visitor, 'care.txt').click(),
  ])
  expect(readFileSync(await theirs.path(), 'utf8')).toBe('Wash by hand.')
})

test('[X2] a contact sends files before anything was said, and finds them again', async ({ scene }) => {
  const company = await scene.company('Anna Berg')
  const visitor = await scene.visitor(company.widget)
  await visitor.open()
  const contact = handOf(visitor)
  await contact.choose(picture('crack.png'))
  await contact.arrived('crack.png')
  await visitor.button('Send').click()
  await visitor.button('View crack.png').waitFor()
  await soon(async () => (await scene.sql('select from entries where text = $1', ['crack.png'])).length).toBe(
    1,
  )
  await visitor.page.reload()
  await visitor.button('View crack.png').waitFor()
  await visitor.button('Back to overview').click()
  await visitor.frame.locator('.past .preview').getByText('crack.png').waitFor()
})

test('[C7] where a widget takes no files of contacts, or not these, it says so, or offers none', async ({
  scene,
}) => {
  const { company, desk, visitor } = await meet(scene)
  const { widget } = company
  const contact = handOf(visitor)
  await scene.sql(`update widgets set media = '{"contacts": true, "kinds": ["picture"]}' where id = $1`, [
    widget.id,
  ])
  visitor.complaints.allow(/status of 403/)
  await contact.choose(text('notes.txt', 'only pictures'), picture('fine.png'))
  await contact.card('notes.txt').getByRole('alert').getByText('can’t be sent here').waitFor()
  await contact.arrived('fine.png')
  await visitor.button('Send').click()
  await desk.button('View fine.png').waitFor()
  expect(await contact.card('notes.txt').count(), 'stays where it was refused').toBe(1)
  await visitor.button('Remove notes.txt').click()
  await contact.attached.waitFor({ state: 'hidden' })

  const silent = (await scene.company()).widget
  await scene.sql(`update widgets set media = '{"contacts": false, "kinds": []}' where id = $1`, [silent.id])
  const other = await scene.visitor(silent)
  await other.open()
  await soon(() => handOf(other).button.count(), 5_000).toBe(0)
  await handOf(other).paste(picture('pasted.png'))
  expect(await handOf(other).attached.count()).toBe(0)
})

test('[C7] pictures have their places before they come, and are looked at large by keyboard', async ({
  scene,
}) => {
  const { desk, visitor } = await meet(scene)
  const anna = handOf(desk)
  await anna.choose(picture('one.png'), picture('two.png'), picture('three.png'))
  await anna.arrived('one.png', 'two.png', 'three.png')
  await desk.say('Three of them')
  await visitor.button('View three.png').waitFor()

  // What they look like comes late; where they are is known.
  let go: () => void = () => undefined
  const gate = new Promise<void>((resolve) => {
    go = () => resolve()
  })
  await desk.page.route(/\/api\/v1\/files\/at\/[^/]+$/, async (route) => {
    if (route.request().method() === 'GET') await gate
    await route.continue()
  })
  await desk.page.reload()
  const places = () =>
    Promise.all(['one', 'two', 'three'].map((name) => desk.button(`View ${name}.png`).boundingBox()))
  await desk.button('View three.png').waitFor()
  await desk.message('Three of them').waitFor()
  await desk.page.waitForTimeout(300)
  const before = await places()
  go()
  await soon(() =>
    desk.log
      .locator('img')
      .evaluateAll((all) => all.filter((one) => (one as HTMLImageElement).naturalWidth > 0).length),
  ).toBe(3)
  expect(await places()).toEqual(before)

  const { page } = desk
  await desk.button('View two.png').focus()
  await page.keyboard.press('Enter')
  const viewer = (name: string) => page.getByRole('dialog', { name: `Picture: ${name}` })
  await viewer('two.png').waitFor()
  await viewer('two.png').getByText('You ·').waitFor()
  expect(await findings(page), 'the viewer').toEqual([])
  await page.keyboard.press('ArrowRight')
  await viewer('three.png').waitFor()
  const large = viewer('three.png').getByRole('img', { name: 'three.png' })
  await large.waitFor()
  await soon(async () => (await large.boundingBox())?.width ?? 0).toBeGreaterThan(300)
  const fits = (await large.boundingBox())?.width ?? 0
  await page.keyboard.press('+')
  await soon(async () => Math.round((await large.boundingBox())?.width ?? 0)).toBe(Math.round(fits * 1.5))
  await page.keyboard.press('0')
  await soon(async () => Math.round((await large.boundingBox())?.width ?? 0)).toBe(Math.round(fits))
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await viewer('one.png').waitFor()
  await page.keyboard.press('Escape')
  await viewer('one.png').waitFor({ state: 'hidden' })
  await soon(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
    'View two.png',
  )

  // The contact's, in the frame; Escape closes the picture alone.
  await visitor.button('View one.png').focus()
  await visitor.page.keyboard.press('Enter')
  const theirs = (name: string) => visitor.frame.getByRole('dialog', { name: `Picture: ${name}` })
  await theirs('one.png').getByText('Anna Berg').waitFor()
  await visitor.page.keyboard.press('ArrowRight')
  await theirs('two.png').waitFor()
  await visitor.page.keyboard.press('Escape')
  await theirs('two.png').waitFor({ state: 'hidden' })
  await visitor.input.waitFor()
})

test('[C7] two fingers and a double tap make a picture larger where they touch it', async ({ scene }) => {
  const { desk, visitor } = await meet(scene)
  const anna = handOf(desk)
  await anna.choose(picture('map.png'))
  await anna.arrived('map.png')
  await desk.say('The map')
  for (const side of [desk, visitor]) {
    const root = 'frame' in side ? side.frame : side.page
    await side.button('View map.png').click()
    const image = root.getByRole('dialog', { name: 'Picture: map.png' }).getByRole('img', { name: 'map.png' })
    const width = async () => (await image.boundingBox())?.width ?? 0
    await soon(width).toBeGreaterThan(50)
    const [fits, box] = [await width(), await image.boundingBox()]
    const middle = { x: (box?.x ?? 0) + fits / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 }
    const touches = await touching(side.page)
    await touches.pinch(middle, 40, 100)
    await soon(async () => (await width()) / fits).toBeGreaterThan(2.2)
    await soon(async () => (await width()) / fits).toBeLessThan(2.8)
    await touches.pinch(middle, 200, 20)
    await soon(async () => Math.round(await width())).toBe(Math.round(fits))
    await touches.doubleTap(middle)
    await soon(async () => Math.round(await width())).toBe(Math.round(fits * 2))
    await side.page.waitForTimeout(400)
    await touches.doubleTap(middle)
    await soon(async () => Math.round(await width())).toBe(Math.round(fits))
    await side.page.keyboard.press('Escape')
    await image.waitFor({ state: 'hidden' })
  }
})

test('[C7] a PDF opens in a tab of its own, on either side', async ({ scene }) => {
  const { desk, visitor } = await meet(scene)
  const anna = handOf(desk)
  await anna.choose({ name: 'manual.pdf', mimeType: 'application/pdf', buffer: Buffer.from(pdf) })
  await anna.arrived('manual.pdf')
  await desk.say('How it works')
  for (const side of [desk, visitor]) {
    const answered = side.page
      .context()
      .waitForEvent('response', (answer) => /\/api\/v1\/files\/at\/[^/]+$/.test(answer.url()))
    const [tab] = await Promise.all([side.page.waitForEvent('popup'), cardOf(side, 'manual.pdf').click()])
    const headers = await (await answered).allHeaders()
    expect(headers['content-type']).toBe('application/pdf')
    expect(headers['content-disposition']).toMatch(/^inline; filename="manual\.pdf"/)
    await tab.close()
  }
})

const pdf = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
trailer<</Root 1 0 R>>
%%EOF`

test('[C7] sound and video play where they stand, from the pieces that are asked for', async ({ scene }) => {
  const { desk, visitor } = await meet(scene)
  const ranges: (string | undefined)[] = []
  visitor.page.on('response', async (answer) => {
    if (/\/api\/v1\/files\/at\/[^/]+$/.test(answer.url()) && answer.status() === 206)
      ranges.push((await answer.allHeaders())['content-range'])
  })
  const film = await desk.page.evaluate(async () => {
    const canvas = document.createElement('canvas')
    const pen = canvas.getContext('2d')
    const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: 'video/webm;codecs=vp8' })
    const parts: Blob[] = []
    recorder.ondataavailable = ({ data }) => void parts.push(data)
    recorder.start()
    for (let at = 0; at < 15; at++) {
      pen?.fillRect(at * 10, at * 5, 30, 30)
      await new Promise((done) => setTimeout(done, 50))
    }
    await new Promise((done) => {
      recorder.onstop = done
      recorder.stop()
    })
    const bytes = new Uint8Array(await new Blob(parts).arrayBuffer())
    return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  })
  const anna = handOf(desk)
  await anna.choose(tone('ring.wav'), {
    name: 'unboxing.webm',
    mimeType: 'video/webm',
    buffer: Buffer.from(film, 'latin1'),
  })
  await anna.arrived('ring.wav', 'unboxing.webm')
  await desk.say('Listen, and look')
  for (const [selector, name] of [
    ['audio', 'ring.wav'],
    ['video', 'unboxing.webm'],
  ] as const) {
    const media = visitor.log.locator(selector)
    await soon(() => media.evaluate((one) => (one as HTMLMediaElement).readyState)).toBeGreaterThan(0)
    expect(await media.getAttribute('aria-label')).toBe(name)
    await media.evaluate((one) => {
      const player = one as HTMLMediaElement
      player.muted = true
      return player.play()
    })
    await soon(() => media.evaluate((one) => (one as HTMLMediaElement).currentTime)).toBeGreaterThan(0.1)
    await desk.log.locator(selector).waitFor()
  }
  expect(ranges.length).toBeGreaterThan(0)
})

test('[C7] what may do harm is saved only, with a warning; what is gone is said to be', async ({ scene }) => {
  const { desk, visitor } = await meet(scene)
  const anna = handOf(desk)
  const page = '<!doctype html><script>document.title = "owned"</script>'
  await anna.choose(
    { name: 'setup.exe', mimeType: 'application/pdf', buffer: Buffer.from(`MZ${'\0'.repeat(200)}`) },
    { name: 'page.html', mimeType: 'text/html', buffer: Buffer.from(page) },
    picture('gone.png'),
  )
  await anna.arrived('setup.exe', 'page.html', 'gone.png')
  await desk.say('Careful')
  for (const side of [desk, visitor]) {
    await cardOf(side, 'setup.exe').waitFor()
    await cardOf(side, 'page.html').waitFor()
    expect(await side.log.getByText('This file can run programs').count()).toBe(2)
  }
  const [saved] = await Promise.all([
    visitor.page.waitForEvent('download'),
    cardOf(visitor, 'page.html').click(),
  ])
  expect(saved.suggestedFilename()).toBe('page.html')

  for (const { complaints } of [desk, visitor]) complaints.allow(/status of 404/)
  await scene.sql(`delete from files where name in ('setup.exe', 'gone.png')`)
  await Promise.all([desk.page.reload(), visitor.page.reload()])
  for (const side of [desk, visitor]) {
    await side.log.locator('p', { hasText: 'gone.png' }).getByText('No longer available').waitFor()
    await cardOf(side, 'setup.exe').click()
    await side.log.getByText('No longer available').nth(1).waitFor()
  }
})

test('[C7] what is too large, empty, or too much is said at once', async ({ scene }) => {
  const { desk } = await meet(scene)
  const anna = handOf(desk)
  const folder = mkdtempSync(join(tmpdir(), 'foyer-large-'))
  const film = join(folder, 'film.mov')
  writeFileSync(film, '')
  truncateSync(film, 100 * 1024 * 1024 + 1)
  let begun = 0
  desk.page.on('request', (request) => {
    if (/\/api\/v1\/uploads$/.test(request.url())) begun++
  })
  await desk.page.locator('input[type=file]').first().setInputFiles(film)
  await anna.card('film.mov').getByRole('alert').getByText('larger than 100 MB').waitFor()
  rmSync(folder, { recursive: true })
  expect(begun).toBe(0)
  expect(await desk.button('Send').isEnabled()).toBe(false)
  await anna.choose(text('nothing.txt', ''))
  await desk.page.getByText('“nothing.txt” is empty').waitFor()
  await desk.button('Remove film.mov').click()
  await anna.choose(...Array.from({ length: 11 }, (_, n) => text(`${n}.txt`, `${n}`)))
  await desk.page.getByText('up to 10 files').waitFor()
  expect(await anna.attached.getByRole('listitem').count()).toBe(10)
})

test('[C7][X9] files are attached, removed and sent by keyboard alone, and named for who listens', async ({
  scene,
}) => {
  const { desk, visitor } = await meet(scene)
  for (const side of [desk, visitor]) {
    const hand = handOf(side)
    const [chooser] = await Promise.all([side.page.waitForEvent('filechooser'), hand.button.press('Enter')])
    expect(chooser.isMultiple()).toBe(true)
    await chooser.setFiles([text('keep.txt', 'keep'), text('drop.txt', 'drop')])
    await hand.arrived('keep.txt', 'drop.txt')
    expect(await findings(side.page), 'with files attached').toEqual([])
    await side.button('Remove drop.txt').focus()
    await side.page.keyboard.press('Enter')
    await hand.card('drop.txt').waitFor({ state: 'hidden' })
    await soon(() => side.input.evaluate((field) => field === document.activeElement)).toBe(true)
    await side.page.keyboard.press('Enter')
    await cardOf(side, 'keep.txt').last().waitFor()
  }
  await soon(() => cardOf(desk, 'keep.txt').count()).toBe(2)
})

async function idOf(desk: { page: { url(): string } }): Promise<string> {
  return new URL(desk.page.url()).pathname.split('/').at(-1) ?? ''
}
