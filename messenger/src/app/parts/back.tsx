import { useScene } from '../scene.ts'

/** When somebody is back, on the contact's own clock; nothing while the service is open. */
export function Back() {
  const { t, moments, opensAt } = useScene()
  return opensAt === null ? null : <span> {t('hours.back', { when: moments.ahead(opensAt) })}</span>
}
