import { cleanText, isSendable } from '../written.ts'
import { cleanRichText } from './clean.ts'
import { plainTextOf } from './plain.ts'
import { isBounded, isPlain, type RichText } from './tree.ts'

/** What somebody wrote: the text, and beside it the tree that it is made of, where it is formatted. */
export type Saying = { text: string; content?: RichText | undefined }

/** What a tree says; one that says no more than its text is left out. */
export function sayingOf(tree: RichText): Saying {
  const text = plainTextOf(tree)
  return isPlain(tree) ? { text } : { text, content: tree }
}

/** What a request says, which brings a text or a tree; null where it says that there is nothing any more. */
export function saidIn<Text extends string | null>(written: {
  text?: Text | undefined
  content?: RichText | undefined
}): { text: Text | string; content: RichText | undefined } {
  const { text, content } = written
  // Who has parsed it knows that it has one of the two.
  return content ? { content: undefined, ...sayingOf(content) } : { text: text as Text, content: undefined }
}

/** What is kept of what somebody wrote, as it is sent. */
export function keptOf({ text, content }: Saying): Saying {
  return content ? sayingOf(cleanRichText(content)) : { text: cleanText(text) }
}

/** Whether what is kept may be sent. */
export function isSayable({ text, content }: Saying): boolean {
  return isSendable(text) && (!content || isBounded(content))
}

/** What was said, one below the other. */
export function joinSayings(first: Saying, second: Saying): Saying {
  if (!first.content && !second.content)
    return { text: [first.text, second.text].filter((text) => text !== '').join('\n') }
  return sayingOf([...treeOf(first), ...treeOf(second)])
}

function treeOf({ text, content }: Saying): RichText {
  return content ?? (text === '' ? [] : [{ type: 'paragraph', runs: [{ text }] }])
}
