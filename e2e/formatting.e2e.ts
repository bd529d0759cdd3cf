import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import { payloads } from './payloads.ts'
import { findings } from './world/barriers.ts'
import { soon, written } from './world/compare.ts'
import { editor, lastSaid, shapeOf } from './world/formatted.ts'
import { meet, one } from './world/meeting.ts'
import { test } from './world/scene.ts'

/** Pastes what another program has put on the clipboard. */
function paste(field: Locator, data: Record<string, string>): Promise<void> {
  return field.evaluate((element, kinds) => {
    const clipboardData = new DataTransfer()
    for (const [kind, value] of Object.entries(kinds)) clipboardData.setData(kind, value)
    element.focus()
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, data)
}
const isFocused = (place: Locator) => place.evaluate((element) => element === document.activeElement)

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
  await desk.input.press('Shift+Enter')
  await desk.input.press('Shift+Enter')
  await desk.input.pressSequentially('3. bye')
  await desk.input.press('Enter')
  const shape =
    '<p>Hello <strong>Zoe</strong>, it is <em>not</em> <s>sold</s> <code>out</code>:</p>' +
    '<ul><li><p>one</p></li><li><p>two</p></li></ul>' +
    '<blockquote><p>so they say</p></blockquote><pre>npm start</pre><ol><li><p>bye</p></li></ol>'
  await soon(() => lastSaid(visitor.log)).toBe(shape)
  await soon(() => lastSaid(desk.log)).toBe(shape)
  expect(await written(desk.input)).toBe('')
  const [entry] = await scene.sql<{ text: string }>(
    `select text from entries where conversation_id = $1 and actor_kind = 'operator' and kind = 'message'`,
    [id],
  )
  expect(entry?.text).toBe('Hello Zoe, it is not sold out:\n• one\n• two\n> so they say\nnpm start\n3. bye')
  await desk.row(id).getByText('Hello Zoe, it is not sold out').waitFor()
})

test('[C1] the bar shows what the caret stands in, is remembered, and is used by keyboard alone', async ({
  scene,
}) => {
  const { desk, visitor } = await meet(scene)
  const { page } = desk
  const bar = page.getByRole('toolbar', { name: 'Formatting tools' })
  expect(await bar.count()).toBe(0)
  await editor(page).waitFor()
  await desk.button('Formatting').focus()
  await page.keyboard.press('Space')
  await bar.waitFor()
  expect(await desk.button('Formatting').getAttribute('aria-pressed')).toBe('true')
  await desk.input.focus()
  await page.keyboard.type('well ')
  const bold = bar.getByRole('button', { name: 'Bold' })
  await page.keyboard.press('Shift+Tab')
  for (let turn = 0; turn < 9 && !(await isFocused(bold)); turn++) await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Space')
  await page.keyboard.type('done')
  await soon(() => bold.getAttribute('aria-pressed')).toBe('true')
  expect(await findings(page, 'article')).toEqual([])
  await page.keyboard.press('Home')
  await soon(() => bold.getAttribute('aria-pressed')).toBe('false')
  await bar.getByRole('button', { name: 'Numbered list' }).click()
  await soon(() => bar.getByRole('button', { name: 'Numbered list' }).getAttribute('aria-pressed')).toBe(
    'true',
  )
  await page.keyboard.press('Enter')
  await soon(() => lastSaid(visitor.log)).toBe('<ol><li><p>well <strong>done</strong></p></li></ol>')
  await page.reload()
  await bar.waitFor()
  await desk.button('Formatting').click()
  await soon(() => bar.count()).toBe(0)
})

