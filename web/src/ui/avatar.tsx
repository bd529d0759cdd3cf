import { UserRound } from 'lucide-react'
import { useState } from 'react'
import { classes } from './classes.ts'

type AvatarProps = {
  name: string | null
  seed: string
  /** Where their picture lies. */
  picture?: string | null | undefined
  size?: keyof typeof sizes
  online?: boolean
}

const sizes = {
  small: 'size-6 text-tiny',
  medium: 'size-8 text-small',
  comfortable: 'size-9 text-dense',
  large: 'size-10 text-base',
  person: 'size-16 text-lead',
  huge: 'size-18 text-title',
}

/**
 * A picture, over initials on a tint that stays the same for the same person; they remain where it does not come. Decoration:
 * the name stands beside it.
 */
export function Avatar({ name, seed, picture, size = 'medium', online }: AvatarProps) {
  const [broken, setBroken] = useState<string | null>(null)
  const hue = (tintOf(seed) * 30 + 15) % 360
  return (
    <span className="relative inline-flex shrink-0" aria-hidden="true">
      <span
        data-initials={name ? initials(name) : ''}
        className={classes(
          'flex items-center justify-center rounded-full font-semibold before:content-[attr(data-initials)] select-none',
          sizes[size],
        )}
        style={{
          background: `light-dark(oklch(0.915 0.035 ${hue}), oklch(0.36 0.04 ${hue}))`,
          color: `light-dark(oklch(0.4 0.07 ${hue}), oklch(0.88 0.05 ${hue}))`,
        }}
      >
        {name ? null : (
          <UserRound
            size={size === 'huge' || size === 'person' ? 30 : size === 'large' ? 20 : 16}
            strokeWidth={1.75}
          />
        )}
      </span>
      {picture && picture !== broken ? (
        <img
          key={picture}
          src={picture}
          alt=""
          draggable={false}
          onError={() => setBroken(picture)}
          className="absolute inset-0 size-full rounded-full object-cover"
        />
      ) : null}
      {online ? (
        <span
          className={classes(
            'absolute rounded-full border-2 border-surface bg-green',
            size === 'person' || size === 'huge'
              ? 'end-0.5 bottom-0.5 size-4'
              : '-end-px -bottom-px size-2.5',
          )}
        />
      ) : null}
    </span>
  )
}

function tintOf(seed: string): number {
  let sum = 0
  for (const sign of seed) sum = (sum * 31 + (sign.codePointAt(0) ?? 0)) % 9973
  return sum % 12
}

const initialsKnown = new Map<string, string>()

/** The first letters of the first and the last word, as people read them (whole graphemes). */
function initials(name: string): string {
  let known = initialsKnown.get(name)
  if (known === undefined) {
    known = initialsOf(name)
    initialsKnown.set(name, known)
  }
  return known
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u)
  const first = firstLetter(words[0] ?? '')
  const last = words.length > 1 ? firstLetter(words.at(-1) ?? '') : ''
  return (first + last).toLocaleUpperCase()
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

function firstLetter(word: string): string {
  for (const { segment } of graphemes.segment(word)) if (/[\p{L}\p{N}]/u.test(segment)) return segment
  return ''
}
