import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { expect } from 'vitest'
import { findings } from './world/barriers.ts'
import { soon, written } from './world/compare.ts'
import type { Desk } from './world/desk.ts'
import { meet, one } from './world/meeting.ts'
import { type Company, type Scene, test } from './world/scene.ts'

type Given = { name: string; shortcut?: string; key?: string; versions: Record<string, unknown> }

/** Macros of everybody. */
async function keep(scene: Scene, { organization }: Company, ...macros: Given[]): Promise<void> {
  for (const { name, shortcut, key, versions } of macros)
    await scene.sql(
      `insert into macros (organization_id, id, name, shortcut, key, versions, words) values ($1, $2, $3, $4, $5, $6, lower($3))`,
      [organization.id, randomUUID(), name, shortcut ?? null, key ?? null, JSON.stringify(versions)],
    )
}
const list = ({ page }: Desk) => page.getByRole('listbox', { name: 'Macros' })
const option = (desk: Desk, name: string) => list(desk).getByRole('option', { name: new RegExp(`^${name}`) })
const nameContact = (scene: Scene, id: string, name: string, locale = 'en') =>
  scene.sql(
    `update contacts k set name = $2, locale = $3 from conversations c
      where c.id = $1 and k.organization_id = c.organization_id and k.id = c.contact_id`,
    [id, name, locale],
  )

test('[C3 K16] a macro is found by a word, filled in, and sent in one stroke or after a look', async ({
  scene,
}) => {
  const { company, desk, visitor, id } = await meet(scene)
  await nameContact(scene, id, 'Zoe Quinn')
  await keep(
    scene,
    company,
    {
      name: 'Greeting',
      shortcut: 'hi',
      versions: { en: { text: 'Hello {{contact.first_name|there}}, I am {{operator.first_name}}.' } },
    },
    { name: 'Return label', shortcut: 'label', versions: { en: { text: 'The label is on its way.' } } },
    ...Array.from({ length: 40 }, (_, n) => ({
      name: `Other ${n}`,
      versions: { en: { text: 'Another text' } },
    })),
  )
  await desk.show(id)
  await desk.input.click()
  await desk.input.pressSequentially('!gree')
  await option(desk, 'Greeting').waitFor()
  expect(await list(desk).getByRole('option').count()).toBe(1)
  await desk.page.getByText('Hello Zoe, I am Anna.').first().waitFor()
  expect(await findings(desk.page)).toEqual([])
  await desk.input.press('Enter')
  await soon(() => written(desk.input)).toBe('Hello Zoe, I am Anna.')
  expect(await list(desk).count()).toBe(0)
  await desk.input.pressSequentially(' How can I help?')
  await desk.input.press('Enter')
  await visitor.message('Hello Zoe, I am Anna. How can I help?').waitFor()
  // At once, by its shortcut.
  await desk.input.pressSequentially('!label')
  await option(desk, 'Return label').waitFor()
  await desk.input.press('Control+Enter')
  await visitor.message('The label is on its way.').waitFor()
  await soon(() => written(desk.input)).toBe('')
  // By its whole name in brackets.
  await desk.input.pressSequentially('![Return label]')
  await option(desk, 'Return label').waitFor()
  await desk.input.press('Enter')
  await soon(() => visitor.message('The label is on its way.').count()).toBe(2)
  await soon(() =>
    scene.sql(
      'select name, used::int as used from macros where organization_id = $1 and used > 0 order by name',
      [company.organization.id],
    ),
  ).toEqual([
    { name: 'Greeting', used: 1 },
    { name: 'Return label', used: 2 },
  ])
})

