import type { Editor } from '@tiptap/core'
import {
  Bold,
  Code,
  Italic,
  Link,
  List,
  ListOrdered,
  type LucideIcon,
  SquareCode,
  Strikethrough,
  TextQuote,
} from 'lucide-react'
import { useEffect, useState } from 'react'
import { ToggleButton } from 'react-aria-components/ToggleButton'
import { Toolbar } from 'react-aria-components/Toolbar'
import { type TextKey, useText } from '../../../text.tsx'
import { Tip } from '../../../ui/tip.tsx'
import { toolLook } from './tool-look.ts'

type Tool = {
  name: string
  label: TextKey
  icon: LucideIcon
  keys?: string
  run: (editor: Editor) => boolean
}

/** What the editor can do, in groups. */
const groups: readonly (readonly Tool[])[] = [
  [
    {
      name: 'bold',
      label: 'formatting.bold',
      icon: Bold,
      keys: 'Ctrl B',
      run: ({ commands }) => commands.toggleBold(),
    },
    {
      name: 'italic',
      label: 'formatting.italic',
      icon: Italic,
      keys: 'Ctrl I',
      run: ({ commands }) => commands.toggleItalic(),
    },
    {
      name: 'strike',
      label: 'formatting.struck',
      icon: Strikethrough,
      keys: 'Ctrl Shift X',
      run: ({ commands }) => commands.toggleStrike(),
    },
    {
      name: 'code',
      label: 'formatting.code',
      icon: Code,
      keys: 'Ctrl E',
      run: ({ commands }) => commands.toggleCode(),
    },
  ],
  [
    {
      name: 'bulletList',
      label: 'formatting.bullets',
      icon: List,
      keys: 'Ctrl Shift 8',
      run: ({ commands }) => commands.toggleBulletList(),
    },
    {
      name: 'orderedList',
      label: 'formatting.numbers',
      icon: ListOrdered,
      keys: 'Ctrl Shift 7',
      run: ({ commands }) => commands.toggleOrderedList(),
    },
    {
      name: 'blockquote',
      label: 'formatting.quote',
      icon: TextQuote,
      keys: 'Ctrl Shift 9',
      run: ({ commands }) => commands.toggleBlockquote(),
    },
    {
      name: 'codeBlock',
      label: 'formatting.codeBlock',
      icon: SquareCode,
      run: ({ commands }) => commands.toggleCodeBlock(),
    },
  ],
]
const names = groups.flat().map(({ name }) => name)

/** The formatting to choose from, each pressed where the caret stands in it. */
export function FormattingBar({ editor, openLink }: { editor: Editor; openLink: () => void }) {
  const t = useText()
  const active = useActive(editor)
  return (
    <Toolbar
      aria-label={t('formatting.bar')}
      className="flex items-center gap-0.5 overflow-x-auto px-2 pt-1.5 [scrollbar-width:none]"
    >
      {groups.map((tools) => (
        <div key={tools[0]?.name} className="me-0.5 flex shrink-0 gap-0.5 border-line border-e pe-1">
          {tools.map(({ name, label, icon: Icon, keys, run }) => (
            <Tip key={name} text={t(label)} keys={keys}>
              <ToggleButton
                aria-label={t(label)}
                isSelected={active.includes(name)}
                onChange={() => {
                  run(editor)
                  // At once: the next key is meant for it.
                  editor.view.focus()
                }}
                className={toolLook}
              >
                <Icon size={16} aria-hidden="true" />
              </ToggleButton>
            </Tip>
          ))}
        </div>
      ))}
      <Tip text={t('formatting.link')} keys="Ctrl Shift K">
        <ToggleButton
          aria-label={t('formatting.link')}
          isSelected={active.includes('link')}
          onChange={openLink}
          className={toolLook}
        >
          <Link size={16} aria-hidden="true" />
        </ToggleButton>
      </Tip>
    </Toolbar>
  )
}

/** What the caret stands in. */
function useActive(editor: Editor): readonly string[] {
  const [active, setActive] = useState('')
  useEffect(() => {
    const look = () => setActive([...names, 'link'].filter((name) => editor.isActive(name)).join())
    look()
    editor.on('transaction', look)
    return () => void editor.off('transaction', look)
  }, [editor])
  return active.split(',')
}
