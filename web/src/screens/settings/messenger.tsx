import { listWidgets, type Widget } from '@foyer/contract/widgets.ts'
import { useQuery } from '@tanstack/react-query'
import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { notify } from '../../ui/notices.tsx'
import { RowSkeleton } from '../../ui/skeleton.tsx'
import { useCopy } from '../../ui/use-copy.ts'
import { WidgetForm } from './widget-form.tsx'

/** The lines that put the messenger on a site. */
export function Messenger() {
  const t = useText()
  // What is taken back begins anew with what is kept.
  const [round, setRound] = useState(0)
  const mayManage = useMay('widgets.manage')
  const { data, isPending } = useQuery({
    queryKey: ['widgets'],
    queryFn: ({ signal }) => api.call(listWidgets, { signal }),
  })
  if (isPending) return <RowSkeleton rows={6} />
  return (
    <>
      {data?.items.map((widget) => (
        <div key={widget.id} className="flex flex-col gap-7">
          <Snippet widget={widget} />
          {mayManage ? (
            <WidgetForm
              key={`${widget.version} ${round}`}
              widget={widget}
              discard={() => setRound(round + 1)}
            />
          ) : null}
        </div>
      ))}
      <p className="text-dense text-pretty text-faint">
        {t('messenger.try')}{' '}
        <a
          href="/demo"
          target="_blank"
          rel="noopener"
          className="font-medium text-accent underline-offset-2 hover:underline"
        >
          {t('messenger.demo')}
        </a>
      </p>
    </>
  )
}

function Snippet({ widget }: { widget: Widget }) {
  const t = useText()
  const code = `<script src="${location.origin}/messenger.js" data-widget="${widget.key}" async></script>`
  const { copied, copy } = useCopy(code, {
    shownMs: 2_000,
    onRefused: () => notify({ tone: 'error', text: t('messenger.copyFailed') }),
  })
  return (
    <section aria-label={widget.name} className="max-w-160 overflow-hidden rounded-xl bg-raised shadow-rest">
      <header className="flex min-h-11 items-center gap-2.5 border-b border-line ps-5 pe-2">
        <span className="size-3 rounded-full" style={{ background: widget.color }} aria-hidden="true" />
        <h3 className="grow truncate text-dense font-medium">{widget.name}</h3>
        <Button look="quiet" onPress={copy}>
          {copied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
          {copied ? t('messenger.copied') : t('messenger.copy')}
        </Button>
      </header>
      <pre className="overflow-x-auto bg-canvas px-5 py-4 font-mono text-small whitespace-pre-wrap wrap-anywhere select-all">
        {code}
      </pre>
    </section>
  )
}
