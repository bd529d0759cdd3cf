import { useScene } from '../scene.ts'

/** In the place of the box to write in: what is written would not be taken. */
export function Blocked({ until }: { until: string | null }) {
  const { t, moments } = useScene()
  return (
    <p class="blocked" role="status">
      {until === null ? t('blocked.forGood') : t('blocked.until', { when: moments.ahead(Date.parse(until)) })}
    </p>
  )
}
