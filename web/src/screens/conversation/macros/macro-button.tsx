import { Zap } from 'lucide-react'
import { useText } from '../../../text.tsx'
import { IconButton } from '../../../ui/button.tsx'

/** Opens the list of macros in the field. */
export function MacroButton({ open }: { open: () => void }) {
  const t = useText()
  return (
    <IconButton label={t('macros.title')} onPress={open}>
      <Zap size={16} aria-hidden="true" />
    </IconButton>
  )
}