test('[C1] keys format, undo takes back, and a link leads where it says', async ({ scene }) => {
  const { desk, visitor } = await meet(scene)
  const { page } = desk
  const { keyboard } = page
  await editor(page).click()
  const hint = () => editor(page).evaluate((element) => getComputedStyle(element, '::before').content)
  expect(await hint()).toContain('Write a reply')
  await keyboard.press('Control+b')
  await keyboard.type('b')
  await soon(hint).toBe('none')
  await keyboard.press('Control+b')
  await keyboard.press('Control+i')
  await keyboard.type('i')
  await keyboard.press('Control+i')
  await keyboard.press('Control+Shift+x')
  await keyboard.type('s')
  await keyboard.press('Control+Shift+x')
  await keyboard.type(' page')
  await keyboard.press('Control+z')
  await soon(() => shapeOf(editor(page))).not.toContain('page')
  await keyboard.press('Control+Shift+z')
  await soon(() => shapeOf(editor(page))).toContain(' page')
  await keyboard.press('Control+Shift+ArrowLeft')
  await keyboard.press('Control+Shift+k')
  const dialog = page.getByRole('dialog', { name: 'Link' })
  await dialog.getByRole('textbox', { name: 'Address' }).fill('javascript:alert(1)')
  await keyboard.press('Enter')
  await dialog.getByText('Enter a web address').waitFor()
  await dialog.getByRole('textbox', { name: 'Address' }).fill('shop.example/returns')
  await keyboard.press('Enter')
  await dialog.waitFor({ state: 'hidden' })
  await soon(() => isFocused(editor(page))).toBe(true)
  await keyboard.press('Enter')
  await soon(() => lastSaid(visitor.log)).toBe(
    '<p><strong>b</strong><em>i</em><s>s</s> <a https://shop.example/returns>page</a></p>',
  )
  const link = visitor.log.getByRole('link', { name: 'page' })
  expect(await link.getAttribute('rel')).toBe('noopener noreferrer nofollow')
  // What was sent cannot be undone back into the field.
  await keyboard.press('Control+z')
  expect(await written(desk.input)).toBe('')
})

const word = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{color:red}</style></head><body>
<!--StartFragment--><h2>Offer</h2><p class=MsoNormal><b><span style='color:red'>Bold</span></b> and <i>italic</i><o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>   </span></span><![endif]>first</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>   </span></span>second</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.<span>   </span></span>third</p><!--EndFragment--></body></html>`
const docs = `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span style="font-weight:700">Bold</span><span style="font-weight:400;font-style:italic"> italic</span></p><ul><li dir="ltr"><p dir="ltr"><span>item</span></p></li></ul><table><tr><td><p>cell</p></td></tr></table></b>`
const hostile = `<div style="background:url(//evil.example)" onclick="__x=1"><script>__x=1</script><style>*{display:none}</style><img src=x onerror="__x=1"><svg onload="__x=1"><a href="javascript:__x=1">link</a></svg><a href="javascript:__x=1" onmouseover="__x=1">words</a> <a href="https://shop.example/">shop</a><iframe srcdoc="<script>parent.__x=1</script>"></iframe><math><mi//xlink:href="data:x,<script>__x=1</script>">m</math><form><button formaction="javascript:__x=1">go</button></form></div>`

test('[C1] what is pasted from Word, Docs and the web is cleaned to what can be said, and text stays text', async ({
  scene,
}) => {
  const { desk, visitor } = await meet(scene)
  const field = editor(desk.page)
  await field.waitFor()
  await paste(field, { 'text/html': word, 'text/plain': 'word' })
  expect(await shapeOf(field)).toBe(
    '<p><strong>Offer</strong></p><p><strong>Bold</strong> and <em>italic</em></p><ul><li><p>first</p></li><li><p>second</p></li></ul><ol><li><p>third</p></li></ol>',
  )
  await field.fill('')
  await paste(field, { 'text/html': docs, 'text/plain': 'docs' })
  expect(await shapeOf(field)).toBe(
    '<p><strong>Bold</strong><em> italic</em></p><ul><li><p>item</p></li></ul><p>cell</p>',
  )
  await field.fill('')
  await paste(field, { 'text/plain': '**not bold**\n\n- no list\n<b>no</b>' })
  expect(await written(field)).toBe('**not bold**\n\n- no list\n<b>no</b>')
  await field.press('Enter')
  await visitor.message('**not bold**\n\n- no list\n<b>no</b>').waitFor()
  await paste(field, { 'text/html': hostile, 'text/plain': 'hostile' })
  expect(
    await field.evaluate(
      (box) => box.querySelectorAll('script, style, img, svg, iframe, form, [onclick], [style]').length,
    ),
  ).toBe(0)
  expect(await shapeOf(field)).toContain('words <a https://shop.example/>shop</a>')
  await field.press('Enter')
  await soon(() => lastSaid(visitor.log)).toContain('<a https://shop.example/>shop</a>')
  for (const page of [desk.page, visitor.page])
    for (const frame of page.frames()) expect(await frame.evaluate(() => '__x' in window)).toBe(false)
})

