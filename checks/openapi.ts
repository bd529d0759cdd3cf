import { writeFileSync } from 'node:fs'
import { z } from 'zod'
import type { ErrorCode } from '../contract/errors.ts'
import { errors } from '../contract/errors.ts'
import type { Route } from '../contract/route.ts'
import { routes } from '../contract/routes.ts'
import type { Check } from './check.ts'
import { read, root } from './files.ts'

const file = 'contract/openapi.json'

export const openapi: Check = {
  name: 'openapi',
  why: 'What is published of the API is made from the contract: `npm run check -- --fix openapi` makes it anew.',
  async run() {
    const fresh = print()
    const committed = readIfThere()
    return [
      ...(committed === fresh ? [] : [`${file} is not what the contract says`]),
      ...(committed === null ? [] : faults(JSON.parse(committed) as Description)),
    ]
  },
  async fix() {
    writeFileSync(root + file, print())
  },
}

type Schema = { [key: string]: unknown }
type Content = { content: Record<string, { schema: Schema }> }
type Operation = {
  operationId: string
  summary: string
  tags: string[]
  security?: Record<string, string[]>[]
  parameters?: { name: string; in: string; required: boolean; schema: Schema; description?: string }[]
  requestBody?: Content & { required: boolean }
  responses: Record<string, { description: string } & Partial<Content>>
}
export type Description = {
  openapi: string
  info: { title: string; version: string; description: string; license: Schema }
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema>; securitySchemes: Record<string, Schema> }
  tags: { name: string; description: string }[]
}

function print(): string {
  return `${JSON.stringify(describe(routes), null, 2)}\n`
}

function readIfThere(): string | null {
  try {
    return read(file)
  } catch {
    return null
  }
}

/** The API as OpenAPI 3.1 says it. */
export function describe(all: Readonly<Record<string, Route>>): Description {
  const { version } = JSON.parse(read('package.json')) as { version: string }
  const paths: Description['paths'] = {}
  for (const [name, route] of Object.entries(all)) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(name, route) }
  }
  const { operations, named } = withoutDefinitions(paths)
  return {
    openapi: '3.1.0',
    info: {
      title: 'Foyer',
      version,
      description:
        'Requests and answers are JSON, but for pictures. Whoever creates something brings its id, a UUID: the same request again gives the first result. Errors are told by a stable code. Live changes come through the socket at /api/v1/socket.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    paths: operations,
    components: {
      schemas: { Error: errorSchema(), ...named },
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'foyer',
          description:
            'The cookie that logging in sets (over TLS its name is __Host-foyer). Requests that change something also carry the header X-Foyer: 1.',
        },
        contact: {
          type: 'apiKey',
          in: 'header',
          name: 'Authorization',
          description:
            'The words "Contact", a space, and the secret of 43 characters that the messenger made.',
        },
      },
    },
    tags: tags(all),
  }
}

/** What has a name stands once, among the components, and not in every operation that uses it. */
function withoutDefinitions(paths: Description['paths']): {
  operations: Description['paths']
  named: Record<string, Schema>
} {
  const named: Record<string, Schema> = {}
  const operations = JSON.stringify(paths, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('$defs' in value)) return value
    const { $defs, ...rest } = value
    Object.assign(named, $defs)
    return rest
  })
  // What has a name may speak of what has one.
  const lead = (json: string) => JSON.parse(json.replaceAll('#/$defs/', componentsPath))
  return { operations: lead(operations), named: lead(JSON.stringify(named)) }
}

const componentsPath = '#/components/schemas/'

function operation(name: string, route: Route): Operation {
  const { method, caller } = route
  const body = route.takes ? null : schemaOf(route.body, 'input')
  const hasBody = !body || Object.keys((body.properties as Schema | undefined) ?? {}).length > 0
  const parameters = [...parametersOf(route, 'path'), ...parametersOf(route, 'query')]
  return {
    operationId: name,
    summary: route.summary,
    tags: [tagOf(route)],
    ...(caller === 'anyone' ? { security: [] } : {}),
    ...(caller === 'operator' ? { security: [{ session: [] }] } : {}),
    ...(caller === 'contact' ? { security: [{ contact: [] }] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(hasBody && method !== 'GET'
      ? { requestBody: { required: true, ...(body ? json(body) : bytes(...(route.takes?.types ?? []))) } }
      : {}),
    responses: {
      200: {
        description: 'Done',
        ...(route.gives ? bytes(route.gives) : json(schemaOf(route.answer, 'output'))),
      },
      ...refusals(route, { hasInput: hasBody || parameters.length > 0 }),
    },
  }
}

function parametersOf(route: Route, place: 'path' | 'query'): NonNullable<Operation['parameters']> {
  const schema = schemaOf(place === 'path' ? route.params : route.query, 'input')
  const required = (schema.required as string[] | undefined) ?? []
  return Object.entries((schema.properties as Record<string, Schema> | undefined) ?? {}).map(
    ([name, inner]) => ({
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      schema: inner,
    }),
  )
}

/** Errors by status, each with the codes that can stand in it. */
function refusals(route: Route, { hasInput }: { hasInput: boolean }): Operation['responses'] {
  const common: ErrorCode[] = ['request.too_many', 'server.fault', 'server.unavailable']
  if (hasInput) common.push('request.invalid')
  if (route.caller === 'operator') common.push('session.required')
  if (route.caller === 'contact') common.push('contact.required')
  if (route.method !== 'GET') common.push('request.cross_site')
  if (['POST', 'PUT', 'PATCH'].includes(route.method) && hasInput)
    common.push('request.too_large', 'request.unsupported_type')
  const byStatus = new Map<number, ErrorCode[]>()
  for (const code of new Set([...route.errors, ...common])) {
    const { status } = errors[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, codes]) => [
        status,
        {
          description: codes.map((code) => `\`${code}\`: ${errors[code].text}`).join(' '),
          ...json({ $ref: `${componentsPath}Error` }),
        },
      ]),
  )
}

