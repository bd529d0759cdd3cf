import { findLinks } from '@foyer/client/links.ts'
import { drawRichText, type Pen } from '@foyer/contract/rich-text/draw.ts'
import type { RichText } from '@foyer/contract/rich-text/tree.ts'
import { type ComponentChildren, h } from 'preact'

/** What was written, with its links and its formatting; never anything but text. */
export function Said({ text, content }: { text: string; content: RichText | undefined }) {
  return content ? <div class="rich">{drawRichText(content, pen)}</div> : <Linked text={text} />
}

const pen: Pen<ComponentChildren> = {
  element: (tag, { href, host, start }, children) =>
    href === undefined ? h(tag, { start }, ...children) : Leading({ href, host, children }),
  text: (text, { isCode, isLink }) => (isCode || isLink ? text : <Linked text={text} />),
}

function Linked({ text }: { text: string }) {
  return (
    <>
      {findLinks(text).map(({ text: words, href, host }) =>
        href === undefined
          ? words
          : Leading({
              href,
              host: host && !words.toLowerCase().includes(host) ? host : undefined,
              children: words,
            }),
      )}
    </>
  )
}

/** Words that lead out of here. `host`: where they really lead, where they say something else. */
function Leading(props: { href: string; host: string | undefined; children: ComponentChildren }) {
  return (
    <a href={props.href} target="_blank" rel="noopener noreferrer nofollow">
      {props.children}
      {props.host && <span> ({props.host})</span>}
    </a>
  )
}
