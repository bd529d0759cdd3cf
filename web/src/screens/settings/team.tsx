import { useQueries } from '@tanstack/react-query'
import { groupsQuery, operatorsQuery, skillsQuery } from '../../session.ts'
import { RowSkeleton } from '../../ui/skeleton.tsx'
import { Circles } from './circles.tsx'
import { Colleagues, teamQuery } from './colleagues.tsx'
import { Invitations, invitationsQuery } from './invitations.tsx'

/** Who works here, how others come in, and whom conversations are for. */
export function Team() {
  // A list that comes late would push those below it down.
  const isComing = useQueries({
    queries: [invitationsQuery, teamQuery, operatorsQuery, groupsQuery, skillsQuery],
    combine: (lists) => lists.some(({ isPending }) => isPending),
  })
  if (isComing) return <RowSkeleton rows={6} />
  return (
    <>
      <Invitations />
      <Colleagues />
      <Circles kind="groups" />
      <Circles kind="skills" />
    </>
  )
}
