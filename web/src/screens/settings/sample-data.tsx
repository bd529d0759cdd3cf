import { createSample, readSample, removeSample, type SampleStatus } from '@foyer/contract/organizations.ts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ProgressBar } from 'react-aria-components/ProgressBar'
import { api, codeOf } from '../../api.ts'
import { useErrorText, useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { notify } from '../../ui/notices.tsx'

const isWorking = (status: SampleStatus | undefined) =>
  status?.state === 'creating' || status?.state === 'removing'

/** A made-up shop to look around in; comes and goes without touching anything real. */
export function SampleData() {
  const t = useText()
  const errorText = useErrorText()
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const {
    data: status,
    isError,
    refetch,
  } = useQuery({
    queryKey: ['sample'],
    queryFn: ({ signal }) => api.call(readSample, { signal }),
    refetchInterval: ({ state }) => (isWorking(state.data) ? 700 : false),
  })
  async function run(change: () => Promise<SampleStatus>) {
    try {
      queries.setQueryData(['sample'], await change())
    } catch (failure) {
      notify({ tone: 'error', text: errorText(codeOf(failure)) })
    }
    void queries.invalidateQueries({ queryKey: ['sample'] })
  }
  return (
    <>
      {status && isWorking(status) ? (
        <ProgressBar
          aria-label={status.state === 'creating' ? t('sample.creating') : t('sample.removing')}
          value={status.progress * 100}
          className="flex flex-col gap-1.5"
        >
          {({ percentage, valueText }) => (
            <>
              <p className="tabular flex justify-between text-dense text-soft">
                <span>{status.state === 'creating' ? t('sample.creating') : t('sample.removing')}</span>
                <span>{valueText}</span>
              </p>
              <span className="block h-1.5 overflow-hidden rounded-full bg-line">
                <span
                  className="block h-full rounded-full bg-accent transition-[width]"
                  style={{ width: `${percentage ?? 0}%` }}
                />
              </span>
            </>
          )}
        </ProgressBar>
      ) : null}
      {isError ? (
        <div role="alert" className="flex flex-wrap items-center gap-3 text-dense text-soft">
          {t('sample.failed')}
          <Button onPress={() => void refetch()}>{t('list.retry')}</Button>
        </div>
      ) : null}
      <div>
        {status?.state === 'absent' ? (
          <Button look="primary" onPress={() => void run(() => api.call(createSample))}>
            {t('sample.create')}
          </Button>
        ) : null}
        {status?.state === 'present' ? (
          <Button look="danger" onPress={() => setAsking(true)}>
            {t('sample.remove')}
          </Button>
        ) : null}
      </div>
      <Dialog
        title={t('sample.ask')}
        open={asking}
        onClose={() => setAsking(false)}
        closeLabel={t('dialog.close')}
      >
        <p className="text-pretty text-soft">{t('sample.askText')}</p>
        <div className="mt-5 flex flex-wrap justify-end gap-2">
          <Button onPress={() => setAsking(false)}>{t('dialog.cancel')}</Button>
          <Button
            look="danger"
            onPress={() => {
              setAsking(false)
              void run(() => api.call(removeSample))
            }}
          >
            {t('sample.remove')}
          </Button>
        </div>
      </Dialog>
    </>
  )
}
