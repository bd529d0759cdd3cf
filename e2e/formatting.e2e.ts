import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import { soon, written } from './world/compare.ts'
import { meet } from './world/meeting.ts'
import { test } from './world/scene.ts'

/** What stands in the last message, as it is built of elements. */
function lastSaid(log: Locator): Promise<string> {
  return log.evaluate((box) => {
    const said = [...box.querySelectorAll('.rich')].at(-1)
    const shape = (node: Node): string => {
      if (!(node instanceof Element)) return node.textContent ?? ''
      const name = node.tagName.toLowerCase()
      return `<${name}>${[...node.childNodes].map(shape).join('')}</${name}>`
    }
    return said ? [...said.childNodes].map(shape).join('') : ''
  })
}

test('[C1 C11] Markdown becomes formatting as one types, and both sides see it', async ({ scene }) => {
  const { desk, visitor, id } = await meet(scene)
  await desk.input.click()
  await desk.input.pressSequentially('Hello **Zoe**, it is _not_ ~~sold~~ `out`:')
  await desk.input.press('Shift+Enter')
  await desk.input.pressSequentially('- one')
  await desk.input.press('Shift+Enter')
  await desk.input.pressSequentially('two')
  await desk.input.press('Shift+Enter')
  await desk.input.press('Shift+Enter')
  await desk.input.pressSequentially('> so they say')
  await desk.input.press('Shift+Enter')
  await desk.input.press('Shift+Enter')
  await desk.input.pressSequentially('```')
  await desk.input.pressSequentially('npm start')
  await desk.input.press('Enter')
  const shape =
    '<p>Hello <strong>Zoe</strong>, it is <em>not</em> <s>sold</s> <code>out</code>:</p>' +
    '<ul><li><p>one</p></li><li><p>two</p></li></ul>' +
    '<blockquote><p>so they say</p></blockquote><pre>npm start</pre>'
  await soon(() => lastSaid(visitor.log)).toBe(shape)
  await soon(() => lastSaid(desk.log)).toBe(shape)
  expect(await written(desk.input)).toBe('')
  const [entry] = await scene.sql<{ text: string }>(
    `select text from entries where conversation_id = $1 and actor_kind = 'operator' and kind = 'message'`,
    [id],
  )
  expect(entry?.text).toBe('Hello Zoe, it is not sold out:\n• one\n• two\n> so they say\nnpm start')
})
