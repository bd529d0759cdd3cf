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
      </header>
      <div class="what">
        <p role="alert">{t(isUnknown ? 'trouble.unknown' : 'trouble.unreachable')}</p>
        {!isUnknown && (
          <button type="button" class="plain" onClick={again}>
            {t('tryAgain')}
          </button>
        )}
      </div>
    </main>
  )
}
