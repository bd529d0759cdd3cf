import { z } from 'zod'
import { messageText } from '../scalars.ts'
import { isSendable, longestText } from '../written.ts'
import { cleanRichText } from './clean.ts'
import { plainTextOf } from './plain.ts'
import {
  type Block,
  type Bounds,
  isBounded,
  messageBounds,
  mostBytes,
  mostBytesOf,
  type RichText,
} from './tree.ts'

const set = z.literal(true).optional()

const run = z
  .strictObject({
    text: z.string(),
    bold: set,
    italic: set,
    struck: set,
    code: set,
    /** http, https, mailto or tel; text alone is left of any other. */
    link: z.string().optional(),
  })
  .meta({ id: 'RichTextRun' })

const block: z.ZodType<Block> = z
  .union([
    z.strictObject({ type: z.literal('paragraph'), runs: z.array(run) }),
    z.strictObject({ type: z.literal('code'), text: z.string() }),
    z.strictObject({
      type: z.literal('quote'),
      get blocks() {
        return z.array(block)
      },
    }),
    z.strictObject({
      type: z.literal('bullets'),
      get items() {
        return z.array(z.array(block))
      },
    }),
    z.strictObject({
      type: z.literal('numbers'),
      get items() {
        return z.array(z.array(block))
      },
      start: z.int().min(0).max(1_000_000).optional(),
    }),
  ])
  .meta({ id: 'RichTextBlock' })

/** Formatted text as whoever reads it receives it. */
export const richText: z.ZodType<RichText> = z.array(block).meta({ 'x-most-bytes': mostBytes })

/** The same as it comes in: bounded before it is walked through, then cleaned. */
/* @__NO_SIDE_EFFECTS__ */
export function incomingRichText(most: Bounds) {
  const tree: z.ZodType<RichText> = z.array(block).meta({ 'x-most-bytes': mostBytesOf(most) })
  return z
    .preprocess((value, context) => {
      if (isBounded(value, most)) return value
      context.addIssue({ code: 'custom', message: 'nested or divided too far' })
      return z.NEVER
    }, tree)
    .overwrite(cleanRichText)
}
const cleaned = incomingRichText(messageBounds)

/** The same as it is written: there must be something to see in it. */
export const writtenRichText = cleaned.refine((tree) => isSendable(plainTextOf(tree)))

/** The same of what is not sent yet. */
export const draftRichText = cleaned.refine((tree) => plainTextOf(tree).length <= longestText)

/** What is written comes as a text or formatted. */
export const written = { text: messageText.optional(), content: writtenRichText.optional() }

type Written = { text?: string | null | undefined; content?: RichText | undefined }

/** Whether it came in one of the two ways. */
export const isWrittenOnce = ({ text, content }: Written): boolean =>
  (text === undefined) !== (content === undefined)
