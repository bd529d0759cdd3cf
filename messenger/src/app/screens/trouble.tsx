import type { Translate } from '../messages.ts'
import type { Panel } from '../panel.ts'
import { Icon } from '../parts/icons.tsx'

/** Shown instead of everything else when not even the widget's name can be had. */
export function Trouble(props: { t: Translate; isUnknown: boolean; panel: Panel; again: () => void }) {
  const { t, isUnknown, panel, again } = props
  return (
    <main class="start" aria-label={t('name')}>
      <header class="welcome">
        <div class="bar">
          <span class="company" />
          <button type="button" class="round" aria-label={t('close')} onClick={panel.close}>
            <Icon name="close" />
          </button>
        </div>
      </header>
      <p class="empty" role="alert">
        {t(isUnknown ? 'trouble.unknown' : 'trouble.unreachable')}{' '}
        {!isUnknown && (
          <button type="button" class="plain" onClick={again}>
            {t('tryAgain')}
          </button>
        )}
      </p>
    </main>
  )
}
