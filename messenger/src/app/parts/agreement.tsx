import { useScene } from '../scene.ts'

/** What the contact agrees to before there is a box to write in; until then nothing of them is kept or sent. */
export function Agreement({ agree }: { agree: () => void }) {
  const { t, name, privacy } = useScene()
  if (!privacy) return null
  return (
    <section class="agreement" aria-label={t('privacy.title')}>
      <p dir="auto">{privacy.text ?? t('privacy.text', { name })}</p>
      <p>
        <a href={privacy.url} target="_blank" rel="noopener noreferrer">
          {t('privacy.link')}
        </a>
      </p>
      <button type="button" class="main" onClick={agree}>
        {t('privacy.agree')}
      </button>
    </section>
  )
}
