import { askPermission, type Permission, usePermission } from '../../signs/permission.ts'
import { type TextKey, useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { Toggle } from '../../ui/toggle.tsx'
import { PagePart } from './page-part.tsx'
import { SignsEvents, type SignsPartProps } from './signs-events.tsx'

const standing: Record<Permission, TextKey> = {
  granted: 'signs.granted',
  denied: 'signs.denied',
  default: 'signs.notAsked',
  none: 'signs.none',
}

/** Of what the browser shows a notification, and what stands in the list of notifications. */
export function SignsShown({ settings, set }: SignsPartProps) {
  const t = useText()
  const permission = usePermission()
  const { shown, preview, groupListed } = settings
  return (
    <PagePart title={t('signs.shown')} text={t(standing[permission])}>
      {permission === 'default' ? (
        <div>
          <Button look="primary" onPress={() => void askPermission()}>
            {t('signs.allow')}
          </Button>
        </div>
      ) : null}
      <SignsEvents
        label={t('signs.shown')}
        chosen={shown}
        onChange={(chosen) => set({ shown: chosen })}
        disabled={false}
      />
      <Toggle on={preview} onChange={(on) => set({ preview: on })}>
        <span className="flex flex-col">
          <span className="font-medium">{t('signs.preview')}</span>
          <span className="text-dense text-faint">{t('signs.previewHelp')}</span>
        </span>
      </Toggle>
      <Toggle on={groupListed} onChange={(on) => set({ groupListed: on })}>
        <span className="flex flex-col">
          <span className="font-medium">{t('signs.groupListed')}</span>
          <span className="text-dense text-faint">{t('signs.groupListedHelp')}</span>
        </span>
      </Toggle>
    </PagePart>
  )
}
