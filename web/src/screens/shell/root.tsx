import { Outlet } from '@tanstack/react-router'
import { Go } from '../../link.tsx'
import { paths } from '../../paths.ts'
import { useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Notices } from '../../ui/notices.tsx'

export function Root() {
  const t = useText()
  return (
    <>
      <Outlet />
      <Notices label={t('notices.label')} dismissLabel={t('dialog.close')} />
    </>
  )
}

/** An address that leads nowhere. */
export function Lost() {
  const t = useText()
  return (
    <main className="flex h-full items-center justify-center">
      <Empty
        heading="h1"
        drawing="lost"
        title={t('lost.title')}
        action={
          <Go
            to={paths.inbox()}
            className="text-dense font-medium text-accent underline-offset-2 hover:underline"
          >
            {t('lost.back')}
          </Go>
        }
      >
        {t('lost.text')}
      </Empty>
    </main>
  )
}

/** Something in a screen broke; the rest of the address bar still works. */
export function Fault() {
  const t = useText()
  return (
    <main className="flex h-full items-center justify-center">
      <Empty
        heading="h1"
        drawing="broken"
        title={t('fault.title')}
        action={<Button onPress={() => location.reload()}>{t('fault.reload')}</Button>}
      >
        {t('fault.text')}
      </Empty>
    </main>
  )
}