function json(schema: Schema): Content {
  return { content: { 'application/json': { schema } } }
}

/** What is no JSON has no schema; the type says what it is. */
function bytes(...types: string[]): Content {
  return { content: Object.fromEntries(types.map((type) => [type, { schema: {} }])) }
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Schema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    override: ({ jsonSchema }) => {
      // The format says it better.
      if (jsonSchema.format) delete jsonSchema.pattern
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
    },
  }) as Schema
  return rest
}

function errorSchema(): Schema {
  return {
    type: 'object',
    properties: {
      error: {
        type: 'object',
        properties: {
          code: { type: 'string', enum: Object.keys(errors), description: 'Stable; the text is not.' },
          message: { type: 'string' },
          requestId: { type: 'string', description: 'Stands in the server’s log beside what happened.' },
          details: { type: 'object', additionalProperties: true },
        },
        required: ['code', 'message'],
        additionalProperties: false,
      },
    },
    required: ['error'],
    additionalProperties: false,
  }
}

const about: Readonly<Record<string, string>> = {
  setup: 'The first start of an installation.',
  session: 'Logging in and out.',
  me: 'The operator who is logged in.',
  operators: 'Those who answer.',
  pictures: 'How they look.',
  team: 'Everybody of the organization.',
  groups: 'Who answers together.',
  skills: 'What operators are good at.',
  invitations: 'Letting colleagues in.',
  invitation: 'Coming in by an invitation.',
  front: 'What the log-in page says.',
  'forgotten-password': 'Asking for a new password.',
  'password-link': 'Setting a new password by a link.',
  'address-link': 'Proving an address, or taking a change back.',
  widgets: 'Configurations of website messengers.',
  contacts: 'Those who ask.',
  conversations: 'Conversations and their logs, as operators see them.',
  drafts: 'What an operator has written and not sent.',
  macros: 'Texts that are written once and said often.',
  notifications: 'What concerns the operator who is logged in.',
  signs: 'Of what the operator who is logged in is told by sound and by browser notification.',
  messenger: 'The same as their contacts see them.',
  mails: 'What is sent by mail.',
  uploads: 'Files on their way to us, from operators.',
  files: 'Looking at files.',
  'mail-link': 'Coming back by the link of a mail.',
  'socket-tickets': 'Opening the socket.',
  roles: 'What operators may do.',
  installation: 'What is wrong with the installation, for whoever may change its settings.',
  owner: 'Whose organization it is.',
  'sample-data': 'A small shop to try everything out.',
}

function tagOf(route: Route): string {
  return route.path.split('/')[3] ?? ''
}

function tags(all: Readonly<Record<string, Route>>): Description['tags'] {
  const names = [...new Set(Object.values(all).map(tagOf))]
  return names.map((name) => ({ name, description: about[name] ?? '' }))
}

/** What makes a description one that tools cannot rely on. */
export function faults(description: Description): string[] {
  const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  const ids = operations.map(({ operation }) => operation.operationId)
  const text = JSON.stringify(description)
  return [
    ...(description.openapi.startsWith('3.1.') ? [] : ['it is not OpenAPI 3.1']),
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `two operations are called ${id}`),
    ...description.tags
      .filter((tag) => tag.description === '')
      .map((tag) => `checks/openapi.ts says nothing of ${tag.name}`),
    ...[...text.matchAll(/"\$ref":"([^"]+)"/g)]
      .map((match) => match[1] ?? '')
      .filter((ref) => !Object.hasOwn(description.components.schemas, ref.replace(componentsPath, '')))
      .map((ref) => `${ref} leads nowhere`),
    ...operations.flatMap(({ path, method, operation }) => {
      const place = `${method.toUpperCase()} ${path}`
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '')
      const declared = (operation.parameters ?? []).filter((one) => one.in === 'path').map((one) => one.name)
      return [
        ...(inPath.join() === declared.join()
          ? []
          : [`${place} declares other parameters than its path has`]),
        ...(operation.summary.trim() === '' ? [`${place} has no summary`] : []),
        ...(operation.summary.endsWith('.') ? [`${place}: a summary is a line, without a full stop`] : []),
        ...unreadable(operation, description.components.schemas).map((why) => `${place}: ${why}`),
      ]
    }),
  ]
}

/** Every schema of an operation must be one that can be read back. */
function unreadable(operation: Operation, named: Record<string, Schema>): string[] {
  const schemas = [
    ...(operation.parameters ?? []).map(({ schema }) => schema),
    ...Object.values(operation.requestBody?.content ?? {}).map(({ schema }) => schema),
    ...Object.values(operation.responses[200]?.content ?? {}).map(({ schema }) => schema),
  ]
  return schemas.flatMap((schema) => {
    try {
      const whole = JSON.stringify({ ...schema, $defs: named }).replaceAll(componentsPath, '#/$defs/')
      if (schema) z.fromJSONSchema(JSON.parse(whole))
      return []
    } catch (error) {
      return [`a schema cannot be read back (${String(error)})`]
    }
  })
}
