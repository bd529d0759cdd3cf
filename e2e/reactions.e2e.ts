import { soon } from './world/compare.ts'
import { meet } from './world/meeting.ts'
import { test } from './world/scene.ts'

test('[X2] both react to what the other said, see it at once, hear of it, and take it back', async ({
  scene,
}) => {
  const { desk, visitor } = await meet(scene, { first: 'It arrived today' })
  await desk.say('Glad to hear')
  await visitor.message('Glad to hear').hover()
  await visitor.button('React').click()
  await visitor.button('React with ❤️').click()
  const ofContact = desk.log.getByRole('button', { name: /^❤️ from / })
  await ofContact.waitFor()
  await desk.page.getByText(/reacted with ❤️/).waitFor({ state: 'attached' })

  await desk.message('It arrived today').hover()
  await desk.button('React').click()
  await desk.button('React with 👍').click()
  await visitor.button('👍 from Anna Berg').waitFor()
  await visitor.frame.getByText('Anna Berg reacted with 👍').waitFor({ state: 'attached' })

  // A press on what is there adds mine, and another takes it back.
  await ofContact.click()
  await visitor.button('❤️ from Anna Berg, You').waitFor()
  await soon(() => ofContact.getAttribute('aria-pressed')).toBe('true')
  await visitor.button('❤️ from Anna Berg, You').click()
  await visitor.button('❤️ from Anna Berg').waitFor()
  await ofContact.click()
  await soon(() => ofContact.count()).toBe(0)
  await soon(() => visitor.button(/^❤️/).count()).toBe(0)

  await Promise.all([visitor.page.reload(), desk.page.reload()])
  await visitor.button('👍 from Anna Berg').waitFor()
  await desk.button('👍 from You').waitFor()
})

test('[X2] by keys alone, on both sides', async ({ scene }) => {
  const { desk, visitor } = await meet(scene, { first: 'One question' })
  await desk.say('Of course')
  await visitor.message('Of course').waitFor()
  const { keyboard } = desk.page
  await desk.log.getByRole('group').last().focus()
  await keyboard.press('ArrowUp')
  await desk.button('React').waitFor()
  await keyboard.press('Tab')
  await keyboard.press('Enter')
  await desk.page.getByRole('dialog', { name: 'React' }).waitFor()
  await desk.button('React with 😂').focus()
  await keyboard.press('Enter')
  await visitor.button('😂 from Anna Berg').waitFor()

  await visitor.log.getByRole('group').last().focus()
  await visitor.button('React').waitFor()
  await visitor.page.keyboard.press('Tab')
  await visitor.page.keyboard.press('Enter')
  await visitor.page.keyboard.press('Tab')
  await visitor.page.keyboard.press('Enter')
  await desk.button(/^👍 from /).waitFor()
})

test('[X2 C2] any emoji can be a reaction, found by its name, on both sides', async ({ scene }) => {
  const { desk, visitor } = await meet(scene, { first: 'We have moved in' })
  await desk.message('We have moved in').hover()
  await desk.button('React').click()
  await desk.button('Other emoji').click()
  await desk.page.getByRole('combobox', { name: /emoji/i }).pressSequentially('party pop')
  await desk.page.getByRole('gridcell', { name: /party popper/i }).waitFor()
  await desk.page.keyboard.press('Enter')
  await visitor.button('🎉 from Anna Berg').waitFor()

  await desk.say('Congratulations')
  await visitor.message('Congratulations').hover()
  await visitor.button('React').click()
  await visitor.button('Other emoji').click()
  const search = visitor.frame.getByRole('combobox', { name: /emoji/i })
  await search.pressSequentially('house')
  await visitor.frame.getByRole('option', { name: /^house$/i }).waitFor()
  // Away from the message, which keeps what it has opened.
  await visitor.page.mouse.move(5, 5)
  await search.press('Escape')
  await visitor.frame.getByRole('dialog', { name: 'React' }).waitFor({ state: 'hidden' })
  await visitor.button('Other emoji').click()
  await visitor.frame.getByRole('combobox', { name: /emoji/i }).pressSequentially('house')
  await visitor.frame.getByRole('option', { name: /^house$/i }).click()
  await desk.log.getByRole('button', { name: /^🏠.* from / }).waitFor()
})
