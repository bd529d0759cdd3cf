import { spawn } from 'node:child_process'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { fill } from '@foyer/client/api.ts'
import { largestFile } from '@foyer/contract/file-facts.ts'
import { finishMyUpload, sendMyPart, startMyUpload } from '@foyer/contract/files.ts'
import { Transformer } from '@napi-rs/image'
import { createPictures } from '../../server/src/platform/pictures.ts'
import { bySize } from '../faults/fault.ts'
import { freePort } from '../stage/server-node.ts'
import { type Stage, startStage } from '../stage/stage.ts'
import { type Bench, type Measure, median, short } from './measure.ts'

const partBytes = 5 * 1024 * 1024
const atOnce = 50

export const files: Measure = {
  name: 'files',
  title: 'files: how fast they come, what they hold of memory, small pictures of large ones',
  async run(bench) {
    const bytes = bySize(bench.options.size, {
      test: 10 * 1024 * 1024,
      small: largestFile,
      full: largestFile,
    })
    const rounds = bySize(bench.options.size, { test: 1, small: 5, full: 9 })
    await using acquired = new AsyncDisposableStack()
    const stage = await startStage({ database: 'beside', nodes: 1 })
    acquired.defer(stage.close)
    const content = randomBytes(bytes)
    await speed(bench, stage, { content, rounds })
    await memory(bench, stage)
    await thumbnails(bench, rounds)
  },
}

/** In turn, so that both meet the same machine. */
async function speed(
  bench: Bench,
  stage: Stage,
  { content, rounds }: { content: Buffer; rounds: number },
): Promise<void> {
  await using bare = await startBareUpload()
  const times = { bare: [] as number[], ours: [] as number[] }
  for (let round = 0; round <= rounds; round++) {
    const began = performance.now()
    await put(`http://127.0.0.1:${bare.port}/`, {}, content)
    const between = performance.now()
    await bring(stage, content)
    // The first round warms both.
    if (round === 0) continue
    times.bare.push(between - began)
    times.ours.push(performance.now() - between)
  }
  const rate = (all: number[]) => content.length / 1024 / 1024 / (median(all) / 1000)
  const megabytes = Math.round(content.length / 1024 / 1024)
  bench.tell(`${megabytes} MB to a bare server on the same disk, MB/s`, String(short(rate(times.bare))))
  bench.tell(`${megabytes} MB to the product, finished and checked, MB/s`, String(short(rate(times.ours))))
  bench.aim('the product’s speed, of the bare server’s', short(rate(times.ours) / rate(times.bare)), {
    atLeast: 0.6,
    unit: '×',
  })
}

async function memory(bench: Bench, stage: Stage): Promise<void> {
  const pid = stage.nodes[0]?.pid() ?? 0
  const before = await residentOf(pid)
  let most = before
  const watch = setInterval(async () => {
    most = Math.max(most, await residentOf(pid))
  }, 50)
  const content = randomBytes(partBytes * 2)
  await Promise.all(Array.from({ length: atOnce }, () => bring(stage, content)))
  clearInterval(watch)
  bench.aim(`memory that ${atOnce} uploads of 10 MB at once add`, short((most - before) / 1024 / 1024), {
    atMost: 100,
    unit: 'MB',
  })
}

async function thumbnails(bench: Bench, rounds: number): Promise<void> {
  const pictures = createPictures()
  const jpeg = await photo(4_000, 3_000)
  const times: number[] = []
  for (let round = 0; round <= rounds; round++) {
    const began = performance.now()
    const size = pictures.sizeOf(jpeg, 'image/jpeg')
    if (size) await pictures.inTurn(() => pictures.thumbnail(jpeg, size))
    if (round > 0 || rounds === 0) times.push(performance.now() - began)
  }
  bench.tell('a small picture of one of 12 million pixels, ms', String(short(median(times))))
}

/** Noise in fields, which costs a decoder about what a photograph does. */
async function photo(width: number, height: number): Promise<Buffer> {
  const pixels = new Uint8Array(width * height * 4)
  const noise = randomBytes(65_536)
  for (let at = 0; at < pixels.length; at++)
    pixels[at] = at % 4 === 3 ? 255 : ((at >> 12) & 127) + ((noise[at & 65_535] ?? 0) & 31)
  return Transformer.fromRgbaPixels(pixels, width, height).jpeg(85)
}

/** Brings a file as a client does: part by part, then its checksum. */
async function bring(stage: Stage, content: Buffer): Promise<void> {
  const origin = stage.nodes[0]?.origin ?? ''
  const headers = { authorization: `Contact ${randomBytes(32).toString('base64url')}` }
  const id = randomUUID()
  const post = (path: string, body: unknown) =>
    put(
      origin + path,
      { ...headers, 'content-type': 'application/json' },
      Buffer.from(JSON.stringify(body)),
      'POST',
    )
  await post(startMyUpload.path, {
    id,
    name: 'bench.bin',
    bytes: content.length,
    partBytes,
    widgetKey: stage.widgetKey,
  })
  // As a client does, who reads the file once for both, and sums up what is on its way.
  const sum = createHash('sha256')
  for (let part = 0; part * partBytes < content.length; part++) {
    const bytes = content.subarray(part * partBytes, (part + 1) * partBytes)
    const path = fill(sendMyPart.path, { uploadId: id, part: String(part) })
    const sending = put(origin + path, { ...headers, 'content-type': 'application/octet-stream' }, bytes)
    sum.update(bytes)
    await sending
  }
  const sha256 = sum.digest('hex')
  await post(fill(finishMyUpload.path, { uploadId: id }), { sha256 })
}

const agent = new Agent({ keepAlive: true })

async function put(
  url: string,
  headers: Record<string, string>,
  body: Buffer,
  method = 'PUT',
): Promise<void> {
  const asked = request(url, { method, agent, headers: { ...headers, 'content-length': body.length } })
  asked.end(body)
  const [answer] = (await once(asked, 'response')) as [import('node:http').IncomingMessage]
  const said = await answer.toArray()
  if (answer.statusCode !== 200)
    throw new Error(`${method} ${url}: ${answer.statusCode} ${Buffer.concat(said)}`)
}

async function startBareUpload(): Promise<AsyncDisposable & { port: number }> {
  const port = await freePort()
  const folder = await mkdtemp('/tmp/foyer-bare-')
  const program = new URL('bare-upload.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [program, String(port), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout as NodeJS.ReadableStream, 'data')
  return {
    port,
    async [Symbol.asyncDispose]() {
      const over = once(child, 'exit')
      child.kill('SIGKILL')
      await over
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Bytes of a process that are in memory. */
async function residentOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024
}
