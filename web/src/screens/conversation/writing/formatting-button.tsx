import { CaseSensitive } from 'lucide-react'
import { ToggleButton } from 'react-aria-components/ToggleButton'
import { useText } from '../../../text.tsx'
import { Tip } from '../../../ui/tip.tsx'
import { toolLook } from './tool-look.ts'
import { useHasBar } from './use-has-bar.ts'

/** Shows and hides the bar. */
export function FormattingButton() {
  const t = useText()
  const [hasBar, setHasBar] = useHasBar()
  return (
    <Tip text={t('formatting.show')}>
      <ToggleButton
        aria-label={t('formatting.show')}
        isSelected={hasBar}
        onChange={setHasBar}
        className={toolLook}
      >
        <CaseSensitive size={18} aria-hidden="true" />
      </ToggleButton>
    </Tip>
  )
}
