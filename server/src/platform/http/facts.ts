import type { IncomingMessage } from 'node:http'
import { parseCookie, stringifySetCookie } from 'cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ReplyFacts, RequestFacts } from './bind.ts'
import { plainHost } from './host.ts'

/** What handlers may know of a request. */
export function requestFacts(
  request: FastifyRequest,
  { secureCookies, ipOf }: { secureCookies: boolean; ipOf: (request: IncomingMessage) => string },
): RequestFacts {
  const { headers } = request
  let parsed: ReturnType<typeof parseCookie> | undefined
  return {
    id: request.id,
    ip: ipOf(request.raw),
    userAgent: (headers['user-agent'] ?? '').slice(0, 500),
    origin: headers.origin ?? null,
    ownOrigin: ownOrigin(request),
    acceptLanguage: (headers['accept-language'] ?? '').slice(0, 200),
    authorization: headers.authorization ?? null,
    contentLength: /^\d{1,15}$/.test(headers['content-length'] ?? '')
      ? Number(headers['content-length'])
      : null,
    range: headers.range ?? null,
    ifNoneMatch: headers['if-none-match'] ?? null,
    host: plainHost(request.host),
    cookie(name) {
      parsed ??= parseCookie(headers.cookie ?? '')
      return parsed[cookieName(name, isSecure(request, secureCookies))] ?? null
    },
  }
}

/** The origin under which a request reached us; empty where it names a host that is none. */
export function ownOrigin({ protocol, host }: FastifyRequest): string {
  const plain = plainHost(host)
  return plain === '' ? '' : `${protocol === 'https' ? 'https' : 'http'}://${plain}`
}

/** What handlers may say beside their answer. */
export function replyFacts(
  request: FastifyRequest,
  reply: FastifyReply,
  secureCookies: boolean,
): Omit<ReplyFacts, 'repeated'> {
  const secure = isSecure(request, secureCookies)
  const set = (name: string, value: string, maxAge: number) => {
    const cookie = stringifySetCookie({
      name: cookieName(name, secure),
      value,
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure,
      maxAge,
    })
    // Fastify keeps several of this header beside each other.
    reply.header('set-cookie', cookie)
  }
  return {
    setCookie: (name, value, { maxAgeSeconds }) => set(name, value, maxAgeSeconds),
    clearCookie: (name) => set(name, '', 0),
    status: (code) => void reply.code(code),
    header: (name, value) => void reply.header(name, value),
  }
}

function isSecure(request: FastifyRequest, secureCookies: boolean): boolean {
  return secureCookies || request.protocol === 'https'
}

/** The prefix makes browsers refuse the cookie from a sibling host or over plain HTTP. */
function cookieName(name: string, secure: boolean): string {
  return secure ? `__Host-${name}` : name
}
