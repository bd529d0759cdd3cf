import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { findings } from './world/barriers.ts'
import { soon } from './world/compare.ts'
import { test } from './world/scene.ts'

const before = 'correct horse battery'
const after = 'a kettle on the harbour'

async function logIn(page: Page, email: string, password: string) {
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByLabel('Password').press('Enter')
}
const inbox = (page: Page) => page.getByRole('region', { name: 'Mine', exact: true })

test('[X7] a password is changed in the settings by keyboard; here one stays, elsewhere one is out', async ({
  mailing: { scene, mailbox },
}) => {
  const company = await scene.company()
  const ann = await scene.build.operator({ organizationId: company.organization.id, name: 'Ann Admin' })
  const elsewhere = await scene.desk(ann)
  const desk = await scene.desk(ann, { path: '/settings/profile' })
  const { page } = desk
  await page.getByRole('link', { name: 'Change the password' }).press('Enter')
  await page.getByRole('heading', { name: 'Password', level: 2 }).waitFor()
  const [current, next] = [page.getByLabel('Current password'), page.getByLabel('New password')]
  await current.focus()
  await page.keyboard.type(before)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await soon(() => current.getAttribute('type')).toBe('text')
  await page.keyboard.press('Tab')
  await soon(() => next.evaluate((field) => field === document.activeElement)).toBe(true)
  await page.keyboard.type('Password123')
  desk.complaints.allow(/status of 400.*\/me\/password$/)
  await page.keyboard.press('Enter')
  await page.getByRole('alert').getByText('Others would try this password first').waitFor()
  expect(await findings(page), 'a common password').toEqual([])
  await next.fill(after)
  await next.press('Enter')
  await page.getByText('Your password has been changed.').waitFor()
  await elsewhere.page.getByRole('heading', { name: 'Log in' }).waitFor()
  await elsewhere.page.getByText(company.organization.name).waitFor()
  await soon(() => mailbox.mails.some(({ subject }) => subject?.endsWith('was changed'))).toBe(true)
  // Still logged in, under the cookie that came with it.
  await page.reload()
  await page.getByRole('heading', { name: 'Password', level: 2 }).waitFor()
})

test('[X7] who forgot the password is mailed a link, chooses another, and is in', async ({
  mailing: { scene, mailbox },
}) => {
  const company = await scene.company()
  const ann = await scene.build.operator({ organizationId: company.organization.id, locale: 'en' })
  const { page } = await scene.person()
  await page.goto(scene.origin)
  await page.getByRole('link', { name: 'Forgot password?' }).click()
  await page.getByRole('heading', { name: 'Forgot your password?' }).waitFor()
  expect(await findings(page), 'forgotten').toEqual([])
  await page.getByRole('textbox', { name: 'E-mail' }).fill(ann.email)
  await page.getByRole('button', { name: 'Send me a link' }).click()
  await page.getByRole('heading', { name: 'Check your mailbox' }).waitFor()
  const linkIn = () => {
    const mail = mailbox.mails.find(({ to }) => [to].flat()[0]?.text === ann.email)
    return /http:\S+\/new-password#\S+/.exec(mail?.text ?? '')?.[0]
  }
  await soon(linkIn).toBeTruthy()
  await page.goto(linkIn() ?? '')
  await page.getByLabel('New password').fill(after)
  expect(page.url(), 'the secret is gone from the address').toBe(`${scene.origin}/new-password`)
  expect(await findings(page), 'a new password').toEqual([])
  await page.reload()
  await page.getByLabel('New password').fill(after)
  await page.getByRole('button', { name: 'Save and log in' }).click()
  await inbox(page).waitFor()

  const late = await scene.person()
  late.complaints.allow(/status of 404.*\/password-link$/)
  await late.page.goto(linkIn() ?? '')
  await late.page.getByRole('heading', { name: 'This link doesn’t work' }).waitFor()
  await late.page.getByRole('link', { name: 'Get a new link' }).waitFor()
})

