import type { Translate } from '../messages.ts'
import type { Panel } from '../panel.ts'
import { Icon } from '../parts/icons.tsx'

/** Shown instead of everything else when not even the widget's name can be had. */
export function Trouble(props: {
  t: Translate
  /** The company's name, if this browser has heard it before. */
  name: string | null
  isUnknown: boolean
  panel: Panel
  again: () => void
}) {
  const { t, name, isUnknown, panel, again } = props
  return (
    <main class="start trouble" aria-label={t('name')}>
      <header class="welcome">
        <div class="bar">
          <h1 class="company">{name ?? t('name')}</h1>
          <button type="button" class="round leave" aria-label={t('close')} onClick={panel.close}>
            <Icon name="close" />
          </button>
        </div>
        <div class="greeting">
          <p role="alert">{t(isUnknown ? 'trouble.unknown' : 'trouble.unreachable')}</p>
        </div>
      </header>
      <div class="begin">
        {!isUnknown && (
          <button type="button" class="main" onClick={again}>
            {t('tryAgain')}
          </button>
        )}
      </div>
    </main>
  )
}
