import type { Head } from '@foyer/contract/conversations.ts'
import { message } from '@foyer/contract/entries/message.ts'
import type { Entry } from '@foyer/contract/entries.ts'
import { createContext, type ReactNode, Suspense, useMemo, useState } from 'react'
import { useMe, useOperatorName } from '../../../session.ts'
import { soon } from '../../../soon.ts'
import { useText } from '../../../text.tsx'
import { shortContactName } from '../../conversations/words.ts'
import type { Shown } from './viewer.tsx'

const Viewer = soon(async () => (await import('./viewer.tsx')).Viewer)

/** How a picture is shown large. */
export const ViewerContext = createContext<{ show: (id: string) => void }>({ show: () => undefined })

type ViewerPlaceProps = { head: Head; entries: readonly Entry[]; children: ReactNode }

/** Lets what is below show pictures of the conversation large, one after the other. */
export function ViewerPlace({ head, entries, children }: ViewerPlaceProps) {
  const t = useText()
  const me = useMe()
  const nameOf = useOperatorName()
  const [shown, setShown] = useState<string | null>(null)
  const context = useMemo(() => ({ show: setShown }), [])
  return (
    <ViewerContext value={context}>
      {children}
      {shown === null ? null : (
        <Suspense>
          <Viewer
            pictures={picturesOf(entries, ({ actor }) =>
              actor.kind === 'contact'
                ? shortContactName(head, t)
                : actor.id === me.id
                  ? t('log.you')
                  : nameOf(actor.id) || t('log.operator'),
            )}
            shown={shown}
            show={setShown}
            close={() => setShown(null)}
          />
        </Suspense>
      )}
    </ViewerContext>
  )
}

/** `nameOf`: what who wrote an entry is called. */
function picturesOf(entries: readonly Entry[], nameOf: (entry: Entry) => string): Shown[] {
  return entries.flatMap((entry) =>
    (message.read(entry.body)?.files ?? [])
      .filter(({ shows }) => shows === 'picture')
      .map((file) => ({ file, by: nameOf(entry), at: Date.parse(entry.at) })),
  )
}
