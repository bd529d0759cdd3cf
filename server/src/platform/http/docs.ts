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

const style = `:root{color-scheme:light dark;--canvas:light-dark(#f0ece4,#12100d);--surface:light-dark(#fffdf9,#1e1b17);--sunk:light-dark(#f4f0ea,#2a2622);
--ink:light-dark(#27221d,#ece8e1);--soft:light-dark(#5c554d,#b3aca3);--line:light-dark(#e4ddd1,#38332d);--pine:light-dark(#1d5a55,#7cc4bc);
--amber:light-dark(#6f4e0c,#eec67c);--red:light-dark(#a82626,#f38e8a);--green:light-dark(#136b41,#6fce98);
font:15px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;background:var(--canvas);color:var(--ink)}
body{margin:0;display:grid;grid-template-columns:minmax(250px,340px) minmax(0,1fr);gap:8px;padding:8px;box-sizing:border-box}
nav{position:sticky;top:8px;height:calc(100vh - 16px);overflow:auto;padding:12px 8px;box-sizing:border-box;font-size:13px;scrollbar-width:thin}
nav h1,nav p{padding:0 10px;margin:4px 0}nav ul{list-style:none;padding:0;margin:16px 0 0}
nav p a,a{color:var(--pine)}nav li a{color:var(--soft);text-decoration:none;display:block;padding:4px 10px;border-radius:8px;overflow-wrap:anywhere}
nav li a:hover{background:var(--sunk);color:var(--ink)}:focus-visible{outline:2px solid var(--pine);outline-offset:1px}
nav li b{display:inline-block;min-width:46px;font-size:10.5px;letter-spacing:.03em;color:var(--pine)}
main{padding:12px 40px 64px;min-width:0;background:var(--surface);border:1px solid var(--line);border-radius:14px}
section{max-width:820px;margin:0 auto;padding:28px 0;border-bottom:1px solid var(--line);scroll-margin-top:8px}section:last-child{border:0}
h1{font-size:18px;letter-spacing:-.01em}h2{font-size:16px;margin:0 0 6px;overflow-wrap:anywhere;display:flex;gap:10px;align-items:baseline}
h2 b{font-size:11px;letter-spacing:.04em;padding:3px 8px;border-radius:99px;background:var(--sunk);color:var(--pine)}
h2 .post{color:var(--green)}h2 .put,h2 .patch{color:var(--amber)}h2 .delete{color:var(--red)}
section>p{margin:0;color:var(--soft)}h3{font-size:13px;margin:20px 0 6px;color:var(--soft)}
code,pre{font-family:ui-monospace,"SF Mono","Cascadia Mono",Menlo,Consolas,monospace}h2 code{font-weight:600}
pre{overflow:auto;max-height:420px;margin:6px 0;padding:14px 16px;background:var(--sunk);border-radius:10px;font-size:12px;line-height:1.5;scrollbar-width:thin}
table{border-collapse:collapse}td{padding:4px 20px 4px 0;vertical-align:baseline}td+td{color:var(--soft)}dl{margin:0}dt{font-weight:600;font-variant-numeric:tabular-nums}dd{margin:0 0 10px;color:var(--soft)}
@media (max-width:760px){body{display:block}nav{position:static;height:auto;max-height:50vh;margin-bottom:8px}main{padding:4px 18px 40px}}
`