test('[C1 N2 X2] markup in formatted text is shown as it was written on both sides and never runs', async ({
  scene,
}) => {
  const company = await scene.company('Anna Berg')
  const contact = await scene.build.contact({ organizationId: company.organization.id })
  const anna = one(company.operators)
  const built = await scene.build.conversation({
    contact,
    widget: company.widget,
    assignee: anna,
    text: 'first',
  })
  const desk = await scene.desk(anna, { path: `/inbox/${built.id}` })
  await desk.log.waitFor()
  const send = (content: unknown) =>
    desk.page.evaluate(
      async ([path, body]) => {
        const headers = { 'content-type': 'application/json', 'x-foyer': '1' }
        return (await fetch(path as string, { method: 'POST', headers, body: body as string })).status
      },
      [`/api/v1/conversations/${built.id}/messages`, JSON.stringify({ id: crypto.randomUUID(), content })],
    )
  const link = 'https://x.example/'
  const items = payloads.map((text) => [{ type: 'paragraph', runs: [{ text, bold: true, link }] }])
  expect(await send([{ type: 'bullets', items }])).toBe(200)
  expect(await send(payloads.map((text) => ({ type: 'code', text })))).toBe(200)
  const rest = desk.log.getByRole('button', { name: 'Show all' })
  await soon(() => rest.count()).toBe(2)
  for (let left = 2; left > 0; left--) {
    await rest.first().click()
    await soon(() => rest.count()).toBe(left - 1)
  }
  const visitor = await scene.returning(company.widget, contact)
  await visitor.open()
  await visitor.frame.locator('.past button').click()
  for (const { log, page } of [desk, visitor]) {
    await soon(() => log.locator('.rich pre').allTextContents()).toEqual(
      payloads.map((text) => text.trimEnd()),
    )
    expect(await log.locator('.rich a').count()).toBe(payloads.length)
    for (const frame of page.frames()) expect(await frame.evaluate(() => '__x' in window)).toBe(false)
  }
})

test('[C1 C11] a note has formatting and mentions, and is changed with both', async ({ scene }) => {
  const { company, desk } = await meet(scene)
  await scene.build.operator({ organizationId: company.organization.id, name: 'Ben Cole' })
  await desk.page.reload()
  await desk.page.getByRole('radio', { name: 'Note' }).click()
  const field = desk.page.getByRole('textbox', { name: 'Note' })
  await field.pressSequentially('- ask **first**, @be')
  await desk.page.getByRole('option', { name: 'Ben Cole' }).waitFor()
  await field.press('Tab')
  await field.press('Enter')
  const own = desk.page.getByRole('region', { name: 'Your note' })
  await soon(() => shapeOf(own.locator('.rich'))).toBe(
    '<ul><li><p>ask <strong>first</strong>, <span>@Ben Cole</span></p></li></ul>',
  )
  await own.getByRole('button', { name: 'Edit note' }).click()
  await own.getByRole('textbox').press('Control+End')
  await own.getByRole('textbox').pressSequentially(' now')
  await own.getByRole('button', { name: 'Save' }).click()
  await soon(() => shapeOf(own.locator('.rich'))).toBe(
    '<ul><li><p>ask <strong>first</strong>, <span>@Ben Cole</span> now</p></li></ul>',
  )
})

test('[C1] no key is lost while the editor comes', async ({ scene }) => {
  const { visitor, desk, id } = await meet(scene)
  const { context } = desk.person
  const page = await context.newPage()
  let letGo = () => {}
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await page.route(/formatted-field-.*\.js/, async (route) => {
    await held
    await route.continue()
  })
  await page.goto(`${scene.origin}/inbox/${id}`)
  const plain = page.locator('textarea[aria-label="Message"]')
  await plain.click()
  await page.keyboard.type('It is')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('here, ')
  letGo()
  const field = editor(page)
  for (let turn = 0; (await field.count()) === 0; turn++) await page.keyboard.type(`${turn} `)
  await page.keyboard.type('done')
  expect(await written(field)).toMatch(/^It is\nhere, (?:\d+ )*done$/)
  const turns = (await written(field)).match(/\d+/g) ?? []
  expect(turns).toEqual(turns.map((_, turn) => String(turn)))
  await page.keyboard.press('Enter')
  await visitor.log.getByText('It is').waitFor()
})
