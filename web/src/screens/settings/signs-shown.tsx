import { askPermission, type Permission, usePermission } from '../../signs/permission.ts'
import { type TextKey, useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'
import { Card, PagePart } from './page-part.tsx'
import { SignsEvents, type SignsPartProps } from './signs-events.tsx'
import { ToggleRow } from './toggle-row.tsx'

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
      <Card>
        <SignsEvents
          label={t('signs.shown')}
          chosen={shown}
          onChange={(chosen) => set({ shown: chosen })}
          disabled={false}
        />
        <ToggleRow
          label={t('signs.preview')}
          help={t('signs.previewHelp')}
          on={preview}
          onChange={(on) => set({ preview: on })}
        />
        <ToggleRow
          label={t('signs.groupListed')}
          help={t('signs.groupListedHelp')}
          on={groupListed}
          onChange={(on) => set({ groupListed: on })}
        />
      </Card>
    </PagePart>
  )
}