test('[C3] the button opens the same list, also for a note; Escape leaves nothing behind', async ({
  scene,
}) => {
  const { company, desk, id } = await meet(scene)
  await keep(scene, company, { name: 'Checked', versions: { en: { text: 'Checked with the warehouse.' } } })
  await desk.show(id)
  await desk.input.fill('So')
  await desk.button('Macros').click()
  await option(desk, 'Checked').waitFor()
  await desk.page.keyboard.press('Escape')
  await soon(() => list(desk).count()).toBe(0)
  await soon(async () => (await written(desk.input)).trim()).toBe('So')
  // Whoever goes on with a key takes the focus along.
  await desk.input.fill('')
  await desk.input.pressSequentially('!')
  await list(desk).waitFor()
  await desk.page.keyboard.press('Shift+Tab')
  await soon(() => list(desk).count()).toBe(0)
  expect(await desk.page.evaluate(() => document.activeElement === document.body)).toBe(false)
  await desk.input.fill('')
  await desk.page.getByRole('radio', { name: 'Note' }).click()
  await desk.button('Macros').click()
  await option(desk, 'Checked').waitFor()
  await desk.page.keyboard.press('Enter')
  const note = desk.page.getByRole('textbox', { name: 'Note', exact: true })
  await soon(() => written(note)).toBe('Checked with the warehouse.')
  await desk.page.keyboard.press('Enter')
  await desk.log.getByText('Checked with the warehouse.').waitFor()
})

test('[C3] an exclamation mark is one: what is meant as a text is sent as it is', async ({ scene }) => {
  const { company, desk, visitor } = await meet(scene)
  await keep(scene, company, { name: 'Bonjour', versions: { en: { text: 'Hello' } } })
  await desk.input.click()
  await desk.input.pressSequentially('Merci !')
  await list(desk).waitFor()
  await desk.input.press('Enter')
  await visitor.message('Merci !').waitFor()
  await desk.input.pressSequentially('Oui ! Bonjour à vous')
  expect(await list(desk).count()).toBe(0)
  await desk.input.press('Enter')
  await visitor.message('Oui ! Bonjour à vous').waitFor()
})

test('[C3 C5] in the language of the contact, with its formatting, by its own key', async ({ scene }) => {
  const { company, desk, visitor, id } = await meet(scene)
  await nameContact(scene, id, 'Zoé', 'fr')
  await keep(scene, company, {
    name: 'Steps',
    key: 's',
    versions: {
      en: { text: 'Steps' },
      fr: {
        text: 'Étapes :\n• un',
        content: [
          { type: 'paragraph', runs: [{ text: 'Étapes', bold: true }, { text: ' :' }] },
          { type: 'bullets', items: [[{ type: 'paragraph', runs: [{ text: 'pour {{contact.name}}' }] }]] },
        ],
      },
    },
  })
  await desk.show(id)
  await desk.page.locator('[contenteditable][role="textbox"]').waitFor()
  await desk.input.click()
  await desk.page.keyboard.press('Alt+Shift+S')
  await desk.input.locator('strong', { hasText: 'Étapes' }).waitFor()
  await desk.input.locator('li', { hasText: 'pour Zoé' }).waitFor()
  await desk.page.keyboard.press('Enter')
  await visitor.log.locator('.rich strong', { hasText: 'Étapes' }).waitFor()
  await visitor.log.locator('.rich li', { hasText: 'pour Zoé' }).waitFor()
})

test('[C3] what nothing is known for stands out, and is not sent unasked; what somebody is called is only text', async ({
  scene,
}) => {
  const { company, desk, visitor, id } = await meet(scene)
  await nameContact(scene, id, '{{operator.name}} {{7*7}} <b>x</b>')
  await keep(
    scene,
    company,
    { name: 'Address', versions: { en: { text: 'We write to {{contact.email}}.' } } },
    { name: 'Name', versions: { en: { text: 'You are {{contact.name}}' } } },
  )
  await desk.show(id)
  await desk.page.locator('[contenteditable][role="textbox"]').waitFor()
  const asked = desk.page.getByRole('dialog', { name: 'Something is still missing' })
  await desk.input.click()
  await desk.input.pressSequentially('!Name')
  await option(desk, 'Name').waitFor()
  await desk.input.press('Control+Enter')
  await visitor.message('You are {{operator.name}} {{7*7}} <b>x</b>').waitFor()
  expect(await asked.count()).toBe(0)
  await desk.input.pressSequentially('!Address')
  await option(desk, 'Address').waitFor()
  await desk.input.press('Enter')
  await desk.input.locator('.unfilled', { hasText: '{{contact.email}}' }).waitFor()
  await desk.page.getByText('Still to fill in: contact’s e-mail').waitFor()
  await desk.input.press('Enter')
  await asked.getByRole('button', { name: 'Fill in' }).click()
  await asked.waitFor({ state: 'hidden' })
  await soon(() => written(desk.input)).toBe('We write to {{contact.email}}.')
  await desk.input.press('Enter')
  await asked.getByRole('button', { name: 'Send without it' }).click()
  await visitor.message('We write to .').waitFor()
})

