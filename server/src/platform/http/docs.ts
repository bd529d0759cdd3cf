import { readFile } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import { Failure } from '../failure.ts'
import { securityHeaders } from './headers.ts'
import { escapeHtml } from './statics.ts'

type Schema = {
  properties?: Record<string, Schema>
  required?: string[]
  type?: string | string[]
  $ref?: string
}
type Operation = {
  summary?: string
  tags?: string[]
  parameters?: { name: string; in: string; required?: boolean; schema?: Schema }[]
  requestBody?: { content?: Record<string, { schema?: Schema }> }
  responses?: Record<string, { description?: string; content?: Record<string, { schema?: Schema }> }>
}
type OpenApi = {
  info?: { title?: string; version?: string }
  paths?: Record<string, Record<string, Operation>>
}

/** The API's description as it was generated, and a page for people made from it, which loads nothing from elsewhere. */
export function addDocs(app: FastifyInstance, options: { file: string; isHttps: boolean }): void {
  const headers = {
    ...securityHeaders('docs', { isHttps: options.isHttps, host: '' }),
    'cache-control': 'no-cache',
  }

  app.get('/api/openapi.json', async (_request, reply) => {
    const text = await read(options.file)
    return reply.headers(headers).type('application/json; charset=utf-8').send(text)
  })
  // Anybody may ask, and writing it takes longer than all else about it.
  let written = { from: '', page: '' }
  app.get('/api/docs', async (_request, reply) => {
    const from = await read(options.file)
    if (written.from !== from) written = { from, page: page(JSON.parse(from) as OpenApi) }
    return reply.headers(headers).type('text/html; charset=utf-8').send(written.page)
  })
  app.get('/api/docs.css', async (_request, reply) =>
    reply.headers(headers).type('text/css; charset=utf-8').send(style),
  )
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new Failure('route.unknown')
    throw error
  }
}

/** Exported for its test. */
function page(description: OpenApi): string {
  const title = escapeHtml(`${description.info?.title ?? 'Foyer'} API`)
  const operations = Object.entries(description.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => /^(get|post|put|patch|delete)$/.test(method))
      .map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  const links = operations.map(
    ({ path, method }) =>
      `<li><a href="#${anchor(method, path)}"><b>${method}</b> ${escapeHtml(path)}</a></li>`,
  )
  const parts = operations.map(
    ({ path, method, operation }) => `<section id="${anchor(method, path)}">
<h2><b class="${method.toLowerCase()}">${method}</b> <code>${escapeHtml(path)}</code></h2>
<p>${escapeHtml(operation.summary ?? '')}</p>
${parameters(operation)}${body(operation)}${answers(operation)}</section>`,
  )
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/api/docs.css"></head>
<body><nav><h1>${title}</h1><p><a href="/api/openapi.json">openapi.json</a></p><ul>${links.join('')}</ul></nav>
<main>${parts.join('\n')}</main></body></html>`
}

const json = 'application/json'

function anchor(method: string, path: string): string {
  return `${method}${path}`.toLowerCase().replace(/[^a-z0-9]+/g, '-')
}

function parameters({ parameters = [] }: Operation): string {
  if (parameters.length === 0) return ''
  const rows = parameters.map(
    ({ name, in: place, required, schema }) =>
      `<tr><td><code>${escapeHtml(name)}</code></td><td>${escapeHtml(place)}</td><td>${typeOf(schema)}</td><td>${required ? 'required' : 'optional'}</td></tr>`,
  )
  return `<h3>Parameters</h3><table>${rows.join('')}</table>`
}

function body({ requestBody }: Operation): string {
  const content = Object.entries(requestBody?.content ?? {})
  const rows = content.map(([type, { schema }]) =>
    type === json ? fields(schema ?? {}) : `<p>${escapeHtml(type)}</p>`,
  )
  return rows.length > 0 ? `<h3>Body</h3>${rows.join('')}` : ''
}

function answers({ responses = {} }: Operation): string {
  const rows = Object.entries(responses).map(([status, { description, content }]) => {
    const schema = content?.[json]?.schema
    const inner = schema && status.startsWith('2') ? fields(schema) : ''
    return `<dt>${escapeHtml(status)}</dt><dd>${escapeHtml(description ?? '')}${inner}</dd>`
  })
  return rows.length > 0 ? `<h3>Answers</h3><dl>${rows.join('')}</dl>` : ''
}

function fields(schema: Schema): string {
  return `<pre>${escapeHtml(JSON.stringify(schema, null, 2))}</pre>`
}

function typeOf(schema: Schema | undefined): string {
  return escapeHtml([schema?.type ?? ''].flat().join(' or '))
}

const style = `:root{color-scheme:light dark;font:15px/1.5 system-ui,sans-serif}
body{margin:0;display:grid;grid-template-columns:minmax(240px,340px) 1fr}
nav{position:sticky;top:0;height:100vh;overflow:auto;padding:16px;box-sizing:border-box;border-right:1px solid #8884;font-size:13px}
nav ul{list-style:none;padding:0}nav a{color:inherit;text-decoration:none;display:block;padding:2px 0;overflow-wrap:anywhere}
nav a:hover,nav a:focus-visible{text-decoration:underline}
main{padding:16px 32px;min-width:0}h1{font-size:20px}h2{font-size:17px;margin-top:40px;overflow-wrap:anywhere}h3{font-size:14px}
pre{overflow:auto;max-height:420px;padding:12px;background:#8881;border-radius:8px;font-size:12px}
td{padding:2px 16px 2px 0}dt{font-weight:600}dd{margin:0 0 8px}
@media (max-width:760px){body{display:block}nav{position:static;height:auto;border:0}}
`
