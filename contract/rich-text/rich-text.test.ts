import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanText, longestText } from '../written.ts'
import { cleanRichText, isSameRichText } from './clean.ts'
import { cutRichText } from './cut.ts'
import { plainTextOf } from './plain.ts'
import { richText, writtenRichText } from './schema.ts'
import {
  type Block,
  deepest,
  isBounded,
  isPlain,
  mostBytes,
  mostValues,
  type RichText,
  type Run,
} from './tree.ts'

const paragraph = (...runs: (Run | string)[]): Block => ({
  type: 'paragraph',
  runs: runs.map((run) => (typeof run === 'string' ? { text: run } : run)),
})

/** Any tree that the schema takes, clean or not. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc.constantFrom(' ', '\n', '\r\n', ' \n ', '😀', '\ud83d', '\u0000', 'a', 'b c'),
)
const flag = fc.constantFrom(true as const, undefined)
const anyRun: fc.Arbitrary<Run> = fc.record(
  {
    text: anyText,
    bold: flag,
    italic: flag,
    struck: flag,
    code: flag,
    link: fc.constantFrom('https://shop.example/a', 'mailto:ann@shop.example', 'javascript:alert(1)', 'shop'),
  },
  { requiredKeys: ['text'] },
)
const { anyBlocks } = fc.letrec<{ anyBlocks: Block[]; block: Block }>((tie) => ({
  anyBlocks: fc.array(tie('block'), { maxLength: 4 }),
  block: fc.oneof(
    { maxDepth: 3 },
    fc.record({ type: fc.constant('paragraph' as const), runs: fc.array(anyRun, { maxLength: 4 }) }),
    fc.record({ type: fc.constant('code' as const), text: anyText }),
    fc.record({ type: fc.constant('quote' as const), blocks: tie('anyBlocks') }),
    fc.record({
      type: fc.constant('bullets' as const),
      items: fc.array(tie('anyBlocks'), { maxLength: 3 }),
    }),
    fc.record(
      {
        type: fc.constant('numbers' as const),
        items: fc.array(tie('anyBlocks'), { maxLength: 3 }),
        start: fc.nat(1_000_000),
      },
      { requiredKeys: ['type', 'items'] },
    ),
  ),
}))

function* runsOf(tree: RichText): Generator<readonly Run[]> {
  for (const block of tree) {
    if (block.type === 'paragraph') yield block.runs
    else if (block.type === 'quote') yield* runsOf(block.blocks)
    else if (block.type !== 'code') for (const item of block.items) yield* runsOf(item)
  }
}

describe('a tree as it is kept', () => {
  test.each<[string, RichText, RichText]>([
    [
      'runs of one look are one, those that hold nothing are gone',
      [
        paragraph(
          'a',
          { text: 'b' },
          { text: '', bold: true },
          { text: 'c', bold: true },
          { text: 'd', bold: true },
        ),
      ],
      [paragraph('ab', { text: 'cd', bold: true })],
    ],
    [
      'what there is to see is trimmed as a text is',
      [paragraph(' \n', { text: '\n  a ', italic: true }, ' \n')],
      [paragraph({ text: '  a', italic: true })],
    ],
    [
      'paragraphs beside each other are one',
      [paragraph('a'), paragraph(' '), paragraph('b')],
      [paragraph('a\n\nb')],
    ],
    [
      'nothing is empty',
      [
        { type: 'quote', blocks: [paragraph('')] },
        { type: 'bullets', items: [[], [{ type: 'code', text: ' \n' }]] },
        { type: 'numbers', items: [[paragraph('a')], []], start: 1 },
      ],
      [{ type: 'numbers', items: [[paragraph('a')]] }],
    ],
    [
      'addresses that are not trusted are gone, their words stay',
      [
        paragraph(
          ...[
            'javascript:x',
            ' java\nscript:x',
            'data:text/html,x',
            'https://bank.example@evil.example',
            '//x',
            '',
          ].map((link) => ({ text: 'x', link })),
          { text: 'y', link: 'HTTPS://Shop.Example' },
        ),
      ],
      [paragraph('xxxxxx', { text: 'y', link: 'https://shop.example/' })],
    ],
  ])('%s', (_, given, kept) => {
    expect(cleanRichText(given)).toEqual(kept)
  })

  test('cleaned once is cleaned for good, has nothing that is empty and no two neighbours that are one', () => {
    fc.assert(
      fc.property(anyBlocks, (tree) => {
        const kept = cleanRichText(tree)
        expect(cleanRichText(kept)).toEqual(kept)
        expect(isSameRichText(tree, kept)).toBe(true)
        expect(richText.parse(kept)).toEqual(kept)
        for (const runs of runsOf(kept)) {
          expect(runs.length).toBeGreaterThan(0)
          for (const [index, run] of runs.entries()) {
            expect(run.text).not.toBe('')
            expect(run.link ?? 'https:').toMatch(/^(?:https?|mailto|tel):/)
            const next = runs[index + 1]
            if (next) expect({ ...run, text: '' }).not.toEqual({ ...next, text: '' })
          }
        }
      }),
    )
  })

  test('its plain text has every sign of it in order, is clean, and is the text where there is no formatting', () => {
    fc.assert(
      fc.property(anyBlocks, (tree) => {
        const kept = cleanRichText(tree)
        const text = plainTextOf(kept)
        expect(cleanText(text)).toBe(text)
        let at = 0
        for (const runs of runsOf(kept))
          for (const sign of runs.flatMap((run) => run.text.match(/\S/g) ?? [])) {
            at = text.indexOf(sign, at)
            expect(at).toBeGreaterThanOrEqual(0)
            at += sign.length
          }
        if (isPlain(kept)) expect(kept).toEqual(text === '' ? [] : [paragraph(text)])
      }),
    )
  })

  test('cut, it is the beginning of it', () => {
    fc.assert(
      fc.property(anyBlocks, fc.integer({ min: 1, max: 40 }), (tree, most) => {
        const kept = cleanRichText(tree)
        const cut = cutRichText(kept, { signs: most, lines: 5 })
        if (cut === null) return
        const [whole, part] = [kept, cut].map((each) =>
          [...runsOf(each)].flatMap((runs) => runs.map(({ text }) => text)).join(''),
        )
        expect(whole?.startsWith(part?.replace(/…$/, '') ?? '')).toBe(true)
        const graphemes = [...new Intl.Segmenter().segment(part ?? '')]
        expect(graphemes.length).toBeLessThanOrEqual(most + 1)
      }),
    )
  })
})

test('lists, quotes, code and links have their signs in a plain text', () => {
  const tree: RichText = [
    paragraph(
      'Hello ',
      { text: 'Zoe', bold: true },
      ', see ',
      { text: 'our ', link: 'https://shop.example/r' },
      {
        text: 'page',
        bold: true,
        link: 'https://shop.example/r',
      },
      ' or ',
      { text: 'shop.example', link: 'https://shop.example/' },
      ':',
    ),
    {
      type: 'numbers',
      items: [[paragraph('one\nmore')], [paragraph('two'), { type: 'bullets', items: [[paragraph('in')]] }]],
      start: 9,
    },
    { type: 'quote', blocks: [paragraph('said\n\nso')] },
    { type: 'code', text: 'a\n  b' },
    paragraph('Bye'),
  ]
  expect(plainTextOf(tree)).toBe(
    'Hello Zoe, see our page (https://shop.example/r) or shop.example:\n9. one\n   more\n10. two\n    • in\n> said\n>\n> so\na\n  b\nBye',
  )
})

describe('what is refused', () => {
  const nested = (levels: number) => {
    let blocks: Block[] = [paragraph('x')]
    for (let level = 0; level < levels; level++) blocks = [{ type: 'bullets', items: [blocks] }]
    return blocks
  }
  test.each<[string, unknown]>([
    ['no tree', 'text'],
    ['nothing to see', [paragraph(' ')]],
    ['an unknown block', [{ type: 'image', src: 'x' }]],
    ['HTML', [{ type: 'paragraph', runs: [{ text: 'x', html: '<b>' }] }]],
    ['a look that is not one', [{ type: 'paragraph', runs: [{ text: 'x', bold: 'yes' }] }]],
    ['too long a text', [paragraph('x'.repeat(longestText + 1))]],
    ['too many parts', [paragraph(...Array.from({ length: mostValues / 2 }, () => 'x'))]],
    ['too deep', nested(6)],
    ['far too deep', JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`)],
  ])('%s', (_, tree) => {
    expect(writtenRichText.safeParse(tree).success).toBe(false)
  })
  test('what is bounded has no more bytes than is said', () => {
    const run = { text: '', bold: true, italic: true, struck: true, code: true, link: '' } as const
    const many = [paragraph(...Array.from({ length: 1_140 }, () => run))]
    const long = [paragraph('\u20ac'.repeat(44_000))]
    for (const tree of [many, long, nested(5)]) {
      expect(isBounded(tree)).toBe(true)
      expect(Buffer.byteLength(JSON.stringify(tree))).toBeLessThan(mostBytes)
    }
    expect(isBounded([paragraph('x'.repeat(46_000))])).toBe(false)
  })
  test('five lists within each other and the longest text are taken', () => {
    expect(writtenRichText.safeParse(nested(5)).success).toBe(true)
    expect(isBounded(nested(5)) && deepest).toBe(19)
    expect(writtenRichText.safeParse([paragraph('x'.repeat(longestText))]).success).toBe(true)
  })
})

test('a hundred thousand adversarial signs take at most 50 ms', () => {
  const size = 100_000
  const trees: RichText[] = [
    [paragraph(' '.repeat(size))],
    [paragraph('\n '.repeat(size / 2))],
    [paragraph(...Array.from({ length: 4_000 }, () => ' '.repeat(25)))],
    [
      paragraph(
        ...Array.from({ length: 4_000 }, (_, at) => ({
          text: ' \n'.repeat(12),
          bold: at % 2 ? (true as const) : undefined,
        })),
      ),
    ],
    [paragraph({ text: 'x', link: `https://${'a.'.repeat(size / 2)}` })],
    Array.from({ length: 3_000 }, () => paragraph('\r'.repeat(33))),
    [{ type: 'quote', blocks: [{ type: 'quote', blocks: [paragraph('a\n'.repeat(size / 2))] }] }],
  ]
  for (const [index, tree] of trees.entries()) {
    // Time of the processor, not of the clock: the machine may be busy with something else.
    const times = [1, 2, 3, 4].map(() => {
      const before = process.cpuUsage()
      plainTextOf(cleanRichText(tree))
      const { user, system } = process.cpuUsage(before)
      return (user + system) / 1_000
    })
    expect(Math.min(...times), `tree ${index}`).toBeLessThan(50)
  }
})
