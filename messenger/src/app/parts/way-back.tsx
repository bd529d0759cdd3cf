import type { Translate } from '../messages.ts'

/** From the page that a link opens to the website. */
export function WayBack({ t, site }: { t: Translate; site: string | null }) {
  if (!site) return null
  return (
    <a class="way" href={site}>
      {t('link.site', { site: site.replace(/^https?:\/\//, '') })}
    </a>
  )
}
