import { ApiFailure } from '@foyer/client/api.ts'
import {
  longestMacro,
  type Macro,
  type MacroAudience,
  type MacroVersion,
  removeMacro,
  saveMacro,
} from '@foyer/contract/macros.ts'
import { keptOf, type Saying } from '@foyer/contract/rich-text/saying.ts'
import type { Locale } from '@foyer/contract/scalars.ts'
import { isVisible } from '@foyer/contract/written.ts'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api, codeOf, withRetries } from '../../api.ts'
import { Confirm } from '../../confirm.tsx'
import { useGroups, useMay } from '../../session.ts'
import { useErrorText, useLocale, useText } from '../../text.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { notify } from '../../ui/notices.tsx'
import { EditorButtons } from './editor-buttons.tsx'
import { MacroTexts } from './macro-texts.tsx'
import { useMacroName } from './use-macro-name.ts'

/** What a shortcut may be made of. */
const shortcutLook = /^[\p{L}\p{M}\p{N}_-]+$/u

type MacroEditorProps = { macro: Macro; folders: readonly string[]; close: () => void }

/** Makes or changes a macro: its names, whose it is, and what it says in each language. */
export function MacroEditor({ macro, folders, close }: MacroEditorProps) {
  const t = useText()
  const errorText = useErrorText()
  const queries = useQueryClient()
  const mayKeep = useMay('macros.manage')
  const groups = useGroups()
  const mine = useLocale()
  const nameOfMacro = useMacroName()
  const isNew = macro.version === 0
  const [draft, setDraft] = useState(macro)
  const [locale, setLocale] = useState<Locale>(
    macro.versions[mine] || isNew ? mine : ((Object.keys(macro.versions)[0] as Locale | undefined) ?? mine),
  )
  const [checked, setChecked] = useState(false)
  const [removing, setRemoving] = useState(false)
  /** Who has the shortcut or the key already. */
  const [taken, setTaken] = useState<{ shortcut?: string; key?: string }>({})
  const set = (change: Partial<Macro>) => setDraft((before) => ({ ...before, ...change }))

  const shortcut = (draft.shortcut ?? '').replace(/^!/, '')
  const isShortcutWrong = shortcut !== '' && !shortcutLook.test(shortcut)
  const versions = keptVersions(draft.versions)
  const isMissing = draft.name.trim() === '' || Object.keys(versions).length === 0
  const isTooLong = Object.values(versions).some(({ text }) => text.length > longestMacro)

  async function save(event: FormEvent) {
    event.preventDefault()
    setChecked(true)
    if (isMissing || isTooLong || isShortcutWrong) return
    const { id, key, audience, version } = draft
    const body = {
      id,
      name: draft.name.trim(),
      shortcut: shortcut || null,
      key: key || null,
      folder: draft.folder?.trim() || null,
      audience,
      groupId: audience === 'group' ? draft.groupId : null,
      versions: Object.fromEntries(
        Object.entries(versions).map(([of, { text, content }]) => [of, content ? { content } : { text }]),
      ),
      from: version,
    }
    try {
      await withRetries(() => api.call(saveMacro, { body }))
      await queries.invalidateQueries({ queryKey: ['macros'] })
      close()
    } catch (failure) {
      const code = codeOf(failure)
      const other = failure instanceof ApiFailure ? nameOfMacro(String(failure.details.macroId)) : ''
      const by = t('macros.taken', { name: other })
      if (code === 'macro.shortcut_taken' && other !== '') setTaken({ shortcut: by })
      else if (code === 'macro.key_taken' && other !== '') setTaken({ key: by })
      else notify({ tone: 'error', text: errorText(code) })
    }
  }
  async function remove() {
    try {
      await withRetries(() => api.call(removeMacro, { params: { macroId: macro.id } }))
      await queries.invalidateQueries({ queryKey: ['macros'] })
      close()
    } catch (failure) {
      notify({ tone: 'error', text: errorText(codeOf(failure)) })
    }
  }
  const audiences: { value: MacroAudience; label: string }[] = [
    { value: 'me', label: t('macros.audienceMe') },
    ...(groups.length > 0 ? [{ value: 'group' as const, label: t('macros.audienceGroup') }] : []),
    { value: 'everyone', label: t('macros.audienceEveryone') },
  ]
  return (
    <Dialog
      title={isNew ? t('macros.add') : macro.name}
      open
      onClose={close}
      closeLabel={t('dialog.close')}
      isBroad
    >
      <form onSubmit={save} className="flex flex-col gap-4" noValidate>
        <div className="grid gap-4 wide:grid-cols-2">
          <Field
            label={t('macros.name')}
            name="name"
            value={draft.name}
            onChange={(name) => set({ name })}
            error={checked && draft.name.trim() === '' ? t('setUp.missing') : undefined}
            maxLength={80}
            autoFocus={isNew}
            required
          />
          <Field
            label={t('macros.folder')}
            name="folder"
            value={draft.folder ?? ''}
            onChange={(folder) => set({ folder })}
            suggestions={folders}
            maxLength={60}
          />
          <Field
            label={t('macros.shortcut')}
            name="shortcut"
            value={draft.shortcut ?? ''}
            onChange={(next) => {
              set({ shortcut: next })
              setTaken({})
            }}
            help={t('macros.shortcutHelp')}
            error={taken.shortcut ?? (isShortcutWrong ? t('macros.shortcutWrong') : undefined)}
            maxLength={40}
          />
          <Field
            label={t('macros.key')}
            name="key"
            value={draft.key?.toUpperCase() ?? ''}
            onChange={(typed) => {
              // The one that was typed last counts.
              set({
                key:
                  typed
                    .toLowerCase()
                    .match(/[a-z0-9]/g)
                    ?.at(-1) ?? null,
              })
              setTaken({})
            }}
            help={t('macros.keyHelp')}
            error={taken.key}
          />
          {mayKeep ? (
            <Choice
              label={t('macros.audience')}
              value={draft.audience}
              options={audiences}
              onChange={(audience) =>
                set({
                  audience,
                  groupId: audience === 'group' ? (draft.groupId ?? groups[0]?.id ?? null) : null,
                })
              }
            />
          ) : null}
          {mayKeep && draft.audience === 'group' ? (
            <Choice
              label={t('macros.group')}
              value={draft.groupId ?? ''}
              options={groups.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={(groupId) => set({ groupId })}
            />
          ) : null}
        </div>
        <MacroTexts
          key={locale}
          locale={locale}
          setLocale={setLocale}
          written={Object.keys(versions) as Locale[]}
          saying={draft.versions[locale] ?? { text: '' }}
          write={(saying) => set({ versions: { ...draft.versions, [locale]: saying } })}
          error={
            checked && Object.keys(versions).length === 0
              ? t('macros.versionMissing')
              : isTooLong
                ? t('macros.tooLong')
                : undefined
          }
        />
        <EditorButtons remove={isNew ? null : () => setRemoving(true)} />
      </form>
      <Confirm
        title={t('macros.removeAsk', { name: macro.name })}
        text={t('macros.removeText')}
        action={t('macros.remove')}
        open={removing}
        onClose={() => setRemoving(false)}
        run={() => void remove()}
      />
    </Dialog>
  )
}

/** Those in which there is something, as they are kept. */
function keptVersions(versions: Partial<Record<Locale, MacroVersion>>): Partial<Record<Locale, Saying>> {
  const kept = Object.entries(versions).map(([locale, version]) => [locale, keptOf(version)] as const)
  return Object.fromEntries(kept.filter(([, { text }]) => isVisible(text)))
}
