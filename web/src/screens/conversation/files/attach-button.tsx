import { Paperclip } from 'lucide-react'
import { useRef } from 'react'
import { useText } from '../../../text.tsx'
import { IconButton } from '../../../ui/button.tsx'

/** Opens the browser's own way to choose files. */
export function AttachButton({ add }: { add: (files: readonly File[]) => void }) {
  const t = useText()
  const chooser = useRef<HTMLInputElement>(null)
  return (
    <>
      <IconButton label={t('files.attach')} onPress={() => chooser.current?.click()}>
        <Paperclip size={17} aria-hidden="true" />
      </IconButton>
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        onChange={({ currentTarget }) => {
          add([...(currentTarget.files ?? [])])
          // The same file can be chosen again.
          currentTarget.value = ''
        }}
      />
    </>
  )
}
