import { useScene } from '../scene.ts'
import { Glyph } from './glyphs.tsx'

/** What stands over everything while files are held above it. */
export function DropHint() {
  const { t } = useScene()
  return (
    <div class="drop">
      <Glyph name="save" />
      <p>{t('files.drop')}</p>
    </div>
  )
}
