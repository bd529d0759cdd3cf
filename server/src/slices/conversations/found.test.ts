import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashPassword } from '../../platform/crypto.ts'
import { passageOf } from '../../platform/passages.ts'
import { type BuiltOperator, createBuild } from '../../testing/build.ts'
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts'
import type { OperatorProof } from '../operators/access.ts'
import { listConversations } from './reads.ts'

/** A text, what finds it, and what does not. */
const said: readonly { text: string; by: readonly string[]; notBy: readonly string[] }[] = [
  // Latin, English.
  {
    text: 'Do these mugs go into the dishwasher?',
    by: ['mug', 'MUGS', 'dish mugs', '"go into the"', 'DISHWASHER', 'mugs, dishwasher!', '"mugs go"'],
    notBy: ['ugs', 'washer', '"mugs into"', 'mugs parcel', '"mug go"'],
  },
  {
    text: 'It’s Zoë O’Neill; send an e-mail to me',
    by: ["it's", 'its', 'it’s', "o'neill", 'ONEILL', 'neill', 'zoe', 'email', 'e-mail', 'mail'],
    notBy: ['neil x', 'emails'],
  },
  // Latin, French.
  {
    text: 'Une crème brûlée à Noël, s’il vous plaît, cœur',
    by: [
      'creme',
      'crème',
      'CRÈME',
      'cre\u0300me',
      'brulee noel',
      'plait',
      '"s’il vous plait"',
      'coeur',
      'cœur',
    ],
    notBy: ['crama', '"vous s’il"'],
  },
  {
    text: 'Un re\u0301sume\u0301 en français',
    by: ['résumé', 'resume', 'francais', 'FRANÇAIS'],
    notBy: ['resumee'],
  },
  // Latin, German and others.
  {
    text: 'Königstraße 12, Größe „XL“, Übergrößen',
    by: [
      'königstrasse',
      'konigstraße',
      'KÖNIGSTRASSE',
      'KÖNIGSTRAẞE',
      'groesse'.replace('oe', 'o'),
      'übergr',
      '"große xl"',
    ],
    notBy: ['strasse', 'koenigstrasse'],
  },
  { text: 'Łódź, Ærø, Þór og Straße ﬁnden', by: ['lodz', 'łódź', 'aero', 'thor', 'finden'], notBy: ['rodz'] },
  { text: 'İstanbul’da ılık', by: ['istanbul', 'ilik'], notBy: ['stanbul'] },
  { text: 'ＦＵＬＬ width ２０２６ ㎏', by: ['full', '2026', 'kg', 'width'], notBy: ['ul'] },
  // Numbers.
  {
    text: 'Ma commande MP-20421 n’est pas arrivée',
    by: ['MP-20421', 'mp20421', 'MP20421', '20421', '2042', 'mp', 'mp 20421', '"MP-20421"', 'mp/20421'],
    notBy: ['0421', 'MP-20422', 'mp421'],
  },
  {
    text: 'Invoice 2026-1187, order AB-1234/5 and XY9876',
    by: [
      '1187',
      '2026-1187',
      '20261187',
      'AB-1234/5',
      'AB-1234',
      'ab1234',
      'AB12345',
      '1234/5',
      'xy9876',
      '9876',
      'XY 9876'.toLowerCase().replace(' ', ''),
    ],
    notBy: ['187', 'AB-5', '1234/6'],
  },
  {
    text: 'Call +33 6 12 34 56 78',
    by: [
      '+33 6 12 34 56 78',
      '0612345678',
      '06.12.34.56.78',
      '06 12 34 56 78',
      '+33612345678',
      '0033612345678',
      '+33 (0)6 12 34 56 78',
      '33612345678',
    ],
    notBy: ['0612345679', '+34612345678', '0712345678'],
  },
  {
    text: 'Meine Nummer: 0170-5550123',
    by: [
      '+49 170-5550123',
      '+491705550123',
      '5550123',
      '0170',
      '01705550123',
      '0170 5550123',
      '(0170) 5550123',
    ],
    notBy: ['5550124', '+49 171 5550123'],
  },
  {
    text: 'Ruf an: +49 170-5550123',
    by: ['5550123', '+491705550123', '0170/5550123', '00491705550123'],
    notBy: ['550123'],
  },
  // Addresses, pages, files.
  {
    text: 'Write to anna.lindqvist@shop-mail.example please',
    by: [
      'lindqvist',
      'anna',
      'shop-mail.example',
      'anna.lindqvist@shop-mail.example',
      '@shop-mail.example',
      'shop',
      'lindqvist@shop',
      'example',
    ],
    notBy: ['qvist', 'shop.mail2', 'shop-example'],
  },
  {
    text: 'See https://www.foyer.example/docs/how-to_pay.html?id=77 and Rechnung_März.pdf',
    by: [
      'foyer.example',
      'how-to',
      'how_to_pay.html',
      'pay',
      'docs/how',
      'rechnung',
      'marz.pdf',
      'Rechnung_März.pdf',
      'https',
      '77',
    ],
    notBy: ['foyer.docs', 'rechnung.pdf'],
  },
  // Signs that are no words.
  {
    text: '🎉parcel🎉 👩‍👩‍👧 has come ❤️today',
    by: ['parcel', 'come', 'today', '🎉 parcel', 'parcel 🎉'],
    notBy: ['arcel'],
  },
  {
    text: '100% cotton; 50_50; C++ & <b>bold</b>',
    by: ['100%', '50_50', 'c++', '<b>', 'bold', '5050'],
    notBy: ['%%cottons'],
  },
  // Cyrillic.
  {
    text: 'Где мой заказ? Ещё не пришёл',
    by: ['заказ', 'ЗАКАЗ', 'еще', 'пришел', 'зак', '"мой заказ"', 'Приш'],
    notBy: ['аказ', '"заказ мой"', 'заказы'],
  },
  { text: 'Київ, вулиця Їжакевича', by: ['київ', 'киів', 'вулиця', 'їжак'], notBy: ['вулицю'] },
  // Greek.
  {
    text: 'Πού είναι το δέμα μου; Ο ΟΔΟΣ',
    by: ['δεμα', 'ΔΕΜΑ', 'που', 'είναι', 'οδος', 'ΟΔΌΣ', '"δέμα μου"'],
    notBy: ['εμα', 'δεματα'],
  },
  // Arabic and Hebrew.
  {
    text: 'أين طلبيتي؟ لم تَصِل بعد ٢٠٢٦',
    by: ['اين', 'أين', 'طلبيتي', 'تصل', 'طلب', '2026', '٢٠٢٦'],
    notBy: ['لبيتي', 'طلبيتك'],
  },
  { text: 'איפה החבילה שלי? שָׁלוֹם', by: ['החבילה', 'שלום', 'שָׁלוֹם', 'איפ'], notBy: ['חבילה', 'החבילות'] },
  // Chinese, Japanese, Korean, Thai.
  {
    text: '注文した商品がまだ届きません',
    by: ['商品', '注文', '届き', '品', '商品が', 'まだ', 'ません', '注文した商品', '"商品がまだ"', 'ん'],
    notBy: ['品商', '商文', '注文商品', '届く'],
  },
  {
    text: '我的订单AB-77还没有到，请问什么时候发货？',
    by: ['订单', '发货', '什么时候', '货', 'ab-77', '订单 发货', '没有'],
    notBy: ['单订', '订货', '什么发货'],
  },
  { text: 'ｺｰﾋｰ と ガラス', by: ['コーヒー', 'ガラス', 'ガ', 'ｺｰﾋｰ', 'カ\u3099ラス'], notBy: ['カラス'] },
  { text: '주문이 아직 안 왔어요', by: ['주문', '아직', '왔어요', '주문이 아직'], notBy: ['문이'] },
  {
    text: 'สินค้ายังไม่มาถึงค่ะ',
    by: ['สินค้า', 'ยังไม่', 'มาถึง', 'ถึง', 'ค่ะ', 'สินค้ายัง'],
    notBy: ['ไม่ยัง', 'สินมา', 'มาแล้ว'],
  },
]
/** Names and addresses, in any order and by any part. */
const named: readonly { name: string; email: string; by: readonly string[]; notBy: readonly string[] }[] = [
  {
    name: 'Élodie Martin',
    email: 'elodie@maison.example',
    by: [
      'Martin Élodie',
      'martin, elodie',
      'Élodie',
      'artin',
      'maison.example',
      'elodie@maison',
      'martin maison',
    ],
    notBy: ['Martin Elias', 'maison.martin'],
  },
  {
    name: 'Seán O’Brien-Whitfield',
    email: 'sean@hill.example',
    by: ["o'brien", 'obrien', 'whitfield sean', 'hitf', 'O’Brien-Whitfield', 'se'],
    notBy: ['brian'],
  },
  {
    name: '山田 太郎',
    email: 'taro@yama.example',
    by: ['山田', '太郎', '太郎 山田', '郎', '山田太郎'],
    notBy: ['山郎'],
  },
]

