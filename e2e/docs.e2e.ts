import { expect } from 'vitest'
import { soon } from './world/compare.ts'
import { newestConversation, one } from './world/meeting.ts'
import { logInByCookie, test } from './world/scene.ts'

test('[X8] the API is documented where it is served, and does what its description says', async ({
  scene,
}) => {
  const { page, context } = await scene.person()
  await page.goto(`${scene.origin}/api/docs`)
  await page.getByText('/api/v1/conversations').first().waitFor()
  const description = (await (await context.request.get(`${scene.origin}/api/openapi.json`)).json()) as {
    openapi: string
    paths: Record<string, Record<string, { requestBody?: unknown }>>
  }
  expect(description.openapi).toMatch(/^3\.1/)
  const paths = Object.keys(description.paths)
  expect(paths).toContain('/api/v1/conversations/{conversationId}/messages')
  // At once: to look for each alone goes through the whole page a hundred times.
  await soon(async () => {
    const shown = new Set((await page.locator('body').innerText()).split(/\s+/))
    return paths.filter((path) => !shown.has(path))
  }).toEqual([])
})

test('[X8 H1] what a program writes over the API is before people at once', async ({ scene }) => {
  const company = await scene.company('Anna Berg')
  const visitor = await scene.visitor(company.widget)
  await visitor.open()
  await visitor.say('Is there an API?')
  const id = await newestConversation(scene, company)
  const program = await scene.person()
  await logInByCookie(program, one(company.operators), scene.origin)
  const headers = { 'x-foyer': '1', 'content-type': 'application/json' }
  const at = `${scene.origin}/api/v1/conversations/${id}`
  const put = await program.context.request.put(`${at}/assignee`, {
    headers,
    data: { id: crypto.randomUUID(), operatorId: one(company.operators).id, from: null },
  })
  expect(put.status()).toBe(200)
  const message = { id: crypto.randomUUID(), text: 'There is, and it answers.' }
  for (const replayed of [false, true]) {
    const post = await program.context.request.post(`${at}/messages`, { headers, data: message })
    expect([post.status(), (await post.json()).replayed]).toEqual([200, replayed])
  }
  await visitor.message('There is, and it answers.').waitFor()
  expect(await visitor.message('There is, and it answers.').count()).toBe(1)
})
