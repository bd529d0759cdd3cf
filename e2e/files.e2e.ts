import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { meet } from './world/meeting.ts'
import { test } from './world/scene.ts'

const picture = readFileSync(new URL('world/face.png', import.meta.url))

test('[C7][X2] files go both ways: chosen, with and without a text, each shown as what it is', async ({ scene }) => {
  const { desk, visitor } = await meet(scene)
  await desk.page.locator('input[type=file]').setInputFiles([
    { name: 'mug.png', mimeType: 'image/png', buffer: picture },
    { name: 'care.txt', mimeType: 'text/plain', buffer: Buffer.from('Wash by hand.') },
  ])
  const attached = desk.page.getByRole('list', { name: 'Attached files' })
  await attached.locator('[data-state=done]').nth(1).waitFor()
  await desk.say('Here it is.')
  await visitor.message('Here it is.').waitFor()
  await visitor.button('View mug.png').waitFor()
  await visitor.button('Download care.txt').waitFor()
  await desk.button('View mug.png').waitFor()
  await desk.button('Download care.txt').waitFor()
  await visitor.frame.locator('input[type=file]').setInputFiles([
    { name: 'broken.png', mimeType: 'image/png', buffer: picture },
  ])
  await visitor.frame.locator('.composer [data-state=done]').waitFor()
  await visitor.button('Send').click()
  await desk.button('View broken.png').waitFor()
  await visitor.button('View broken.png').waitFor()
  expect(await desk.log.getByRole('button', { name: 'View broken.png' }).count()).toBe(1)
})
