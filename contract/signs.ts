import { z } from 'zod'
import { route } from './route.ts'
import { nothing } from './scalars.ts'

/**
 * What may make a sign. live: a live conversation began · new: a conversation began · message: the contact wrote ·
 * assigned: it was given to me, or to a group or another of it · mentioned: a colleague named me in a note · returned: one
 * that I had put off is back because its time has come.
 */
export const signKinds = ['live', 'new', 'message', 'assigned', 'mentioned', 'returned'] as const
export type SignKind = (typeof signKinds)[number]

/** mine: of conversations assigned to me · group: of those that others of my groups have, or that I may take. */
export const signColumns = ['mine', 'group'] as const
export type SignColumn = (typeof signColumns)[number]

/** Whether there is such a choice: nobody is told that somebody else was named, or of what somebody else had put off. */
export const isSignOf = (kind: SignKind, column: SignColumn) =>
  column === 'mine' || (kind !== 'mentioned' && kind !== 'returned')

/** The sounds that come with the product. */
export const soundNames = ['chime', 'drop', 'marimba', 'bell', 'knock'] as const
export type SoundName = (typeof soundNames)[number]

const kinds = z.array(z.enum(signKinds)).max(signKinds.length)
const chosen = z.strictObject({ mine: kinds, group: kinds })

/** How an operator wants to be told. */
export const signSettings = z.strictObject({
  /** No sound and no browser notification, whatever stands below. */
  silenced: z.boolean(),
  sounds: z.boolean(),
  sound: z.enum(soundNames),
  /** Of what there is a sound. */
  heard: chosen,
  /** Of what the browser shows a notification. */
  shown: chosen,
  /** Whether a browser notification says who wrote what. */
  preview: z.boolean(),
  /** Whether there is a sound for the conversation that is in front of me, too. */
  inView: z.boolean(),
  /** Whether what is given to one of my groups stands among my notifications. */
  groupListed: z.boolean(),
  /** A sound when a contact has waited so long for my answer, again and again if `repeatSeconds` says so. */
  alarm: z.strictObject({
    on: z.boolean(),
    afterSeconds: z.int().min(5).max(86_400),
    repeatSeconds: z.int().min(5).max(86_400).nullable(),
    sound: z.enum(soundNames),
  }),
})
export type SignSettings = z.infer<typeof signSettings>

/** How it is until somebody chooses. */
export const usualSigns: SignSettings = {
  silenced: false,
  sounds: true,
  sound: 'chime',
  heard: { mine: ['live', 'new', 'message', 'assigned', 'mentioned', 'returned'], group: ['live', 'new'] },
  shown: { mine: ['live', 'new', 'message', 'assigned', 'mentioned', 'returned'], group: ['live', 'new'] },
  preview: true,
  inView: false,
  groupListed: true,
  alarm: { on: false, afterSeconds: 120, repeatSeconds: 60, sound: 'bell' },
}

/** Whether an operator wants to hear, or see, anything of this. */
export function wantsSign(settings: SignSettings, kind: SignKind, column: SignColumn): boolean {
  if (settings.silenced) return false
  return settings.shown[column].includes(kind) || (settings.sounds && settings.heard[column].includes(kind))
}

export const readSignSettings = route({
  method: 'GET',
  path: '/api/v1/signs',
  caller: 'operator',
  summary: 'Read of what I want to be told by sound and by browser notification',
  params: nothing,
  query: nothing,
  body: nothing,
  answer: signSettings,
  errors: [],
})

export const updateSignSettings = route({
  method: 'PATCH',
  path: '/api/v1/signs',
  caller: 'operator',
  summary: 'Change of what I want to be told by sound and by browser notification; what is not given stays',
  params: nothing,
  query: nothing,
  body: signSettings.partial(),
  answer: signSettings,
  errors: [],
})
