import { findLinks } from '@foyer/client/links.ts'
import type { ReactNode } from 'react'
import { pieces } from './mentions.ts'

/** Text with what looks like an address as a link, in which names that were mentioned stand out. */
export function LinkedText({ text, names }: { text: string; names: readonly string[] }) {
  return pieces(text, names).map((piece, index) =>
    piece.name === undefined ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text never change places
      <Linked key={index} text={piece.text} />
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text never change places
      <span key={index} className="rounded-sm bg-amber/15 px-0.5 font-medium text-amber">
        {piece.text}
      </span>
    ),
  )
}

function Linked({ text }: { text: string }) {
  return findLinks(text).map((piece, index) =>
    piece.href === undefined ? (
      piece.text
    ) : (
      <TextLink
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text never change places
        key={index}
        href={piece.href}
        title={piece.host}
        host={piece.host && !piece.text.toLowerCase().includes(piece.host) ? piece.host : undefined}
      >
        {piece.text}
      </TextLink>
    ),
  )
}

type TextLinkProps = {
  href: string
  title?: string | undefined
  /** Where it really leads, where its words say something else. */
  host?: string | undefined
  children?: ReactNode
}

/** Words that lead out of here. */
export function TextLink({ href, title, host, children }: TextLinkProps) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      title={title ?? href}
      className="underline decoration-current/40 underline-offset-2 hover:decoration-current"
    >
      {children}
      {host ? <span className="opacity-75"> ({host})</span> : null}
    </a>
  )
}
