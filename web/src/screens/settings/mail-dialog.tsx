import { type Mail, readMail } from '@foyer/contract/mail.ts'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { api, codeOf } from '../../api.ts'
import { useErrorText, useText } from '../../text.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { RowSkeleton } from '../../ui/skeleton.tsx'

/** A mail as its reader gets it. */
export function MailDialog({ mail, close }: { mail: Mail | null; close: () => void }) {
  const t = useText()
  const errorText = useErrorText()
  const [shape, setShape] = useState<'page' | 'text'>('page')
  const { data, error } = useQuery({
    queryKey: ['mail', mail?.id],
    queryFn: ({ signal }) => api.call(readMail, { params: { mailId: mail?.id ?? '' }, signal }),
    enabled: mail !== null,
  })
  return (
    <Dialog
      title={data?.subject ?? t('settings.mail')}
      open={mail !== null}
      onClose={close}
      closeLabel={t('dialog.close')}
    >
      {error ? (
        <p role="alert" className="text-dense text-soft">
          {errorText(codeOf(error))}
        </p>
      ) : data ? (
        <div className="flex flex-col gap-4">
          <Choice
            label={t('mail.shape')}
            value={shape}
            options={[
              { value: 'page', label: t('mail.asPage') },
              { value: 'text', label: t('mail.asText') },
            ]}
            onChange={setShape}
          />
          {shape === 'page' ? (
            <Page title={data.subject} html={data.html} />
          ) : (
            <pre className="max-h-96 overflow-y-auto rounded-md bg-canvas p-4 font-mono text-small whitespace-pre-wrap wrap-anywhere">
              {data.text}
            </pre>
          )}
        </div>
      ) : (
        <RowSkeleton rows={4} />
      )}
    </Dialog>
  )
}

/**
 * The mail in a frame that runs no script and leads nowhere. Our policy allows no style in a page's text, and holds in the
 * frame too: the mail's looks are set aside and put on through the object model.
 */
function Page({ title, html }: { title: string; html: string }) {
  const { bare, sheet } = useMemo(() => undress(html), [html])
  function dress(frame: HTMLIFrameElement) {
    const inside = frame.contentWindow as (Window & typeof globalThis) | null
    if (!inside || !frame.contentDocument) return
    const own = new inside.CSSStyleSheet()
    own.replaceSync(sheet)
    frame.contentDocument.adoptedStyleSheets = [own]
    for (const part of frame.contentDocument.querySelectorAll<HTMLElement>('[data-look]'))
      part.style.cssText = part.dataset.look ?? ''
  }
  return (
    <iframe
      title={title}
      // The same origin lets us dress it; without scripts nothing in it can use that.
      sandbox="allow-same-origin"
      srcDoc={bare}
      onLoad={(event) => dress(event.currentTarget)}
      className="h-96 w-full rounded-md border border-line"
    />
  )
}

/** What people wrote cannot look like an attribute: the server escapes its quotes. */
function undress(html: string): { bare: string; sheet: string } {
  const sheet = /<style>([^<]*)<\/style>/.exec(html)
  return {
    sheet: sheet?.[1] ?? '',
    bare: html
      .replace(sheet?.[0] ?? '', '')
      .replaceAll(' style="', ' data-look="')
      .replaceAll(' href="', ' data-to="'),
  }
}
