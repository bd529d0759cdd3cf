import type { Head } from '@foyer/contract/conversations.ts'
import type { Entry } from '@foyer/contract/entries.ts'
import type { Marks } from '@foyer/contract/marks.ts'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { Confirm } from '../../confirm.tsx'
import { useMe, useOperatorName } from '../../session.ts'
import { useLocale, useText } from '../../text.tsx'
import { fullTime } from '../../time.ts'
import { Button } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { Tip } from '../../ui/tip.tsx'
import { shortContactName } from '../conversations/words.ts'
import { useMessageChanges } from './use-message-changes.ts'

type MarksProps = { entry: Entry; marks: Marks; head: Head }

/** Below a message: what was done to it after it was said. */
export function MessageMarks(props: MarksProps) {
  const { deleted, erasure, reactions } = props.marks
  return (
    <>
      {deleted ? <Deleted deleted={deleted} /> : null}
      {erasure ? <Erasure {...props} erasure={erasure} /> : null}
      {reactions ? <Reactions {...props} reactions={reactions} /> : null}
    </>
  )
}

function Deleted({ deleted }: { deleted: NonNullable<Marks['deleted']> }) {
  const t = useText()
  const me = useMe()
  const locale = useLocale()
  const nameOf = useOperatorName()
  const name = nameOf(deleted.by)
  return (
    <p
      title={fullTime(locale, Date.parse(deleted.at))}
      className="flex items-center gap-1 px-1 pt-0.5 text-tiny text-red"
    >
      <Trash2 size={12} aria-hidden="true" />
      {deleted.by === me.id
        ? t('message.deletedByMe')
        : name
          ? t('message.deletedBy', { name })
          : t('message.deleted')}
    </p>
  )
}

/** That its contact wants it deleted, and what was said to that. */
function Erasure({ entry, head, erasure }: MarksProps & { erasure: NonNullable<Marks['erasure']> }) {
  const t = useText()
  const me = useMe()
  const nameOf = useOperatorName()
  const can = useMessageChanges(entry, head)
  const [isAsking, setAsking] = useState(false)
  const by = erasure.refusedBy
  if (by)
    return (
      <p className="px-1 pt-0.5 text-tiny text-faint">
        {by === me.id
          ? t('message.erasureRefusedByMe')
          : t('message.erasureRefusedBy', { name: nameOf(by) || t('log.operator') })}
      </p>
    )
  return (
    <div className="my-1 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg bg-amber-tint px-3 py-1.5 text-small text-amber">
      <p className="min-w-0">{t('message.erasureAsked')}</p>
      {can.mayAnswer ? (
        <span className="flex gap-1.5">
          <Button look="danger" onPress={() => setAsking(true)}>
            {t('message.erase')}
          </Button>
          <Button look="plain" onPress={() => can.answerErasure(false)}>
            {t('message.erasureRefuse')}
          </Button>
        </span>
      ) : null}
      <Confirm
        title={t('message.eraseAsk')}
        text={t('message.eraseText')}
        action={t('message.erase')}
        open={isAsking}
        onClose={() => setAsking(false)}
        run={() => can.answerErasure(true)}
      />
    </div>
  )
}

type ReactionsOf = NonNullable<Marks['reactions']>

function Reactions({ entry, head, reactions }: MarksProps & { reactions: ReactionsOf }) {
  const t = useText()
  const me = useMe()
  const nameOf = useOperatorName()
  const can = useMessageChanges(entry, head)
  const nameOfOne = ({ kind, id }: ReactionsOf[number]['by'][number]) =>
    kind === 'contact'
      ? shortContactName(head, t)
      : id === me.id
        ? t('log.you')
        : nameOf(id) || t('log.operator')
  return (
    <ul className="z-1 -mt-1 flex flex-wrap gap-1 px-1 pb-0.5">
      {reactions.map(({ emoji, by }) => {
        const names = by.map(nameOfOne).join(', ')
        const isMine = by.some(({ kind, id }) => kind === 'operator' && id === me.id)
        return (
          <li key={emoji}>
            <Tip text={names}>
              <AriaButton
                aria-label={t('message.reactionBy', { emoji, names })}
                aria-pressed={isMine}
                isDisabled={!can.mayReact && !isMine}
                onPress={() => can.react(emoji)}
                className={classes(
                  'arrive flex h-6 items-center gap-1 rounded-full border px-2 text-small tabular',
                  isMine ? 'border-accent bg-accent-tint text-accent' : 'border-line bg-surface text-soft',
                )}
              >
                <span className="text-[0.9rem] leading-none">{emoji}</span>
                {by.length > 1 ? by.length : null}
              </AriaButton>
            </Tip>
          </li>
        )
      })}
    </ul>
  )
}
