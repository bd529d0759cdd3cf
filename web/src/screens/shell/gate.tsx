import { useSession } from '../../session.ts'
import { LogInScreen } from '../log-in/log-in-screen.tsx'
import { Desk } from './desk.tsx'

/** Whoever is not logged in is asked to; the address stays, so that they land where they wanted to go. */
export function Gate() {
  const { data: me } = useSession()
  return me ? <Desk key={me.id} me={me} /> : <LogInScreen />
}
