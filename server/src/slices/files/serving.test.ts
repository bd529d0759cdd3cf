import { randomBytes, randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Transformer } from '@napi-rs/image'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { done, type FileStage, type Sender, startFileStage } from '../../testing/file-stage.ts'

let stage: FileStage
beforeAll(async () => {
  stage = await startFileStage()
})
afterAll(() => stage[Symbol.asyncDispose]())

function picture(width: number, height: number): Transformer {
  return Transformer.fromRgbaPixels(new Uint8Array(width * height * 4).fill(120), width, height)
}

describe('who may look', () => {
  test('[C7] an address is good for nothing but the file and the person it was made for, and for minutes', async () => {
    const id = await stage.sent(stage.operator, randomBytes(100))
    const address = (await stage.link(stage.contact, id)) ?? ''
    expect((await stage.get(address)).status).toBe(200)
    const token = address.split('/').at(-1) ?? ''
    for (let at = 0; at < token.length; at += 5) {
      const other = token[at] === 'A' ? 'B' : 'A'
      const forged = address.replace(token, token.slice(0, at) + other + token.slice(at + 1))
      // The last sign of a code may hold bits that count for nothing.
      if (at < token.length - 1) expect((await stage.get(forged)).status, String(at)).toBe(404)
    }
  })

  test('[C7] an address holds at least five minutes and no longer than ten', async () => {
    const id = await stage.sent(stage.operator, randomBytes(100))
    const address = await stage.link(stage.contact, id)
    const now = Date.now()
    const statusAt = async (minutes: number) => {
      vi.setSystemTime(now + minutes * 60_000)
      return (await stage.get(address)).status
    }
    vi.useFakeTimers({ toFake: ['Date'] })
    try {
      expect(await statusAt(4.9)).toBe(200)
      expect(await statusAt(10.1)).toBe(404)
      const renewed = await stage.link(stage.contact, id)
      expect((await stage.get(renewed)).status).toBe(200)
    } finally {
      vi.useRealTimers()
    }
  })

  test('another contact, another organization and a stranger get no address', async () => {
    const id = await stage.sent(stage.operator, randomBytes(100))
    const { build } = stage.world
    const beside = await build.contact({ organizationId: stage.contact.built.organizationId })
    const elsewhere = await build.contact()
    const outsider = await build.operator()
    const senders: Sender[] = [
      { ...stage.contact, headers: { authorization: `Contact ${beside.token}` } },
      { ...stage.contact, headers: { authorization: `Contact ${elsewhere.token}` } },
      stage.stranger(),
      { ...stage.operator, headers: { cookie: (await stage.world.logIn(outsider)).cookie, 'x-foyer': '1' } },
    ]
    for (const sender of senders) expect(await stage.link(sender, id)).toBeUndefined()
  })

  test.each([
    [
      'deleted for the contact',
      (id: string) =>
        stage.world.db.owner(
          `update entries set deleted_for_contact_at = clock_now() where id = (select entry_id from files where id = $1)`,
          [id],
        ),
      'kept',
    ],
    [
      'a blocked contact',
      () =>
        stage.world.db.owner(
          `insert into contact_blocks (organization_id, id, contact_id, reason, blocked_at, until_at)
           values ($1, $2, $3, 'Spam', clock_now(), clock_now() + interval '1 day')`,
          [stage.contact.built.organizationId, randomUUID(), stage.contact.built.id],
        ),
      'kept',
    ],
  ] as const)(
    'what was %s is no longer served to them, thumbnail and ranges included',
    async (_, end, other) => {
      const large = await (await picture(900, 700)).jpeg()
      const id = await stage.sent(stage.operator, large, 'a.jpg')
      const mine = await Promise.all(
        (['shown', 'saved', 'thumbnail'] as const).map((variant) => stage.link(stage.contact, id, variant)),
      )
      const theirs = await stage.link(stage.operator, id)
      for (const address of mine) expect((await stage.get(address)).status).toBe(200)
      await end(id)
      for (const address of mine) {
        expect((await stage.get(address)).status).toBe(404)
        expect((await stage.get(address, { range: 'bytes=0-9' })).status).toBe(404)
      }
      expect(await stage.link(stage.contact, id)).toBeUndefined()
      expect((await stage.get(theirs)).status).toBe(other === 'kept' ? 200 : 404)
      await stage.world.db.owner('delete from contact_blocks')
    },
  )

  test('an operator who has left sees nothing by an address of before', async () => {
    const colleague = await stage.world.build.operator({
      organizationId: stage.operator.built.organizationId,
    })
    const cookie = (await stage.world.logIn(colleague)).cookie
    const id = await stage.sent(stage.contact, randomBytes(10))
    const address = await stage.link({ ...stage.operator, headers: { cookie, 'x-foyer': '1' } }, id)
    expect((await stage.get(address)).status).toBe(200)
    await stage.world.db.owner('update operators set deactivated_at = clock_now() where id = $1', [
      colleague.id,
    ])
    expect((await stage.get(address)).status).toBe(404)
  })
})

