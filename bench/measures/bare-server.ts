import { createServer } from 'node:http'
import pg from 'pg'
import { type WebSocket, WebSocketServer } from 'ws'

// The least that could do what is compared with: sockets that say hello, and a POST that is committed by PostgreSQL and
// then sent to everybody who is there. No accounts, no rights, no log to resume from.

const [port = '0'] = process.argv.slice(2)
const url = process.env.DATABASE_URL
const pool = url ? new pg.Pool({ connectionString: url, max: 10, options: '-c role=foyer_app' }) : null
const sockets = new Set<WebSocket>()
const server = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk) => {
    body += chunk
  })
  request.on('end', async () => {
    if (request.method !== 'POST') return response.end('{}')
    const { id, conversation, text } = JSON.parse(body) as { id: string; conversation: string; text: string }
    await pool?.query({
      name: 'plain',
      text: 'insert into plain_entries (id, conversation_id, text) values ($1, $2, $3)',
      values: [id, conversation, text],
    })
    const frame = JSON.stringify({ type: 'packet', id, text })
    for (const socket of sockets) socket.send(frame)
    const answer = JSON.stringify({ id })
    response.setHeader('content-type', 'application/json')
    response.setHeader('content-length', Buffer.byteLength(answer))
    response.end(answer)
  })
})
const wss = new WebSocketServer({ server, perMessageDeflate: false, clientTracking: false })
wss.on('connection', (socket) => {
  socket.on('message', () => {
    sockets.add(socket)
    socket.send('{"type":"welcome"}')
  })
  socket.on('close', () => sockets.delete(socket))
})
server.listen(Number(port), '0.0.0.0', () => process.stdout.write('listening\n'))
process.stdin.on('end', () => process.exit(0)).resume()
