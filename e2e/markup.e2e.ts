import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { deadLinks, liveLinks, payloads } from './payloads.ts'
import { soon } from './world/compare.ts'
import { one } from './world/meeting.ts'
import { readUp } from './world/read-up.ts'
import { test } from './world/scene.ts'

/** Whether anything of what was written has run, in any frame. Dialogs and page errors fail a test by themselves. */
async function expectNothingRan(page: Page): Promise<void> {
  for (const frame of page.frames()) {
    expect(await frame.evaluate(() => '__x' in window)).toBe(false)
  }
}

test('[N2 X2] markup in messages and names of people is shown as it was written and never runs', async ({
  scene,
}) => {
  expect(new Set(payloads).size).toBeGreaterThanOrEqual(150)
  expect(payloads.filter((payload) => payload.length > 80)).toEqual([])
  const company = await scene.company('Anna Berg')
  const organizationId = company.organization.id
  await scene.sql('update organizations set name = $2 where id = $1', [organizationId, payloads[1]])
  await scene.sql('update widgets set name = $2 where id = $1', [company.widget.id, payloads[15]])
  const contact = await scene.build.contact({ organizationId, name: one(payloads, 2) })
  const anna = one(company.operators)
  const built = await scene.build.conversation({
    contact,
    widget: company.widget,
    assignee: anna,
    text: 'first',
  })
  let from = anna.id
  for (const name of payloads) {
    const { id } = await scene.build.operator({ organizationId, name })
    await scene.build.happen(built, { kind: 'assigned', by: id, to: id, from, toName: name })
    await scene.build.happen(built, { kind: 'operator_wrote', by: id }, name)
    await scene.build.happen(built, { kind: 'contact_wrote' }, name)
    from = id
  }
  const said = ['first', ...payloads.flatMap((payload) => [payload, payload])]

  const desk = await scene.desk(anna, { path: `/inbox/${built.id}` })
  await desk.log.waitFor()
  expect(await readUp(desk.log, 'first')).toEqual(said)
  const names = await desk.log.locator('bdi').allTextContents()
  for (const payload of payloads) expect(names).toContain(payload)
  await desk.page
    .getByRole('heading', { name: one(payloads, 2) })
    .first()
    .waitFor()
  await expectNothingRan(desk.page)

  const visitor = await scene.returning(company.widget, contact)
  await visitor.open()
  await visitor.frame.locator('.past button').click()
  expect(await readUp(visitor.log, 'first')).toEqual(said)
  const told = await visitor.log.evaluate((log) =>
    [...log.querySelectorAll('.event, .author')].map((each) => each.textContent),
  )
  for (const payload of payloads) {
    expect(told).toContain(payload)
    expect(told).toContain(`${payload} has joined the conversation`)
  }
  await expectNothingRan(visitor.page)
})

test('[N2 N3] markup in the names of contacts and in previews is shown as it was written in every list', async ({
  scene,
}) => {
  const company = await scene.company('Anna Berg')
  for (const name of payloads) {
    const contact = await scene.build.contact({ organizationId: company.organization.id, name })
    await scene.build.conversation({ contact, widget: company.widget, text: name })
  }
  for (const path of ['/inbox', '/conversations']) {
    const desk = await scene.desk(one(company.operators), { path })
    await desk.page.locator('[data-row] bdi').first().waitFor()
    const seen = new Set<string>()
    await soon(async () => {
      const texts = await desk.page.evaluate(() => {
        const rows = [...document.querySelectorAll('[data-row] a')]
        const last = rows.at(-1)
        last?.scrollIntoView({ block: 'start' })
        return rows.flatMap((row) => {
          const name = row.querySelector('bdi')?.textContent ?? ''
          const preview = row.querySelector('[dir="auto"]')?.textContent ?? ''
          return preview === name.trim() ? [name] : []
        })
      })
      for (const text of texts) seen.add(text)
      return payloads.filter((payload) => !seen.has(payload))
    }, 45_000).toEqual([])
    await expectNothingRan(desk.page)
  }
})

test('[N2 X2] only web, mail and telephone addresses become links, which say nothing of where they stood', async ({
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
  for (const text of [...deadLinks, ...liveLinks.map(([written]) => written)])
    await scene.build.happen(built, { kind: 'contact_wrote' }, `see ${text}`)
  const desk = await scene.desk(anna, { path: `/inbox/${built.id}` })
  const visitor = await scene.returning(company.widget, contact)
  await visitor.open()
  await visitor.frame.locator('.past button').click()
  for (const log of [desk.log, visitor.log]) {
    await log
      .locator('[dir="auto"]')
      .nth(deadLinks.length + liveLinks.length)
      .waitFor()
    const links = await log.evaluate((box) =>
      [...box.querySelectorAll('a')].map((link) => {
        const { href, rel, target, protocol, username } = link
        for (const hint of link.querySelectorAll('span')) hint.remove()
        const read = new URL((link.textContent ?? '').replace(/^(?=[^:]+@)/, 'mailto:')).href
        return { href, rel, target, protocol, username, isAsRead: read === href }
      }),
    )
    for (const link of links) {
      expect(link).toMatchObject({
        rel: 'noopener noreferrer nofollow',
        target: '_blank',
        username: '',
        isAsRead: true,
      })
      expect(['http:', 'https:', 'mailto:', 'tel:']).toContain(link.protocol)
    }
    const hrefs = links.map(({ href }) => href)
    for (const [, href] of liveLinks) expect(hrefs).toContain(href)
    // What hides an address behind another kind may leave the plain address in it a link, and nothing else.
    expect(hrefs.length).toBeLessThanOrEqual(liveLinks.length + 2)
  }
})
