import { Circles } from './circles.tsx'
import { Colleagues } from './colleagues.tsx'
import { Invitations } from './invitations.tsx'

/** Who works here, how others come in, and whom conversations are for. */
export function Team() {
  return (
    <>
      <Invitations />
      <Colleagues />
      <Circles kind="groups" />
      <Circles kind="skills" />
    </>
  )
}
