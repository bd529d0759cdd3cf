import { joinSayings, type Saying } from '@foyer/contract/rich-text/saying.ts'
import {
  type ComponentType,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from 'react'
import { flushSync } from 'react-dom'
import { besides } from '../../../soon.ts'
import type { FormattedFieldProps } from './formatted-field.tsx'
import type { FieldProps, Place, WritingHandle } from './handle.ts'
import { PlainField, type PlainHandle } from './plain-field.tsx'
import { useHasBar } from './use-has-bar.ts'

/** The editor is large and is not needed to show a conversation. */
let loaded: ComponentType<FormattedFieldProps> | null = null
const load = besides(async () => {
  loaded = (await import('./formatted-field.tsx')).FormattedField
  return loaded
})

type WritingFieldProps = FieldProps & {
  saying: Saying
  onChange: (saying: Saying) => void
  handle: Ref<WritingHandle>
}

/**
 * Where a message or a note is written. Until the editor is there a plain field stands in, from which it takes over what was
 * typed, and the caret.
 */
export function WritingField({ handle, ...props }: WritingFieldProps) {
  const { saying, onChange } = props
  const [Field, setField] = useState(() => loaded)
  const [hasBar] = useHasBar()
  const plain = useRef<PlainHandle>(null)
  const formatted = useRef<WritingHandle>(null)
  const place = useRef<Place>(null)
  const isComposing = useRef(false)
  const written = useRef({ text: saying.text, write: onChange })
  written.current = { text: saying.text, write: onChange }

  const takeOver = useCallback(() => {
    // A word that is being composed belongs to the field in which it was begun.
    if (!loaded || isComposing.current) return
    place.current = plain.current?.place() ?? null
    flushSync(() => setField(() => loaded))
  }, [])
  useEffect(() => {
    if (!Field) void load().then(takeOver)
  }, [Field, takeOver])
  useImperativeHandle(handle, (): WritingHandle => {
    const current = () => formatted.current ?? plain.current
    return {
      focus: () => current()?.focus(),
      insert: (text) => current()?.insert(text),
      before: () => current()?.before() ?? null,
      replaceBefore(length, said) {
        const { current: standIn } = plain
        if (formatted.current || !standIn || typeof said === 'string' || !said.content)
          return current()?.replaceBefore(length, said)
        // It shows what it cannot write.
        const { text, write } = written.current
        const to = standIn.place()?.to ?? text.length
        const before = joinSayings({ text: text.slice(0, to - length) }, said)
        write(joinSayings(before, { text: text.slice(to) }))
      },
    }
  }, [])
  const writePlain = useCallback((text: string) => onChange({ text }), [onChange])

  if (Field) return <Field {...props} hasBar={hasBar} place={place.current} handle={formatted} />
  return (
    <PlainField
      {...props}
      text={saying.text}
      // What has formatting would lose it.
      isFixed={saying.content !== undefined}
      onChange={writePlain}
      onComposing={(is) => {
        isComposing.current = is
        if (!is) takeOver()
      }}
      handle={plain}
    />
  )
}