let db: TestDatabase
let ann: BuiltOperator
const nameOf = (place: number) => `Nobody ${place}`

beforeAll(async () => {
  db = await createTestDatabase()
  const build = createBuild(db.database, hashPassword)
  ann = await build.operator()
  for (const [place, { text }] of said.entries())
    await build.conversation({
      contact: await build.contact({ organizationId: ann.organizationId, name: nameOf(place) }),
      text,
    })
  for (const { name, email } of named) {
    const contact = await build.contact({ organizationId: ann.organizationId, name })
    await db.owner('update contacts set email = $1 where id = $2', [email, contact.id])
    await build.conversation({ contact, text: 'qq' })
  }
})
afterAll(() => db.close())

async function found(search: string) {
  const proof = { organizationId: ann.organizationId, operatorId: ann.id } as OperatorProof
  return listConversations({ database: db.database, epoch: randomUUID() }, proof, {
    list: 'all',
    limit: 100,
    search,
  })
}

const pairs = said.flatMap(({ text, by, notBy }, place) => [
  ...by.map((words) => ({ text, words, place, isFound: true })),
  ...notBy.map((words) => ({ text, words, place, isFound: false })),
])

test('the table is as long as is asked', () => expect(pairs.length).toBeGreaterThanOrEqual(120))

test.each(pairs)('[N3] $text · $words: $isFound', async ({ text, words, place, isFound }) => {
  const { items, searched } = await found(words)
  const hit = items.find((head) => head.contact.name === nameOf(place))
  expect(hit !== undefined, (await template(words)) ?? '').toBe(isFound)
  if (!isFound) return
  const match = searched?.matches.find((one) => one.conversationId === hit?.id)
  expect(match?.pieces.map((piece) => piece.text).join('')).toBe(
    passageOf(text, '')
      .map((piece) => piece.text)
      .join(''),
  )
  // What the database finds is also seen where it stands.
  expect(match?.pieces.some((piece) => piece.marked)).toBe(true)
})

const names = named.flatMap(({ name, by, notBy }) => [
  ...by.map((words) => ({ name, words, isFound: true })),
  ...notBy.map((words) => ({ name, words, isFound: false })),
])

test.each(names)('[N3] $name · $words: $isFound', async ({ name, words, isFound }) => {
  const { items } = await found(words)
  expect(items.some((head) => head.contact.name === name)).toBe(isFound)
})

async function template(words: string): Promise<string | undefined> {
  const [row] = await db.owner<{ made: string }>("select search_template($1, '') as made", [words])
  return row?.made
}
