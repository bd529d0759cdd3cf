import { useEffect, useState } from 'preact/hooks'
import { useChanges, useScene } from '../scene.ts'
import { WayBack } from './way-back.tsx'

/** A short cut is not worth a word. */
const patienceMs = 1_500

/** What the contact should know about the line and the browser, calmly. */
export function Notices() {
  const { t, conversations, keeper, wayBack } = useScene()
  useChanges(conversations)
  const isCut = conversations.isCut()
  const [showCut, setShowCut] = useState(false)
  useEffect(() => {
    if (!isCut) return setShowCut(false)
    const timer = setTimeout(() => setShowCut(true), patienceMs)
    return () => clearTimeout(timer)
  }, [isCut])

  return (
    <div class="notices" role="status">
      {showCut && <p>{t('notice.offline')}</p>}
      {wayBack && (
        <p>
          <WayBack t={t} site={wayBack} />
        </p>
      )}
      {!keeper.kept && <p>{t('notice.notKept')}</p>}
      {conversations.stopReason() === 'version' && (
        <p>
          {t('notice.version')}{' '}
          <button type="button" class="plain" onClick={() => location.reload()}>
            {t('notice.reload')}
          </button>
        </p>
      )}
    </div>
  )
}
