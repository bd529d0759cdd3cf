import { describe, expect, test } from 'vitest'
import { routes } from '../contract/routes.ts'
import { describe as describeApi, faults } from './openapi.ts'
import { forgotten } from './schema.ts'

describe('the description of the API', () => {
  test('has every route, and nothing a tool would stumble over', () => {
    const description = describeApi(routes)
    const ids = Object.values(description.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    )
    expect(ids.sort()).toEqual(Object.keys(routes).sort())
    expect(faults(description)).toEqual([])
  })

  test('is refused when it lies', () => {
    const description = describeApi(routes)
    const path = '/api/v1/contacts/{contactId}'
    const operation = description.paths[path]?.get
    if (!operation) throw new Error('The route that this test breaks is gone.')
    const broken = { ...operation, operationId: 'logIn', parameters: [], summary: 'Read.' }
    const found = faults({ ...description, paths: { ...description.paths, [path]: { get: broken } } })
    expect(found).toHaveLength(3)
  })
})

describe('the schema', () => {
  const table = (name: string, columns: string[], walls = true) => ({
    name,
    kind: 'table',
    options: '',
    columns: columns.map((column) => ({ name: column, definition: 'uuid' })),
    constraints: [],
    indexes: [],
    hasRowSecurity: walls,
    policies: walls ? [{ name: 'organization', definition: '' }] : [],
    grants: '',
  })
  const erase = {
    name: 'erase_contact',
    signature: '',
    definition: 'delete from notes where',
    isDefiner: false,
    settings: [] as string[],
    grants: '',
  }
  const problems = (tables: ReturnType<typeof table>[], functions = [erase]) =>
    forgotten({ types: [], tables, functions }).filter((line) => !line.includes('is on the list'))

  test('has walls and erasure for every table', () => {
    expect(problems([table('notes', ['organization_id', 'contact_id'])])).toEqual([])
    expect(problems([table('notes', ['organization_id'], false)])).toHaveLength(1)
    expect(problems([table('files', ['organization_id', 'conversation_id'])])).toHaveLength(1)
    expect(problems([table('presence', ['organization_id'])])).toHaveLength(1)
  })

  test('lets no function of its own see everything', () => {
    const definer = { ...erase, name: 'read_all', isDefiner: true }
    expect(problems([], [erase, definer])).toHaveLength(2)
    const listed = { ...definer, name: 'claim_jobs', settings: ['search_path=public, pg_temp'] }
    expect(problems([], [erase, listed])).toEqual([])
  })
})
