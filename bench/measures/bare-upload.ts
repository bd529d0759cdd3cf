import { randomUUID } from 'node:crypto'
import { open } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'

// The least that could take a file: what is sent goes to the disk, and is answered when it is there.

const [port = '0', folder = '.'] = process.argv.slice(2)
createServer(async (request, response) => {
  const file = await open(join(folder, randomUUID()), 'w')
  for await (const chunk of request) await file.write(chunk as Buffer)
  await file.datasync()
  await file.close()
  response.end('{}')
}).listen(Number(port), '127.0.0.1', () => process.stdout.write('ready\n'))
