import { quickReactions } from '@foyer/client/reactions.ts'
import { useEffect, useRef, useState } from 'preact/hooks'
import '../styles/around.css'
import type { MessageLine } from '../lines.ts'
import { useScene } from '../scene.ts'
import { useEmojiPicker } from './emoji-picker.ts'
import { Icon } from './icons.tsx'

/**
 * What stands around a message: below it what was done to it, above it, while the pointer or the focus is there, what can be
 * done with it.
 */
export function Around({ line, isHere }: { line: MessageLine; isHere: boolean }) {
  const { t, conversations } = useScene()
  const [hasFailed, setFailed] = useState(false)
  const { erasure, reactions } = line.marks ?? {}

  async function change(what: 'reactions' | 'erasures', body: object): Promise<void> {
    setFailed(false)
    setFailed(!(await conversations.change(what, { messageId: line.key, ...body })))
  }
  function react(emoji: string): void {
    const isMine = reactions?.some((each) => each.emoji === emoji && each.mine)
    void change('reactions', { emoji, on: !isMine })
  }

  return (
    <>
      {reactions && (
        <ul class="reactions">
          {reactions.map(({ emoji, mine, names }) => {
            const all = [...names, ...(mine ? [t('log.you')] : [])].join(', ')
            return (
              <li key={emoji}>
                <button
                  type="button"
                  class={mine ? 'mine' : ''}
                  aria-pressed={mine}
                  aria-label={t('message.reactionBy', { emoji, names: all })}
                  title={all}
                  onClick={() => react(emoji)}
                >
                  {emoji}
                  {names.length + Number(mine) > 1 && <span>{names.length + Number(mine)}</span>}
                </button>
              </li>
            )
          })}
        </ul>
      )}
      {erasure && <p class="meta">{t(erasure === 'asked' ? 'message.asked' : 'message.refused')}</p>}
      {hasFailed && (
        <p class="meta failure" role="alert">
          {t('message.unchanged')}
        </p>
      )}
      {isHere && (
        <Tools
          react={react}
          {...(line.author === 'me' && !erasure ? { ask: () => void change('erasures', {}) } : {})}
        />
      )}
    </>
  )
}

/** `ask`: of one's own. */
function Tools({ react, ask }: { react: (emoji: string) => void; ask?: () => void }) {
  const { t } = useScene()
  const [isChoosing, setChoosing] = useState(false)
  const [wantsAll, setWantsAll] = useState(false)
  return (
    <div class="tools" role="toolbar" aria-label={t('message.actions')}>
      <button
        type="button"
        aria-label={t('message.react')}
        title={t('message.react')}
        aria-expanded={isChoosing}
        onClick={() => setChoosing(!isChoosing)}
      >
        <Icon name="react" />
      </button>
      {isChoosing &&
        quickReactions.map((emoji) => (
          <button
            key={emoji}
            type="button"
            class="emoji"
            aria-label={t('message.reactWith', { emoji })}
            onClick={() => {
              setChoosing(false)
              react(emoji)
            }}
          >
            {emoji}
          </button>
        ))}
      {isChoosing && (
        <button
          type="button"
          class="emoji"
          aria-label={t('message.reactOther')}
          title={t('message.reactOther')}
          onClick={() => setWantsAll(true)}
        >
          <Icon name="more" />
        </button>
      )}
      {wantsAll && (
        <AllEmoji
          pick={(emoji) => {
            setChoosing(false)
            react(emoji)
          }}
          close={() => setWantsAll(false)}
        />
      )}
      {ask && !isChoosing && (
        <button type="button" onClick={ask}>
          {t('message.ask')}
        </button>
      )}
    </div>
  )
}

/** The whole picker, in front of everything else: a message near the edge has no room for it. */
function AllEmoji({ pick, close }: { pick: (emoji: string) => void; close: () => void }) {
  const { t } = useScene()
  const sheet = useRef<HTMLDialogElement>(null)
  const Picker = useEmojiPicker(true)
  useEffect(() => sheet.current?.showModal(), [])
  const shut = () => sheet.current?.close()
  return (
    <dialog
      ref={sheet}
      class="emoji-sheet"
      aria-label={t('message.react')}
      onClose={close}
      onClick={({ target, currentTarget }) => target === currentTarget && shut()}
      // The arrows lead through the picker here, not from message to message.
      onKeyDown={(event) => event.stopPropagation()}
    >
      {Picker && (
        <Picker
          pick={(emoji) => {
            shut()
            pick(emoji)
          }}
          close={shut}
        />
      )}
    </dialog>
  )
}
