import { expect } from 'vitest'
import { findings } from './world/barriers.ts'
import { soon } from './world/compare.ts'
import { newestConversation } from './world/meeting.ts'
import { type Mailing, test } from './world/scene.ts'

/** A contact who left an address and went, the answer that an operator gave, and the link that came by mail. */
async function mailed({ scene, mailbox }: Pick<Mailing, 'scene' | 'mailbox'>) {
  const company = await scene.company('Anna Berg')
  const visitor = await scene.visitor(company.widget)
  await visitor.open()
  await visitor.say('Do you have this lamp in red?')
  const address = visitor.frame.getByRole('textbox', { name: 'Your e-mail address' })
  await address.waitFor()
  expect(await findings(visitor.page, 'foyer-messenger'), 'asked for an address').toEqual([])
  await address.fill('zoe@contact')
  await visitor.button('Let me know').click()
  await visitor.frame.getByText('This e-mail address isn’t complete.').waitFor()
  await address.fill('zoe@contact.example')
  await visitor.button('Let me know').click()
  await visitor.frame.getByText('We can reach you at zoe@contact.example').waitFor()
  const id = await newestConversation(scene, company)
  await visitor.page.goto('about:blank')

  const desk = await scene.desk(company.operators[0] as (typeof company.operators)[number])
  await desk.show(id)
  await desk.assignToMe()
  await desk.say('Yes, from next week on.')
  await desk.message('Yes, from next week on.').waitFor()
  // It is shown before it is stored.
  await soon(() =>
    scene.sql(
      `select from entries where conversation_id = $1 and kind = 'message' and actor_kind = 'operator'`,
      [id],
    ),
  ).toHaveLength(1)
  await scene.sql(
    `update entries set at = at - interval '11 minutes' where conversation_id = $1 and actor_kind = 'operator'`,
    [id],
  )
  await expect
    .poll(
      async () => {
        // Whoever has closed the page counts as there for a moment.
        await scene.sql(
          'update unread_mails set due_at = clock_now() where conversation_id = $1 and due_at > clock_now()',
          [id],
        )
        return mailbox.mails.length
      },
      { timeout: 40_000, interval: 500 },
    )
    .toBe(1)
  const [mail] = mailbox.mails
  expect(mail?.subject).toBe('Anna Berg replied to you')
  const link = /http:\S+\/m#\S+/.exec(mail?.text ?? '')?.[0] ?? ''
  expect(link.startsWith(`${scene.origin}/m#`)).toBe(true)

  return { company, visitor, desk, id, link }
}

test('[T4] a contact who left an address and went is told of the answer, and comes back by the link', async ({
  mailing,
}) => {
  const { scene } = mailing
  const { company, desk, link } = await mailed(mailing)
  // The same browser, in which the site's messenger has somebody else's secret.
  const other = await scene.build.contact({ organizationId: company.organization.id })
  const person = await scene.person()
  await person.context.addInitScript(
    ([name, token]) => {
      if (location.hostname === 'localhost') localStorage.setItem(name, token)
    },
    [`foyer:${company.widget.key}:token`, other.token] as const,
  )
  const { page } = person
  await page.goto(link)
  await page.getByText('z••••@c••••t.example').waitFor()
  await page.getByRole('button', { name: 'That was not me' }).waitFor()
  expect(await findings(page), 'before the button').toEqual([])
  const verified = () =>
    scene.sql<{ at: string | null }>('select email_verified_at as at from contacts where email = $1', [
      'zoe@contact.example',
    ])
  expect(await verified()).toEqual([{ at: null }])
  await page.getByRole('button', { name: 'Open the conversation' }).click()
  await page.getByRole('log').getByText('Yes, from next week on.').waitFor()
  await desk.page.getByText('verified', { exact: true }).waitFor()
  expect((await verified())[0]?.at).not.toBeNull()
  expect(page.url()).toBe(`${scene.origin}/m`)
  const kept = await page.evaluate((name) => localStorage.getItem(name), `foyer:${company.widget.key}:token`)
  expect(kept).toBe(other.token)

  const input = page.getByRole('textbox', { name: 'Message', exact: true })
  await input.fill('Then I take two')
  await input.press('Enter')
  await desk.message('Then I take two').waitFor()
  await page.reload()
  await page.getByRole('log').getByText('Then I take two').waitFor()

  // A second press in the same browser opens again.
  const later = await person.context.newPage()
  await later.goto(link)
  await later.getByRole('button', { name: 'Open the conversation' }).click()
  await later.getByRole('log').getByText('Then I take two').waitFor()
  await later.close()
  await desk.log.getByText('From a verified browser').waitFor()
})