test('without a server for mail the page says whom to ask, who makes a link under Team', async ({
  scene,
}) => {
  const company = await scene.company()
  const { id: organizationId } = company.organization
  const owner = await scene.build.operator({ organizationId, role: 'owner', name: 'Olga Owner' })
  const ann = await scene.build.operator({ organizationId, name: 'Ann Adams' })
  const { page } = await scene.person()
  await page.goto(scene.origin)
  await page.getByRole('link', { name: 'Forgot password?' }).click()
  await page.getByText('npm run owner-link').waitFor()
  expect(await findings(page), 'whom to ask').toEqual([])

  const desk = await scene.desk(owner, { path: '/settings/team' })
  await desk.button('Actions for Ann Adams').click()
  await desk.page.getByRole('menuitem', { name: 'Create a link for a new password' }).click()
  await desk.button('Make the link').click()
  const link = (await desk.page.locator('[data-invitation]').textContent()) ?? ''
  expect(await findings(desk.page), 'a link made').toEqual([])
  await desk.page.keyboard.press('Escape')
  await page.goto(link)
  await page.getByLabel('New password').fill(after)
  await page.getByLabel('New password').press('Enter')
  await inbox(page).waitFor()
  const other = await scene.person()
  await other.page.goto(scene.origin)
  await logIn(other.page, ann.email, after)
  await inbox(other.page).waitFor()
})

test('[X7] an address is changed under Profile, once the mail that went there is answered', async ({
  mailing: { scene, mailbox },
}) => {
  const company = await scene.company()
  const ann = await scene.build.operator({ organizationId: company.organization.id, name: 'Ann Adams' })
  const email = `${randomUUID()}@new.example`
  const desk = await scene.desk(ann, { path: '/settings/profile' })
  const { page } = desk
  await desk.button('Change the address').click()
  const field = page.getByLabel('New e-mail address')
  await soon(() => field.evaluate((each) => each === document.activeElement)).toBe(true)
  await field.fill(email)
  await page.getByLabel('Current password').fill(before)
  expect(await findings(page), 'an address being changed').toEqual([])
  await desk.button('Send the link').click()
  await page.getByText(`A link is on its way to ${email}`).waitFor()
  const linkTo = async (address: string) => {
    const find = () => {
      const mail = mailbox.mails.find(
        ({ to, text }) => [to].flat()[0]?.text === address && text?.includes('/address#'),
      )
      return /http:\S+\/address#\S+/.exec(mail?.text ?? '')?.[0]
    }
    await soon(find).toBeTruthy()
    return find() ?? ''
  }
  const proof = await scene.person()
  await proof.page.goto(await linkTo(email))
  await proof.page.getByText(`log in to ${company.organization.name} with ${email}`).waitFor()
  expect(await findings(proof.page), 'an address to confirm').toEqual([])
  await proof.page.getByRole('button', { name: 'Use this address' }).click()
  await proof.page.getByRole('heading', { name: 'That’s your address now' }).waitFor()
  await page.getByText(`You log in with ${email}.`).waitFor()
})

test('[X7] a change of address is taken back from the old mailbox, and a new password asked for', async ({
  scene,
}) => {
  const company = await scene.company()
  const ann = await scene.build.operator({ organizationId: company.organization.id, name: 'Ann Adams' })
  const address = `${randomUUID()}@old.example`
  const token = randomBytes(32).toString('base64url')
  await scene.sql(
    `insert into account_links (organization_id, token_hash, operator_id, kind, address, expires_at)
      values ($1, $2, $3, 'undo', $4, clock_now() + interval '1 day')`,
    [company.organization.id, createHash('sha256').update(token).digest(), ann.id, address],
  )
  const { page } = await scene.person()
  await page.goto(`${scene.origin}/address#${token}`)
  await page.getByRole('heading', { name: 'Undo the change' }).waitFor()
  expect(await findings(page), 'a change to take back').toEqual([])
  await page.getByRole('button', { name: 'Undo', exact: true }).press('Enter')
  await page.getByLabel('New password').fill(after)
  await page.getByLabel('New password').press('Enter')
  await inbox(page).waitFor()
  await soon(() => scene.sql('select email from operators where id = $1', [ann.id])).toEqual([
    { email: address },
  ])
})