describe('how it is handed out', () => {
  test('[C7] ranges, and what has not changed', async () => {
    const content = randomBytes(200_000)
    const address = await stage.link(
      stage.contact,
      await stage.sent(stage.operator, content, 'a.bin'),
      'saved',
    )
    const whole = await stage.get(address)
    expect(whole.headers.get('accept-ranges')).toBe('bytes')
    expect(whole.bytes.equals(content)).toBe(true)
    for (const [range, from, to] of [
      ['bytes=0-0', 0, 1],
      ['bytes=65535-65536', 65_535, 65_537],
      ['bytes=199990-', 199_990, 200_000],
      ['bytes=-10', 199_990, 200_000],
      ['bytes=100-999999999', 100, 200_000],
    ] as const) {
      const answer = await stage.get(address, { range })
      expect(answer.status).toBe(206)
      expect(answer.headers.get('content-range')).toBe(`bytes ${from}-${to - 1}/200000`)
      expect(answer.headers.get('content-length')).toBe(String(to - from))
      expect(answer.bytes.equals(content.subarray(from, to))).toBe(true)
    }
    expect((await stage.get(address, { range: 'bytes=200000-' })).status).toBe(416)
    expect((await stage.get(address, { range: 'bytes=0-1,5-6' })).status).toBe(200)
    const again = await stage.get(address, { 'if-none-match': whole.headers.get('etag') ?? '' })
    expect([again.status, again.bytes.length]).toEqual([304, 0])
  })

  const html = '<!doctype html><script>alert(1)</script>'
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  )
  const gif = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=', 'base64')
  const mz = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)])
  const elf = Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]), Buffer.alloc(200)])
  const pdf = '%PDF-1.4\n1 0 obj\n<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>\nendobj\n%%EOF'
  const mhtml =
    'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\nContent-Type: text/html\n\n'
  const zip = Buffer.from('504b0506000000000000000000000000000000000000', 'hex')
  const lnk = Buffer.concat([
    Buffer.from('4c0000000114020000000000c000000000000046', 'hex'),
    Buffer.alloc(60),
  ])
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(html, 'utf16le')])

  // What it is called, what is in it, and as what it is served: its type where it is shown, `risky`, or `saved`.
  test.each<[string, string | Buffer, string]>([
    ['a.png', png, 'image/png'],
    ['a.PNG', png, 'image/png'],
    ['a', png, 'image/png'],
    ['a.jpg', png, 'image/png'],
    ['a.pdf', png, 'image/png'],
    ['a.txt', png, 'image/png'],
    ['a.pdf.png', png, 'image/png'],
    ['a.gif', gif, 'image/gif'],
    ['a.gif', Buffer.concat([gif, Buffer.from(`/*${html}*/`)]), 'image/gif'],
    ['a.png', Buffer.concat([png, zip]), 'image/png'],
    ['a.jar', Buffer.concat([gif, zip]), 'risky'],
    ['a.html', png, 'risky'],
    ['a.svg', png, 'risky'],
    ['a.png.exe', png, 'risky'],
    ['a.png', html, 'risky'],
    ['a.txt', html, 'risky'],
    ['a.pdf', html, 'risky'],
    ['a', html, 'risky'],
    ['a.txt', utf16, 'risky'],
    ['a.jpg', svg, 'risky'],
    ['a.svg', svg, 'risky'],
    ['a.svg.png', `<?xml version="1.0"?>\n<!-- x -->\n${svg}`, 'risky'],
    ['a.xml', '<?xml version="1.0"?><a/>', 'risky'],
    ['a.xhtml', '<html xmlns="http://www.w3.org/1999/xhtml"/>', 'risky'],
    ['a.mht', mhtml, 'risky'],
    ['a.txt', mhtml, 'risky'],
    ['a.jpg', mz, 'risky'],
    ['a.exe', 'plain', 'risky'],
    ['a.exe.', 'plain', 'risky'],
    ['a.exe ', 'plain', 'risky'],
    ['invoice.pdf.exe', mz, 'risky'],
    ['a.dat', elf, 'risky'],
    ['a.txt', '#!/bin/sh\nrm -rf /', 'risky'],
    ['a.js', 'alert(1)', 'risky'],
    ['a.hta', 'x', 'risky'],
    ['a.lnk', lnk, 'risky'],
    ['a.jpg', lnk, 'risky'],
    ['a.url', '[InternetShortcut]\nURL=https://evil.example', 'risky'],
    ['a.pht', '<?php system($_GET[0]);', 'risky'],
    ['a.phtml', '<?php', 'risky'],
    ['a.ps1', 'Get-Item', 'risky'],
    ['a.docm', zip, 'risky'],
    ['a.pdf', pdf, 'application/pdf'],
    ['a.zip', zip, 'saved'],
    ['a.txt', 'plain text', 'saved'],
    ['a.csv', '=cmd|calc', 'saved'],
    ['a.bin', randomBytes(64), 'saved'],
  ])('[C7] %s of %# is served as %3$s', async (name, content, expected) => {
    const id = await stage.sent(stage.contact, Buffer.from(content), name)
    const { headers, status } = await stage.get(await stage.link(stage.operator, id))
    expect(status).toBe(200)
    const isShown = expected.includes('/')
    expect(headers.get('content-type')).toBe(isShown ? expected : 'application/octet-stream')
    expect(headers.get('content-disposition')).toMatch(isShown ? /^inline; / : /^attachment; /)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('private, no-cache')
    const policy = headers.get('content-security-policy')
    expect(policy).toContain(`default-src 'none'`)
    if (expected !== 'application/pdf') expect(policy).toContain('sandbox')
    const [row] = await stage.world.db.owner<{ shape: { isRisky?: true } }>(
      'select shape from files where id = $1',
      [id],
    )
    expect(row?.shape.isRisky ?? false).toBe(expected === 'risky')
    const saved = await stage.get(await stage.link(stage.operator, id, 'saved'))
    expect(saved.headers.get('content-disposition')).toMatch(/^attachment; /)
  })

  test.each<[string, string]>([
    ['../../x', 'x'],
    ['..\\x', 'x'],
    ['C:\\x', 'x'],
    ['C:x', 'x'],
    ['a\u0007b', 'ab'],
    ['CON', '_CON'],
    ['nul.txt', '_nul.txt'],
    ['x. . .', 'x'],
    ['.htaccess', 'htaccess'],
    ['a\r\nX-Evil: 1', 'aX-Evil: 1'],
    ['a"b.txt', 'a"b.txt'],
    ['\u202Egnp.exe', 'gnp.exe'],
    ['%2e%2e%2fx', '%2e%2e%2fx'],
    ['a\u200bb', 'ab'],
    ['...', 'file'],
    ['/', 'file'],
    ['Übersicht für 2026.pdf', 'Übersicht für 2026.pdf'],
    ['图片.png', '图片.png'],
    ['e\u0301.txt', 'é.txt'],
    [`${'x'.repeat(300)}.pdf`, `${'x'.repeat(196)}.pdf`],
  ])(
    '[C7] what is called %j is called %j, stored under another name, and named so to the letter',
    async (given, name) => {
      const id = await stage.sent(stage.contact, Buffer.from('x'), given)
      const { headers } = await stage.get(await stage.link(stage.operator, id, 'saved'))
      const disposition = headers.get('content-disposition') ?? ''
      const exact = /filename\*=UTF-8''(\S+)$/.exec(disposition)?.[1] ?? ''
      expect(decodeURIComponent(exact)).toBe(name)
      expect(disposition).toMatch(
        /^attachment; filename="[\x20-\x7e]*"; filename\*=UTF-8''[\w!#$&+.^`|~%-]+$/,
      )
      expect(headers.get('x-evil')).toBeNull()
      const stored = (await readdir(join(stage.world.dataDir, 'files'), { recursive: true })).join('\n')
      expect(stored).toMatch(/^[0-9a-f\n/.\w-]+$/)
    },
  )

  test('[C7] places and devices are taken out of pictures, which stay what they are', async () => {
    const camera = withExif(await (await picture(1200, 900)).jpeg())
    expect(camera.includes('CanaryCam')).toBe(true)
    const { id, file } = await stage.bring(stage.contact, camera, 'holiday.jpg', 64 * 1024)
    // It lay on its side.
    expect(file).toMatchObject({ width: 900, height: 1200, shows: 'picture', type: 'image/jpeg' })
    done(await stage.send(stage.contact, [id]))
    const { bytes } = await stage.get(await stage.link(stage.operator, id))
    expect(bytes.length).toBe(file?.bytes)
    expect(bytes.includes('CanaryCam')).toBe(false)
    expect(bytes.includes('GPS-CANARY')).toBe(false)
    // Pixels are as they were.
    const scan = (jpeg: Buffer) => jpeg.subarray(jpeg.indexOf(Buffer.from([0xff, 0xda])))
    expect(scan(bytes).equals(scan(camera))).toBe(true)
    const thumbnail = await stage.get(await stage.link(stage.operator, id, 'thumbnail'))
    expect(thumbnail.headers.get('content-type')).toBe('image/webp')
    expect(await new Transformer(thumbnail.bytes).metadata()).toMatchObject({ width: 480, height: 640 })

    const admin = await stage.world.build.operator({
      organizationId: stage.operator.built.organizationId,
      role: 'admin',
    })
    const asAdmin = { headers: { cookie: (await stage.world.logIn(admin)).cookie, 'x-foyer': '1' } }
    const settings = '/api/v1/files/settings'
    expect(done(await stage.ask(asAdmin, 'GET', settings)).body).toMatchObject({
      keepsPictureData: false,
      scanner: 'none',
    })
    done(await stage.ask(asAdmin, 'PATCH', settings, { keepsPictureData: true }))
    const kept = await stage.bring(stage.contact, camera, 'holiday.jpg', 64 * 1024)
    expect(kept.file?.bytes).toBe(camera.length)
    done(await stage.ask(asAdmin, 'PATCH', settings, { keepsPictureData: false }))
  })

  test('[C7] pictures that are floods of pixels are never decoded', async () => {
    for (const [width, height] of [
      [16_000, 16_000],
      [30_000, 30_000],
      [1_000_000, 10],
    ] as const) {
      const header = Buffer.alloc(25)
      header.write('IHDR', 4, 'latin1')
      header.writeUInt32BE(13, 0)
      header.writeUInt32BE(width, 8)
      header.writeUInt32BE(height, 12)
      header.set([8, 2], 16)
      const flood = Buffer.concat([png.subarray(0, 8), header, Buffer.alloc(30_000)])
      const begun = performance.now()
      const { file } = await stage.bring(stage.contact, flood, 'flood.png')
      expect(file).toMatchObject({ shows: 'file', type: 'image/png' })
      expect(file?.width).toBeUndefined()
      expect(performance.now() - begun).toBeLessThan(2_000)
    }
  })
})

