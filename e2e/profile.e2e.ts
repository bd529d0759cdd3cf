import { fileURLToPath } from 'node:url'
import { pictureBytes } from '@foyer/contract/operators.ts'
import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import { soon } from './world/compare.ts'
import { test } from './world/scene.ts'

const face = fileURLToPath(new URL('world/face.png', import.meta.url))

/** How wide the picture is that has come; 0: it has not, or there is none. */
const widthOf = (picture: Locator) => async () =>
  (await picture.count()) === 0
    ? 0
    : picture.first().evaluate((element) => (element as HTMLImageElement).naturalWidth)

/** A picture that cannot be made small without losing something, made in the browser. */
function noise(): string {
  const canvas = document.createElement('canvas')
  canvas.width = 1_200
  canvas.height = 900
  const pen = canvas.getContext('2d')
  const pixels = new ImageData(canvas.width, canvas.height)
  for (let at = 0; at < pixels.data.length; at += 16_384)
    crypto.getRandomValues(pixels.data.subarray(at, at + 16_384))
  pen?.putImageData(pixels, 0, 0)
  return canvas.toDataURL('image/png')
}

test('[X7] a picture is sent, seen by a colleague and by the contact, and taken away again', async ({
  scene,
}) => {
  const company = await scene.company('Ann Berg', 'Ben Colleague')
  const [ann, ben] = company.operators
  if (!ann || !ben) throw new Error('The company has two operators.')
  const contact = await scene.build.contact({ organizationId: company.organization.id })
  await scene.build.conversation({ contact, widget: company.widget, assignee: ann })
  const desk = await scene.desk(ann, { path: '/settings/profile' })
  const part = desk.page.getByRole('group', { name: 'Picture' })

  const choosing = desk.page.waitForEvent('filechooser')
  await desk.button('Choose a picture').press('Enter')
  await (await choosing).setFiles(face)
  await soon(widthOf(part.locator('img'))).toBe(256)
  await soon(widthOf(desk.page.getByRole('button', { name: /Ann Berg/ }).locator('img'))).toBe(256)

  const colleague = await scene.desk(ben, { path: '/operators' })
  const row = colleague.page.getByRole('listitem').filter({ hasText: 'Ann Berg' })
  await soon(widthOf(row.locator('img'))).toBe(256)

  const messenger = await scene.returning(company.widget, contact)
  await messenger.open()
  await messenger.frame.getByRole('button', { name: /Ann Berg/ }).click()
  await soon(widthOf(messenger.frame.locator('header .face img'))).toBe(256)

  // What is no picture says so, and the one that is there stays.
  await part.locator('input[type=file]').setInputFiles({
    name: 'face.png',
    mimeType: 'image/png',
    buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
  })
  await part.getByRole('alert').getByText('isn’t a PNG, JPEG or WebP').waitFor()
  expect(desk.complaints.list.splice(0)).toEqual([expect.stringContaining('status of 400')])
  await soon(widthOf(part.locator('img'))).toBe(256)

  // What a phone takes is larger than may be sent: the browser makes it smaller.
  const large = await desk.page.evaluate(noise)
  const buffer = Buffer.from(large.split(',')[1] ?? '', 'base64')
  expect(buffer.length).toBeGreaterThan(pictureBytes)
  const before = await part.locator('img').getAttribute('src')
  await part.locator('input[type=file]').setInputFiles({ name: 'large.png', mimeType: 'image/png', buffer })
  await soon(() => part.locator('img').getAttribute('src')).not.toBe(before)
  await soon(widthOf(part.locator('img'))).toBe(256)

  await desk.button('Remove').press('Enter')
  await desk.button('Choose a picture').waitFor()
  await soon(() => part.locator('img').count()).toBe(0)
  await soon(() => row.locator('img').count()).toBe(0)
  expect(await desk.button('Choose a picture').evaluate((button) => button === document.activeElement)).toBe(
    true,
  )
  expect(await scene.sql('select from operator_pictures where operator_id = $1', [ann.id])).toEqual([])
})

test('[X7] languages are chosen by keyboard, and who speaks the contact’s stands first where a conversation is given on', async ({
  scene,
}) => {
  const company = await scene.company('Zoe Zimmer')
  const { organization, widget } = company
  const [zoe] = company.operators
  if (!zoe) throw new Error('The company has an operator.')
  const ada = await scene.build.operator({
    organizationId: organization.id,
    name: 'Ada Admin',
    role: 'admin',
  })
  await scene.build.operator({ organizationId: organization.id, name: 'Bo Between' })
  const desk = await scene.desk(zoe, { path: '/settings/profile' })

  for (const [letters, name] of [
    ['fr', 'French'],
    ['ger', 'German'],
  ] as const) {
    await desk.button('Add a language').press('Enter')
    await desk.page.locator('[role=menuitem]:focus').waitFor()
    await desk.page.keyboard.type(letters)
    await desk.page.keyboard.press('Enter')
    await desk.page.getByRole('row', { name }).waitFor()
    await desk.page.getByRole('menu').waitFor({ state: 'hidden' })
  }
  await desk.page.getByRole('row', { name: 'German' }).press('Delete')
  await soon(() => desk.page.getByRole('row').count()).toBe(1)
  await desk.page.getByRole('textbox', { name: 'Signature' }).fill('Zoe Zimmer\nMon to Fri')
  await desk.button('Save').click()
  await desk.page.getByText('Saved').waitFor()
  await desk.page.reload()
  await desk.page.getByRole('row', { name: 'French' }).waitFor()
  expect(await desk.page.getByRole('textbox', { name: 'Signature' }).inputValue()).toBe(
    'Zoe Zimmer\nMon to Fri',
  )

  const contact = await scene.build.contact({ organizationId: organization.id })
  await scene.sql(`update contacts set locale = 'fr' where id = $1`, [contact.id])
  const { id } = await scene.build.conversation({ contact, widget })
  const other = await scene.desk(ada, { path: '/operators' })
  await other.page.getByRole('listitem').filter({ hasText: 'Zoe Zimmer' }).getByText('French').waitFor()
  await other.show(id)
  await other.button(/^Assigned to:/).click()
  const items = other.page.getByRole('menuitem')
  await items.filter({ hasText: 'Zoe Zimmer' }).getByText('Speaks French').waitFor()
  const names = await items.allTextContents()
  expect(names.findIndex((text) => text.includes('Zoe'))).toBeLessThan(
    names.findIndex((text) => text.includes('Bo Between')),
  )
})
