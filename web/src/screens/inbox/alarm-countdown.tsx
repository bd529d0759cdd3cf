import { serverNow } from '@foyer/client/clock.ts'
import { BellRing } from 'lucide-react'
import { useEffect, useState } from 'react'
import { alarmTimes } from '../../signs/alarm.ts'
import { useSignSettings } from '../../signs/use-settings.ts'
import { useText } from '../../text.tsx'

/** Nobody counts seconds of an hour: it is shown from here on. */
const shownMs = 10 * 60_000

/** When the alarm of a contact who waits for my answer will sound, counted down. */
export function AlarmCountdown({ since }: { since: string }) {
  const t = useText()
  const settings = useSignSettings()
  const alarm = settings?.alarm.on && !settings.silenced ? settings.alarm : null
  const [now, setNow] = useState(serverNow)
  const next = alarm ? alarmTimes(Date.parse(since), alarm, now).next : null
  const isOn = next !== null
  useEffect(() => {
    if (!isOn) return
    setNow(serverNow())
    const timer = setInterval(() => setNow(serverNow()), 1_000)
    return () => clearInterval(timer)
  }, [isOn])
  if (next === null || next - now > shownMs) return null
  const seconds = Math.max(0, Math.ceil((next - now) / 1000))
  return (
    // For the eye alone: spoken each second it would be noise, and the alarm itself is heard.
    <span
      aria-hidden="true"
      title={t('signs.alarmTitle')}
      className="tabular inline-flex shrink-0 items-center gap-1 whitespace-nowrap"
    >
      <BellRing size={12} className="shrink-0" />
      {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, '0')}
    </span>
  )
}