/** A JPEG as a telephone writes it that was held upright: with its name and its place. */
function withExif(jpeg: Buffer): Buffer {
  const entry = (tag: number, type: number, count: number, value: Buffer) => {
    const bytes = Buffer.alloc(12)
    bytes.writeUInt16BE(tag, 0)
    bytes.writeUInt16BE(type, 2)
    bytes.writeUInt32BE(count, 4)
    value.copy(bytes, 8)
    return bytes
  }
  const short = (value: number) => Buffer.from([value >> 8, value & 255, 0, 0])
  const long = (value: number) => Buffer.from([0, 0, value >> 8, value & 255])
  const directory = Buffer.concat([
    short(3).subarray(0, 2),
    entry(0x010f, 2, 10, long(50)),
    entry(0x0112, 3, 1, short(6)),
    entry(0x8825, 4, 1, long(62)),
    Buffer.alloc(4),
  ])
  const tiff = Buffer.concat([
    Buffer.from([0x4d, 0x4d, 0, 42, 0, 0, 0, 8]),
    directory,
    Buffer.from('CanaryCam\0'),
    Buffer.from('GPS-CANARY 48.8584 N'),
  ])
  const content = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])
  const head = Buffer.from([0xff, 0xe1, 0, 0])
  head.writeUInt16BE(content.length + 2, 2)
  const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, 12]), Buffer.from('CanaryCam!')])
  return Buffer.concat([jpeg.subarray(0, 2), head, content, comment, jpeg.subarray(2)])
}
