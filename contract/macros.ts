import { z } from 'zod'
import { plainTextOf } from './rich-text/plain.ts'
import { incomingRichText, richText } from './rich-text/schema.ts'
import { formattedBytes, route } from './route.ts'
import { bytes, count, id, line, locale, moment, nothing } from './scalars.ts'
import { cleanText, isVisible } from './written.ts'

/** Who may use a macro. */
export const macroAudiences = ['me', 'group', 'everyone'] as const
export const macroAudience = z.enum(macroAudiences)
export type MacroAudience = z.infer<typeof macroAudience>

/** The longest text of a macro in one language, in UTF-16 units. */
export const longestMacro = 5_000
/** So many macros an organization has at most, and so many one operator alone. */
export const mostMacros = 10_000
export const mostOwnMacros = 1_000
/** So many of them, and so many bytes, a composer is given. */
export const mostUsable = 2_000
export const mostUsableBytes = 4_000_000

/** What a macro says in one language; `content` where it is formatted. */
export const macroVersion = z.strictObject({ text: z.string(), content: richText.optional() })
export type MacroVersion = z.infer<typeof macroVersion>

const written = z
  .strictObject({
    text: z.string().overwrite(cleanText).min(1).max(longestMacro).optional(),
    content: incomingRichText({ values: 1_500, units: 12_000 }).optional(),
  })
  .refine(({ text, content }) => (text === undefined) !== (content === undefined))
  .refine(({ text, content }) => {
    const said = content ? plainTextOf(content) : (text ?? '')
    return said.length <= longestMacro && isVisible(said)
  })

/** What is typed behind `!` to mean a macro: a word of letters, digits, `-` and `_`. */
export const shortcutPattern = /^[\p{L}\p{M}\p{N}_-]+$/u
/** Pressed with Alt and Shift. */
export const keyPattern = /^[a-z0-9]$/

const names = {
  name: line(80),
  shortcut: z.string().min(1).max(40).regex(shortcutPattern).nullable(),
  key: z.string().length(1).regex(keyPattern).nullable(),
  /** The folder in which it is found. */
  folder: line(60).nullable(),
  audience: macroAudience,
  /** The group, where it is one's. */
  groupId: id.nullable(),
}

/** A macro as those may see it who may use it, and those who keep them. */
export const macro = z.strictObject({
  id,
  name: z.string(),
  shortcut: z.string().nullable(),
  key: z.string().nullable(),
  folder: z.string().nullable(),
  audience: macroAudience,
  groupId: id.nullable(),
  versions: z.partialRecord(locale, macroVersion),
  /** How many messages were sent that were made of it. */
  used: count,
  lastUsedAt: moment.nullable(),
  version: count,
})
export type Macro = z.infer<typeof macro>

/** What somebody says a macro is to be. */
export const macroGiven = z
  .strictObject({ id, ...names, versions: z.partialRecord(locale, written) })
  .refine(({ audience, groupId }) => (audience === 'group') === (groupId !== null), {
    path: ['audience'],
  })
  .refine(({ versions }) => Object.keys(versions).length > 0, { path: ['versions'] })
export type MacroGiven = z.output<typeof macroGiven>

export const listMacros = route({
  method: 'GET',
  path: '/api/v1/macros',
  caller: 'operator',
  summary:
    'List macros by name, with an optional search: mine, those of my groups, everybody’s; whoever keeps them sees those of all groups',
  params: nothing,
  query: z.strictObject({
    /** As `next` of the page before; it holds a name. */
    cursor: z.string().max(600).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
    search: z.string().trim().min(1).max(200).optional(),
    folder: z.string().trim().min(1).max(60).optional(),
    audience: macroAudience.optional(),
  }),
  body: nothing,
  answer: z.strictObject({
    items: z.array(macro),
    next: z.string().nullable(),
    /** How many there are of all that can be seen, whatever was searched for. */
    total: count,
    /** Every folder of them. */
    folders: z.array(z.string()),
  }),
  errors: [],
})

