import { useText } from '../../text.tsx'
import { Circles } from './circles.tsx'
import { Colleagues } from './colleagues.tsx'
import { Invitations } from './invitations.tsx'

/** Who works here, how others come in, and whom conversations are for. */
export function Team() {
  const t = useText()
  return (
    <>
      <p className="-mt-3 text-pretty text-soft">{t('team.text')}</p>
      <Invitations />
      <Colleagues />
      <Circles kind="groups" />
      <Circles kind="skills" />
    </>
  )
}
