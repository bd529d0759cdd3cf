import { makePasswordLink } from '@foyer/contract/accounts.ts'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useLocale, useText } from '../../text.tsx'
import { fullTime } from '../../time.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { LinkOnce } from './link-once.tsx'
import { useChange } from './use-change.ts'

/** Makes a link by which a colleague chooses a new password; asked for once more, because it opens their account. */
export function PasswordLink({ of, close }: { of: { id: string; name: string }; close: () => void }) {
  const t = useText()
  const locale = useLocale()
  const change = useChange()
  const [made, setMade] = useState<{ link: string; until: string } | null>(null)
  const { id, name } = of

  async function make() {
    const answer = await change(() => api.call(makePasswordLink, { params: { operatorId: id } }))
    if (answer) setMade({ link: `${location.origin}/new-password#${answer.token}`, until: answer.expiresAt })
  }
  return (
    <Dialog title={t('team.passwordLinkTitle', { name })} open onClose={close} closeLabel={t('dialog.close')}>
      {made ? (
        <LinkOnce
          text={t('team.passwordLinkText', { name, when: fullTime(locale, Date.parse(made.until)) })}
          link={made.link}
        />
      ) : (
        <div className="flex flex-col gap-4">
          <p className="text-dense text-pretty text-soft">{t('team.passwordLinkAsk', { name })}</p>
          <div className="flex justify-end">
            <Button look="primary" autoFocus onPress={() => void make()}>
              {t('team.makeLink')}
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  )
}