export const listUsableMacros = route({
  method: 'GET',
  path: '/api/v1/me/macros',
  caller: 'operator',
  summary:
    'List what I may use, all at once: of the same shortcut or key mine are before those of my groups, and these before everybody’s',
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.strictObject({
    items: z.array(macro),
    /** Whether these are all; there are more than 2,000 otherwise, or more than 4 MB. */
    complete: z.boolean(),
  }),
  errors: [],
})

export const saveMacro = route({
  method: 'PUT',
  path: '/api/v1/macros',
  caller: 'operator',
  summary: 'Create a macro, or change one that is still as the caller saw it',
  params: nothing,
  query: nothing,
  body: macroGiven
    .safeExtend({
      /** The version the caller saw; 0: it is new. */
      from: count,
    })
    .meta({
      // What one of its parts allows depends on others, which no schema says.
      'x-example': {
        id: '5f6c2a52-6f0e-4d0b-9a53-0a4f4f4b7c11',
        name: 'How long it takes',
        shortcut: 'delivery',
        key: 'd',
        folder: 'Shipping',
        audience: 'everyone',
        groupId: null,
        from: 0,
        versions: { en: { text: 'Within three days, {{contact.first_name|of course}}.' } },
      },
    }),
  bodyBytes: formattedBytes,
  answer: macro,
  errors: [
    'role.missing',
    'macro.unknown',
    'macro.changed',
    'macro.shortcut_taken',
    'macro.key_taken',
    'macro.too_many',
    'group.unknown',
  ],
})

export const removeMacro = route({
  method: 'DELETE',
  path: '/api/v1/macros/:macroId',
  caller: 'operator',
  summary: 'Remove a macro; what was written with it stays',
  params: z.strictObject({ macroId: id }),
  query: nothing,
  body: nothing,
  answer: nothing,
  errors: ['role.missing', 'macro.unknown'],
})

export const macroFormat = z.enum(['csv', 'json'])
export type MacroFormat = z.infer<typeof macroFormat>

export const exportMacros = route({
  method: 'GET',
  path: '/api/v1/macros/file',
  caller: 'operator',
  summary: 'Export all macros that I see; what is imported again changes nothing',
  params: nothing,
  query: z.strictObject({ format: macroFormat }),
  body: nothing,
  answer: z.strictObject({ text: z.string() }),
  errors: [],
})

/** What is wrong with a row of a file. */
export const macroRowProblems = [
  'shape',
  'shortcut_taken',
  'key_taken',
  'group_unknown',
  'not_allowed',
  'twice',
  'too_many',
] as const
export const macroRowProblem = z.enum(macroRowProblems)

/** The largest file that is imported, in bytes. */
export const macroFileBytes = 6 * 1024 * 1024
/** Of what is wrong so many rows are named. */
export const mostProblemsNamed = 100

export const importMacros = route({
  method: 'POST',
  path: '/api/v1/macros/file',
  caller: 'operator',
  summary:
    'Import macros, those with a known id in place of what is there; rows with something wrong are named and left out, all others come in at once, or none',
  params: nothing,
  query: z.strictObject({
    format: macroFormat,
    /** Only say what would happen. */
    dry: z.enum(['true', 'false']).default('false'),
  }),
  body: bytes,
  takes: { types: ['text/csv', 'text/plain'], atMost: macroFileBytes },
  answer: z.strictObject({
    created: count,
    changed: count,
    /** As they are already. */
    same: count,
    wrong: count,
    /** The first of those with something wrong: the line of a table, or the place in a list, counted from 1. */
    problems: z.array(z.strictObject({ row: count, problem: macroRowProblem, field: z.string().nullable() })),
  }),
  errors: ['macro.file_unreadable', 'macro.too_many'],
})
export type MacroImport = z.infer<typeof importMacros.answer>
