import { Mic } from 'lucide-react'
import { useText } from '../../../text.tsx'
import { IconButton } from '../../../ui/button.tsx'

/** Asks for the microphone and records. */
export function RecordButton({ begin }: { begin: () => void }) {
  const t = useText()
  return (
    <IconButton label={t('voice.record')} onPress={begin}>
      <Mic size={17} aria-hidden="true" />
    </IconButton>
  )
}