test('[T4] the browser that left an address reads no further once it was proven elsewhere', async ({
  mailing,
}) => {
  const { scene, mailbox } = mailing
  const { visitor, desk, link } = await mailed(mailing)
  const { page } = await scene.person()
  await page.goto(link)
  await page.getByRole('button', { name: 'Open the conversation' }).click()
  await page.getByRole('log').getByText('Yes, from next week on.').waitFor()
  // It is told how it goes on.
  await visitor.page.goBack()
  await visitor.frame
    .getByText('continues where the link we sent to z••••@c••••t.example was opened')
    .waitFor()
  expect(await findings(visitor.page, 'foyer-messenger'), 'parted').toEqual([])
  expect(await visitor.frame.getByText('Yes, from next week on.').count()).toBe(0)
  await visitor.button('Send me a new link').click()
  await visitor.frame.getByText('A new link is on its way').waitFor()
  await soon(() => mailbox.mails.length).toBe(2)
  expect(mailbox.mails[1]?.subject).toMatch(/^Your link to the conversation with /)

  const again = await scene.person()
  await again.page.goto(link)
  await again.page.getByRole('heading', { name: 'This link is no longer valid' }).waitFor()
  expect(again.complaints.list.splice(0)).toEqual([expect.stringContaining('status of 404')])
  await again.page.getByRole('button', { name: 'Send me a new link' }).click()
  await again.page.getByText('a new one is on its way').waitFor()
  await soon(() => mailbox.mails.length).toBe(3)
  const newest = /http:\S+\/m#\S+/.exec(mailbox.mails[2]?.text ?? '')?.[0] ?? ''

  // Whoever got it says that it was not them.
  await again.page.goto('about:blank')
  await again.page.goto(newest)
  await again.page.getByRole('button', { name: 'That was not me' }).click()
  await again.page.getByRole('heading', { name: 'Thank you for telling us' }).waitFor()
  expect(await findings(again.page), 'refused').toEqual([])
  await desk.log.getByText('says they didn’t leave it').waitFor()
  await desk.details.getByText('zoe@contact.example').waitFor({ state: 'hidden' })
})

test('without a server for mail, the settings show mails as they would be sent', async ({ scene }) => {
  const { organization } = await scene.company('Anna Berg')
  const owner = await scene.build.operator({ organizationId: organization.id, role: 'owner' })
  const desk = await scene.desk(owner, { path: '/settings/mail' })
  await desk.page.getByText('E-mails are saved here but not sent').waitFor()
  await desk.button('Send a test mail to myself').click()
  const row = desk.page.getByRole('listitem').filter({ hasText: owner.email })
  await row.getByText('Kept').waitFor()
  await row.getByRole('button', { name: `View the mail to ${owner.email}` }).click()
  const said = `E-mail from ${organization.name} works. There’s nothing you need to do.`
  const shown = desk.page.frameLocator('iframe').getByRole('paragraph').filter({ hasText: said })
  await shown.waitFor()
  // The mail's own looks, which our policy would refuse as they stand.
  await soon(() => shown.evaluate((part) => getComputedStyle(part).fontSize)).toBe('16px')
  await desk.button(/^Formatted/).click()
  await desk.page.getByRole('option', { name: 'Plain text' }).click()
  await desk.page.locator('pre').getByText(said).waitFor()
})

test('[X7] a colleague is invited by mail, in the language of who invites, and comes in by it', async ({
  mailing: { scene, mailbox },
}) => {
  const company = await scene.company()
  const owner = await scene.build.operator({
    organizationId: company.organization.id,
    name: 'Élise Dubois',
    role: 'owner',
    locale: 'fr',
  })
  const desk = await scene.desk(owner, { path: '/settings/team' })
  await desk.button('Inviter un collègue').click()
  const dialog = desk.page.getByRole('dialog', { name: 'Inviter un collègue' })
  const address = dialog.getByRole('textbox', { name: 'E-mail (facultatif)' })
  await address.fill('nina@colleague')
  await dialog.getByRole('button', { name: 'Envoyer l’invitation' }).click()
  await dialog.getByText('adresse e-mail').waitFor()
  const email = `nina@${company.organization.id}.example`
  await address.fill(email)
  await address.press('Enter')
  await dialog.getByText(`L’invitation est en route vers ${email}`).waitFor()
  expect(await findings(desk.page), 'the invitation under way').toEqual([])
  await desk.page.keyboard.press('Escape')
  const row = desk.page.getByRole('list', { name: 'Invitations' }).getByRole('listitem')
  await row.filter({ hasText: email }).getByText('Envoyé').waitFor()
  const mail = mailbox.mails.find(({ to }) => [to].flat()[0]?.text === email)
  expect(mail?.subject).toBe(`Élise Dubois vous invite à rejoindre ${company.organization.name}`)
  const link = /http:\S+\/invitation#\S+/.exec(mail?.text ?? '')?.[0] ?? ''

  const { page } = await scene.person()
  await page.goto(link)
  await page.getByRole('heading', { name: `Join ${company.organization.name}` }).waitFor()
  await soon(() => page.getByRole('textbox', { name: 'E-mail' }).inputValue()).toBe(email)
  await page.getByRole('textbox', { name: 'Name' }).fill('Nina New')
  await page.getByLabel('Password').fill('a long enough password')
  await page.getByRole('button', { name: 'Join' }).click()
  await page.getByRole('region', { name: 'Mine', exact: true }).waitFor()
  await desk.page.getByRole('list', { name: 'Collègues' }).getByText('Nina New').waitFor()
  await soon(() => row.filter({ hasText: email }).count()).toBe(0)
})
