import { useEffect, useRef, useState } from 'preact/hooks'
import type { Translate } from '../messages.ts'
import { SendLink } from '../parts/send-link.tsx'
import { WayBack } from '../parts/way-back.tsx'

type Link = { name: string; address: string; day: string; site: string | null }
type Refused = { refused: true; site: string | null }

/**
 * Before a conversation that a link opens: whose it is, so that nobody takes somebody else's for theirs, and a way to say that
 * it was not them who left the address.
 */
export function Gate(props: {
  t: Translate
  state: Link | Refused | 'invalid' | 'unreachable'
  open?: (() => void) | undefined
  refuse?: (() => void) | undefined
  renew?: (() => Promise<void>) | undefined
  again: () => void
}) {
  const { t, state, again, renew } = props
  if (state === 'unreachable')
    return (
      <main class="gate">
        <p role="alert">{t('trouble.unreachable')}</p>
        <button type="button" class="enter" onClick={again}>
          {t('tryAgain')}
        </button>
      </main>
    )
  if (state === 'invalid')
    return (
      <main class="gate">
        <h1>{t('link.invalid')}</h1>
        <p>{t('link.invalidText')}</p>
        {renew && <SendLink t={t} send={renew} look="enter" sent="link.renewed" />}
      </main>
    )
  if ('refused' in state) return <Refused t={t} site={state.site} />
  return <Door {...props} link={state} />
}

function Door(props: {
  t: Translate
  link: Link
  open?: (() => void) | undefined
  refuse?: (() => void) | undefined
}) {
  const { t, link } = props
  const [isBusy, setIsBusy] = useState(false)
  function once(act: (() => void) | undefined): void {
    if (isBusy) return
    setIsBusy(true)
    act?.()
  }
  return (
    <main class="gate">
      <h1>{t('link.title', { name: link.name })}</h1>
      <p>{t('link.claimed', { address: link.address, day: link.day })}</p>
      <div class="ways">
        <button type="button" class="enter" aria-disabled={isBusy} onClick={() => once(props.open)}>
          {t('link.open')}
        </button>
        <button type="button" class="plain" aria-disabled={isBusy} onClick={() => once(props.refuse)}>
          {t('link.refuse')}
        </button>
      </div>
      <WayBack t={t} site={link.site} />
    </main>
  )
}

/** What was pressed is gone: the focus goes to what came of it. */
function Refused({ t, site }: { t: Translate; site: string | null }) {
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  return (
    <main class="gate">
      <h1 ref={title} tabIndex={-1}>
        {t('link.refused')}
      </h1>
      <p>{t('link.refusedText')}</p>
      <WayBack t={t} site={site} />
    </main>
  )
}
