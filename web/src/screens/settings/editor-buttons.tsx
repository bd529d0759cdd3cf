import { useText } from '../../text.tsx'
import { Button } from '../../ui/button.tsx'

/** What stands below the form of a thing that is kept: remove it, where it is there already, and save. */
export function EditorButtons({ remove }: { remove: (() => void) | null }) {
  const t = useText()
  return (
    <div className="flex justify-between gap-2">
      {remove ? (
        <Button look="danger" onPress={remove}>
          {t('team.remove')}
        </Button>
      ) : (
        <span />
      )}
      <Button type="submit" look="primary">
        {t('settings.save')}
      </Button>
    </div>
  )
}
