import { note } from '@foyer/contract/entries/note.ts'
import type { Saying } from '@foyer/contract/rich-text/saying.ts'
import { Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Confirm } from '../../../confirm.tsx'
import { useMe, useOperatorName } from '../../../session.ts'
import { useLocale, useText } from '../../../text.tsx'
import { clockTime, fullTime } from '../../../time.ts'
import { IconButton } from '../../../ui/button.tsx'
import { MessageText } from '../message-text.tsx'
import { NoteField } from '../note-field.tsx'
import { useNotes } from '../use-notes.ts'
import type { BlockProps } from './block-props.ts'

/** What a colleague noted; the contact never sees it. */
export function NoteBlock({ entry, conversationId }: BlockProps) {
  const t = useText()
  const me = useMe()
  const locale = useLocale()
  const nameOf = useOperatorName()
  const { change } = useNotes(conversationId)
  const [editing, setEditing] = useState(false)
  const [saying, setSaying] = useState<Saying>({ text: '' })
  const [deleting, setDeleting] = useState(false)
  const mine = entry.actor.id === me.id
  const { content, edited, mentions = [] } = note.read(entry.body) ?? {}
  const edit = () => {
    setSaying(content ? { text: entry.text, content } : { text: entry.text })
    setEditing(true)
  }
  const name = nameOf(entry.actor.id) || t('log.operator')
  const title = mine ? t('note.mine') : t('note.by', { name })
  const at = Date.parse(entry.at)
  return (
    <section
      aria-label={title}
      data-note={entry.id}
      className="group my-1.5 rounded-lg border border-amber/35 bg-amber-tint px-3.5 py-2.5"
    >
      <p className="flex min-h-6 items-center gap-2 text-small text-amber">
        <bdi className="font-semibold">{title}</bdi>
        <time dateTime={entry.at} title={fullTime(locale, at)} className="tabular">
          {clockTime(locale, at)}
        </time>
        {edited ? <span>{t('note.edited')}</span> : null}
        {mine && !editing ? (
          <span className="ms-auto flex">
            <IconButton label={t('note.edit')} onPress={edit}>
              <Pencil size={14} aria-hidden="true" />
            </IconButton>
            <IconButton label={t('note.delete')} onPress={() => setDeleting(true)}>
              <Trash2 size={14} aria-hidden="true" />
            </IconButton>
          </span>
        ) : null}
      </p>
      {editing ? (
        <NoteField
          label={t('note.edit')}
          saying={saying}
          onChange={setSaying}
          action={t('settings.save')}
          cancel={() => setEditing(false)}
          save={async (changed) => {
            const done = await change(entry, changed)
            if (done) setEditing(false)
            return done
          }}
        />
      ) : (
        <div dir="auto" className="whitespace-pre-wrap wrap-anywhere text-ink">
          <MessageText text={entry.text} content={content} names={mentions.map(({ name }) => name)} />
        </div>
      )}
      <Confirm
        title={t('note.deleteAsk')}
        text={t('note.deleteText')}
        action={t('note.delete')}
        open={deleting}
        onClose={() => setDeleting(false)}
        run={() => void change(entry, null)}
      />
    </section>
  )
}