test('[C5] a macro is written, changed and removed in the settings, and is at once there to be used', async ({
  scene,
}) => {
  const company = await scene.company('Anna Berg')
  const anna = one(company.operators)
  await scene.sql(
    `update operators set role_id = (select id from roles where organization_id = $1 and kind = 'manager') where id = $2`,
    [company.organization.id, anna.id],
  )
  const desk = await scene.desk(anna, { path: '/settings/macros' })
  const { page } = desk
  desk.complaints.allow(/status of 409.*\/macros$/)
  await desk.button('New macro').click()
  const dialog = page.getByRole('dialog', { name: 'New macro' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Opening hours')
  await dialog.getByRole('textbox', { name: 'Shortcut' }).fill('hours')
  const text = dialog.getByRole('textbox', { name: 'Text' })
  await text.click()
  await page.keyboard.type('Dear {{contact.first_name}}, we open at nine.')
  await dialog.getByRole('region', { name: 'Preview' }).getByText('Dear Alex, we open at nine.').waitFor()
  expect(await findings(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'hidden' })
  const rows = page.getByRole('list', { name: 'All macros' }).getByRole('listitem')
  await rows.filter({ hasText: 'Opening hours' }).getByText('Never used').waitFor()
  expect(await findings(page)).toEqual([])
  // What another one has is told where it is typed.
  await desk.button('New macro').click()
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Another')
  await dialog.getByRole('textbox', { name: 'Shortcut' }).fill('HOURS')
  await text.click()
  await page.keyboard.type('Text')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByText('“Opening hours” already uses this.').waitFor()
  await page.keyboard.press('Escape')
  await desk.button('Edit “Opening hours”').click()
  const open = page.getByRole('dialog', { name: 'Opening hours' })
  await open.getByRole('textbox', { name: 'Name' }).fill('When we are there')
  await open.getByRole('button', { name: 'Save' }).click()
  await rows.filter({ hasText: 'When we are there' }).waitFor()
  await page.getByRole('searchbox', { name: 'Search macros' }).fill('zzz')
  await page.getByText('No macro matches your search.').waitFor()
  await page.getByRole('searchbox', { name: 'Search macros' }).fill('nine')
  await rows.filter({ hasText: 'When we are there' }).waitFor()
})

test('[C5] macros go out as a file and come in again, after one has seen what would come of it', async ({
  scene,
}) => {
  const company = await scene.company('Anna Berg')
  const desk = await scene.desk(one(company.operators), { path: '/settings/macros' })
  const { page } = desk
  const file = (text: string) => ({ name: 'macros.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  const choose = async (text: string) => {
    const chooser = page.waitForEvent('filechooser')
    await desk.button('Import').click()
    await (await chooser).setFiles(file(text))
  }
  await choose('name;audience;text_en\nMine;me;Hello\nFor all;everyone;Hello\n;me;No name\n')
  const dialog = page.getByRole('dialog', { name: 'Import “macros.csv”' })
  await dialog.getByText('Row 3: your role doesn’t allow this').waitFor()
  await dialog.getByText('Row 4: “name” is missing or not valid').waitFor()
  expect(await findings(page)).toEqual([])
  expect(
    await scene.sql('select from macros where organization_id = $1', [company.organization.id]),
  ).toHaveLength(0)
  await dialog.getByRole('button', { name: 'Import 1 macro' }).click()
  await page.getByText('1 macro imported.').waitFor()
  await page.getByRole('list', { name: 'All macros' }).getByText('Mine').waitFor()
  const download = page.waitForEvent('download')
  await desk.button('Export CSV').click()
  const text = await readFile(await (await download).path(), 'utf8')
  expect(text).toMatch(/^\ufeffid,name,shortcut,key,folder,audience,group,text_en/)
  await choose(text)
  await dialog.getByText('Unchanged').waitFor()
  expect(await dialog.getByRole('button', { name: /^Import/ }).isDisabled()).toBe(true)
})
