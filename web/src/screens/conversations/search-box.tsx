import { Search, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { Input } from 'react-aria-components/Input'
import { SearchField } from 'react-aria-components/SearchField'
import { classes } from '../../ui/classes.ts'
import { inputLook } from '../../ui/field.tsx'

/** Waits until the hand rests, so that a word is one question and not one a letter. */
const restMs = 250

type SearchBoxProps = { label: string; value: string; onSearch: (words: string) => void }

export function SearchBox({ label, value, onSearch }: SearchBoxProps) {
  const [words, setWords] = useState(value)
  const asked = useRef(value)
  const search = useRef(onSearch)
  search.current = onSearch
  // Going back in the history brings the words of then.
  if (value !== asked.current) {
    asked.current = value
    setWords(value)
  }
  useEffect(() => {
    const next = words.trim()
    if (next === asked.current) return
    const timer = setTimeout(() => {
      asked.current = next
      search.current(next)
    }, restMs)
    return () => clearTimeout(timer)
  }, [words])
  return (
    <SearchField
      aria-label={label}
      value={words}
      onChange={setWords}
      className="group relative min-w-40 grow basis-40 @min-[50rem]/list:max-w-80"
    >
      <Search
        size={15}
        className="pointer-events-none absolute inset-y-0 start-2.5 my-auto text-faint"
        aria-hidden="true"
      />
      <Input
        placeholder={label}
        maxLength={200}
        className={classes(
          inputLook,
          'h-8 text-ellipsis ps-8! pe-8! text-dense! group-data-empty:pe-2.5! [&::-webkit-search-cancel-button]:hidden',
        )}
      />
      <Button className="absolute inset-y-0 end-1 my-auto flex size-6 items-center justify-center rounded-sm text-faint group-data-empty:hidden data-hovered:bg-hover">
        <X size={14} aria-hidden="true" />
      </Button>
    </SearchField>
  )
}
