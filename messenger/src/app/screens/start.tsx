import type { PublicHead } from '@foyer/contract/messenger.ts'
import { useEffect, useRef, useState } from 'preact/hooks'
import { usualWait } from '../availability.ts'
import { lastText } from '../last-text.ts'
import { Agreement } from '../parts/agreement.tsx'
import { Back } from '../parts/back.tsx'
import { Blocked } from '../parts/blocked.tsx'
import { Composer } from '../parts/composer.tsx'
import { Face, Faces } from '../parts/face.tsx'
import { Icon } from '../parts/icons.tsx'
import { Notices } from '../parts/notices.tsx'
import { SendLink } from '../parts/send-link.tsx'
import { type Scene, useChanges, useScene } from '../scene.ts'

const words = { free: 'start.available', busy: 'start.busy' } as const

/** Where one begins: a word of welcome, a box to write in, and the conversations there have been. */
export function Start({ focus, open }: { focus: number; open: (id: string) => void }) {
  const scene = useScene()
  const { t, name, available, conversations, panel, keeper, welcome, away, privacy } = scene
  useChanges(conversations)
  const [, setAgreed] = useState(false)
  const agreed = privacy === null || keeper.get('agreed') === privacy.url
  const [group, setGroup] = useState<string | null>(null)
  const top = useRef<HTMLElement>(null)
  const blockedUntil = conversations.blockedUntil()
  const isTouch = matchMedia('(pointer: coarse)').matches

  useEffect(() => {
    conversations.show(null)
    // On a phone the keyboard would cover the welcome: the screen takes the focus, not the box.
    if (isTouch && focus > 0) top.current?.focus()
  }, [conversations, focus, isTouch])

  function agree(): void {
    keeper.set('agreed', privacy?.url ?? null)
    setAgreed(true)
  }

  return (
    <main class="start" ref={top} tabIndex={-1} aria-label={t('name')}>
      <header class="welcome">
        <div class="bar">
          <span class="company">{name}</span>
          <button type="button" class="round leave" aria-label={t('close')} onClick={panel.close}>
            <Icon name="close" />
          </button>
        </div>
        <div class="greeting">
          <Faces team={scene.team} />
          <h1 dir="auto">{welcome ?? t('start.greeting')}</h1>
          {available !== null && blockedUntil === undefined && (
            <p class={available === 'free' ? 'presence here' : 'presence'}>
              <span>
                <span>{available === 'away' ? (away ?? t('start.away')) : t(words[available])}</span>
                <Wait />
                <Back />
              </span>
            </p>
          )}
        </div>
      </header>
      <div class="begin">
        {blockedUntil !== undefined ? (
          <Blocked until={blockedUntil} />
        ) : agreed ? (
          <>
            {scene.groups.length > 0 && <Groups groups={scene.groups} picked={group} pick={setGroup} />}
            <Composer
              draft="new"
              placeholder={t('composer.placeholder')}
              focus={isTouch ? 0 : focus}
              send={(said) => open(conversations.start(said, { group, agreed: privacy !== null }))}
            />
          </>
        ) : (
          <Agreement agree={agree} />
        )}
      </div>
      <Notices />
      <Parted />
      <Past open={open} />
      <Team />
    </main>
  )
}

/** Who the question is for; nobody has to know. */
function Groups(props: {
  groups: Scene['groups']
  picked: string | null
  pick: (id: string | null) => void
}) {
  const { t } = useScene()
  return (
    <fieldset class="groups">
      <legend>{t('start.groups')}</legend>
      {props.groups.map(({ id, name }) => (
        <label key={id} class={props.picked === id ? 'picked' : ''}>
          <input type="radio" name="group" checked={props.picked === id} onChange={() => props.pick(id)} />
          <bdi>{name}</bdi>
        </label>
      ))}
    </fieldset>
  )
}

/** The conversation of this browser went to whoever reads the address that was left here. */
function Parted() {
  const { t, conversations } = useScene()
  const address = conversations.parted()
  if (!address) return null
  return (
    <section class="parted">
      <p>{t('parted.text', { address })}</p>
      <SendLink t={t} send={conversations.sendLink} look="plain" sent="parted.sent" />
    </section>
  )
}

/** How soon; while nobody is there, when somebody is back says more. */
function Wait() {
  const { t, available, replySeconds } = useScene()
  if (replySeconds === null || available === 'away') return null
  const wait = usualWait(replySeconds)
  return <span> {t(wait.key, { count: wait.count })}</span>
}

/** What becomes of what one writes, where there is nothing else to see yet. */
function Team() {
  const { t, team, conversations } = useScene()
  if (team.length === 0 || conversations.heads().length + conversations.waiting().length > 0) return null
  return <p class="team">{t('start.team')}</p>
}

function Past({ open }: { open: (id: string) => void }) {
  const scene = useScene()
  const { t, conversations } = scene
  const begun = conversations
    .waiting()
    .filter((item) => item.start && !conversations.head(item.conversationId))
    .toReversed()
  const heads = conversations.heads()
  if (conversations.loading() === 'failed')
    return (
      <p class="empty">
        {t('start.loadFailed')}{' '}
        <button type="button" class="plain" onClick={() => void conversations.load()}>
          {t('tryAgain')}
        </button>
      </p>
    )
  if (heads.length + begun.length === 0) return null
  return (
    <section class="past" aria-labelledby="past">
      <h2 id="past">{t('start.conversations')}</h2>
      <ul>
        {begun.map((item) => (
          <li key={item.conversationId}>
            <Row
              who={scene.name}
              at={item.at}
              preview={t(item.state === 'failed' ? 'start.failed' : 'start.waiting', { text: item.text })}
              unread={0}
              open={() => open(item.conversationId)}
            />
          </li>
        ))}
        {heads.map((head) => (
          <li key={head.id}>
            <Row
              who={head.operator?.name ?? scene.name}
              picture={head.operator?.picture}
              at={Date.parse(head.messageAt)}
              preview={previewOf(head, scene)}
              unread={head.unread}
              open={() => open(head.id)}
            />
          </li>
        ))}
      </ul>
      {conversations.hasMore() && (
        <button type="button" class="plain more" onClick={() => void conversations.more()}>
          {t('start.more')}
        </button>
      )}
    </section>
  )
}

function previewOf(head: PublicHead, { t }: Scene): string {
  const text = lastText(head, t)
  const said = head.preview?.author === 'contact' ? t('start.you', { text }) : text
  return head.ended ? `${t('start.ended')} · ${said}` : said
}

function Row(props: {
  who: string
  picture?: string | null | undefined
  at: number
  preview: string
  unread: number
  open: () => void
}) {
  const { t, moments } = useScene()
  return (
    <button type="button" class={props.unread > 0 ? 'row new' : 'row'} onClick={props.open}>
      <Face name={props.who} picture={props.picture} />
      <span class="who">
        <bdi>{props.who}</bdi>
      </span>
      <time dateTime={new Date(props.at).toISOString()}>{moments.short(props.at)}</time>
      <span class="preview" dir="auto">
        {props.preview}
      </span>
      {props.unread > 0 && (
        <span class="count">
          <span aria-hidden="true">{props.unread > 99 ? '99+' : props.unread}</span>
          <span class="unseen">{t('start.unread', { count: props.unread })}</span>
        </span>
      )}
    </button>
  )
}
