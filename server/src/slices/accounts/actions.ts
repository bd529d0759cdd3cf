import type { AddressLink } from '@foyer/contract/accounts.ts'
import type { Locale } from '@foyer/contract/scalars.ts'
import { hashPassword, randomToken, Secret, sha256, verifyPassword } from '../../platform/crypto.ts'
import type { Database, Transaction } from '../../platform/db/database.ts'
import { violates } from '../../platform/db/errors.ts'
import { Failure } from '../../platform/failure.ts'
import type { RateLimits, RuleName } from '../../platform/http/limits.ts'
import type { Log } from '../../platform/log.ts'
import { refuseCommon } from '../../platform/passwords.ts'
import { type MailDraft, queueMail } from '../mail/actions.ts'
import type { OperatorProof } from '../operators/access.ts'
import { endSessionsOf, type ProvenOperator } from '../operators/actions.ts'
import {
  type OperatorKey,
  type TellsOfOperators,
  tellEnded,
  tellMe,
  tellOperators,
} from '../operators/news.ts'
import { changeRoles } from '../roles/reads.ts'
import type { TeamProof } from '../team/access.ts'
import { requireColleague } from '../team/reads.ts'
import { linkHours } from './model.ts'
import { findAccountLink, findByAddress } from './reads.ts'
import { dropLinks, dropUndos, everyLink, lockAccount, requireSession, takeLink } from './statements.ts'

export type AccountContext = TellsOfOperators & {
  database: Database
  rateLimits: RateLimits
  log: Log
  wakeWorkers: () => void
  /** Whether mail goes out; what proves an address by mail cannot do without. */
  sendsMail: boolean
}

type Account = {
  email: string
  name: string
  locale: Locale
  password_hash: string | null
  organization_name: string
}

/** Changes the caller's password; all sessions but the caller's end. @throws Failure password.wrong, password.common, request.too_many, session.required */
export async function changePassword(
  context: AccountContext,
  proof: OperatorProof,
  given: { current: string; password: string },
): Promise<void> {
  const account = await provePassword(context, proof, given.current)
  await refuseCommon(given.password, [account.name, account.email, account.organization_name])
  // Slow on purpose, so it must not happen while the transaction holds the row.
  const hash = await hashPassword(given.password)
  const ended = await context.database.within(proof.organizationId, (transaction) =>
    setPassword(transaction, proof.operatorId, {
      hash,
      from: account.password_hash,
      except: proof.sessionId,
    }),
  )
  done(context, proof, ended, 'A password was changed.')
}

/**
 * Mails a link for a new password to whoever has this address. It is done beside the answer, which so takes the same time
 * whether anybody has it.
 *
 * @throws Failure mail.not_set
 */
export function forgetPassword(context: AccountContext, address: string): void {
  if (!context.sendsMail) throw new Failure('mail.not_set')
  beside(context, 'A link for a new password could not be mailed.', async () => {
    const account = await findByAddress(context, address)
    if (!account || !(await isWithin(context, 'forgotten_account', account.operator_id))) return
    const operator = { organizationId: account.organization_id, operatorId: account.operator_id }
    await context.database.within(operator.organizationId, (transaction) =>
      tell(transaction, { ...account, ...operator, kind: 'password_link', hours: linkHours.forgotten }),
    )
    context.wakeWorkers()
  })
}

/** Sets a password by a link, which is used up by it, as are all other links of the same account. @throws Failure link.invalid, password.common */
export async function setPasswordByLink(
  context: AccountContext,
  given: { token: string; password: string },
): Promise<ProvenOperator> {
  const link = await findAccountLink(context, given.token, ['password'])
  await refuseCommon(given.password, [link.name, link.email, link.organization_name])
  const hash = await hashPassword(given.password)
  const operator = { organizationId: link.organization_id, operatorId: link.operator_id }
  const ended = await context.database.within(operator.organizationId, async (transaction) => {
    await lockAccount(transaction, operator.operatorId)
    await takeLink(transaction, given.token)
    return setPassword(transaction, operator.operatorId, { hash })
  })
  done(context, operator, ended, 'A password was set by a link.')
  return { ...operator, passwordHash: new Secret(hash) }
}

/** Makes a link by which a colleague sets a new password, who is told of it. @throws Failure operator.unknown, operator.protected */
export async function makePasswordLink(
  context: AccountContext,
  proof: TeamProof,
  operatorId: string,
): Promise<{ token: string; expiresAt: string }> {
  const token = randomToken()
  const made = await changeRoles(context.database, proof, async (change) => {
    const { transaction } = change
    await requireColleague(change, operatorId)
    const [row] = await transaction.query<{ expiresAt: string }>({
      text: `insert into account_links (organization_id, token_hash, operator_id, kind, created_by, expires_at)
        values ($1, $2, $3, 'password', $4, clock_now() + make_interval(hours => $5)) returning expires_at as "expiresAt"`,
      values: [proof.organizationId, sha256(token), operatorId, proof.operatorId, linkHours.handed],
    })
    const account = await readAccount(transaction, operatorId)
    await tell(transaction, { ...account, operatorId, kind: 'password_link_made', by: proof.operatorId })
    return row
  })
  if (!made) throw new Error('A link just made cannot be read.')
  context.log.info('A link for a new password was made.', {
    operatorId,
    reason: `by ${proof.operatorId}`,
  })
  context.wakeWorkers()
  return { token, expiresAt: made.expiresAt }
}

/** Mails a link to the address that is to become the caller's. @throws Failure password.wrong, operator.email_taken, mail.not_set, request.too_many, session.required */
export async function requestAddress(
  context: AccountContext,
  proof: OperatorProof,
  given: { email: string; password: string },
): Promise<void> {
  if (!context.sendsMail) throw new Failure('mail.not_set')
  const account = await provePassword(context, proof, given.password)
  await context.database.within(proof.organizationId, async (transaction) => {
    await lockAccount(transaction, proof.operatorId)
    const { password_hash } = await readAccount(transaction, proof.operatorId)
    if (password_hash !== account.password_hash) throw new Failure('password.wrong')
    await requireSession(transaction, proof.sessionId)
    // Outside the organization it is refused when the link is opened.
    const taken = await transaction.query({
      text: 'select from operators where organization_id = $1 and lower(email) = lower($2)',
      values: [proof.organizationId, given.email],
    })
    if (taken.length > 0) throw new Failure('operator.email_taken')
    await dropLinks(transaction, proof.operatorId, { kinds: ['address'], mails: ['address_proof'] })
    await tell(transaction, {
      ...account,
      email: given.email,
      operatorId: proof.operatorId,
      kind: 'address_proof',
      hours: linkHours.address,
    })
  })
  context.wakeWorkers()
}

/**
 * Sets the address of a link. One that takes a change back ends all sessions and the password too, and answers the secret of a
 * link for a new one: whoever changed the address knows the one before. It ends what would take back younger changes, as those
 * lead to the addresses of whoever made them; what restores a more original address stays.
 *
 * @throws Failure link.invalid, operator.email_taken
 */
export async function openAddressLink(
  context: AccountContext,
  token: string,
): Promise<AddressLink & { passwordToken: string | null }> {
  const link = await findAccountLink(context, token, ['address', 'undo'])
  const operator = { organizationId: link.organization_id, operatorId: link.operator_id }
  const email = link.address ?? ''
  const passwordToken = link.kind === 'undo' ? randomToken() : null
  const ended = await context.database
    .within(operator.organizationId, async (transaction) => {
      await lockAccount(transaction, operator.operatorId)
      const { expires_at } = await takeLink(transaction, token)
      const account = await readAccount(transaction, operator.operatorId)
      await transaction.query({
        text: `update operators set email = $3, version = version + 1, password_hash = case when $4 then null else password_hash end
          where organization_id = $1 and id = $2`,
        values: [operator.organizationId, operator.operatorId, email, passwordToken !== null],
      })
      await transaction.query({
        text: 'delete from invitations where organization_id = $1 and used_at is null and lower(email) = lower($2)',
        values: [operator.organizationId, email],
      })
      // Links that went to the address before must not lead here any more.
      await dropLinks(transaction, operator.operatorId, everyLink)
      if (passwordToken === null) {
        await tell(transaction, {
          ...account,
          operatorId: operator.operatorId,
          kind: 'address_changed',
          hours: linkHours.undo,
        })
        return []
      }
      await dropUndos(transaction, operator.operatorId, expires_at)
      await transaction.query({
        text: `insert into account_links (organization_id, token_hash, operator_id, kind, expires_at)
          values ($1, $2, $3, 'password', clock_now() + make_interval(hours => $4))`,
        values: [operator.organizationId, sha256(passwordToken), operator.operatorId, linkHours.forgotten],
      })
      return endSessionsOf(transaction, operator.operatorId)
    })
    .catch((error: unknown) => {
      if (violates(error, 'operators_email')) throw new Failure('operator.email_taken')
      throw error
    })
  done(context, operator, ended, 'An address was changed.')
  tellMe(context, operator)
  tellOperators(context, operator)
  return {
    // Any other kind is refused above.
    kind: link.kind as AddressLink['kind'],
    organizationName: link.organization_name,
    email,
    passwordToken,
  }
}

/** Counts a wrong password from a browser that is not known; of many their owner is told, once a day. */
export function noteFailedLogIn(context: AccountContext, operator: OperatorKey): void {
  beside(context, 'Nobody could be told of failed log-ins.', async () => {
    if (await isWithin(context, 'log_in_failures', operator.operatorId)) return
    if (!(await isWithin(context, 'log_in_failures_told', operator.operatorId))) return
    await context.database.within(operator.organizationId, async (transaction) => {
      const account = await readAccount(transaction, operator.operatorId)
      await tell(transaction, { ...account, operatorId: operator.operatorId, kind: 'log_ins_failed' })
    })
    context.wakeWorkers()
  })
}

export type OwnerLink = { organizationName: string; name: string; email: string; token: string }

/** Makes a link for a new password for the owner of each organization; for who has the server in hand. */
export async function makeOwnerLinks(database: Database): Promise<OwnerLink[]> {
  type Owner = {
    organization_id: string
    operator_id: string
    organization_name: string
    name: string
    email: string
  }
  const owners = await database.run<Owner>({ text: 'select * from installation_owners()' })
  return Promise.all(
    owners.map(async ({ organization_id, operator_id, organization_name, name, email }) => {
      const token = randomToken()
      await database.read(organization_id, {
        text: `insert into account_links (organization_id, token_hash, operator_id, kind, expires_at)
          values ($1, $2, $3, 'password', clock_now() + make_interval(hours => $4))`,
        values: [organization_id, sha256(token), operator_id, linkHours.owner],
      })
      return { organizationName: organization_name, name, email, token }
    }),
  )
}

/** The caller's account, if they know its password; wrong ones are slowed as at the log-in. @throws Failure password.wrong, request.too_many */
async function provePassword(
  context: AccountContext,
  proof: OperatorProof,
  password: string,
): Promise<Account> {
  const subject = `password:of:${proof.operatorId}`
  await context.rateLimits.attempt(subject)
  const account = await context.database.within(proof.organizationId, (transaction) =>
    readAccount(transaction, proof.operatorId),
  )
  if (!account.password_hash || !(await verifyPassword(account.password_hash, password)))
    throw new Failure('password.wrong')
  await context.rateLimits.succeed(subject, { forgetAll: true })
  return account
}

async function readAccount(transaction: Transaction, operatorId: string): Promise<Account> {
  const [row] = await transaction.query<Account>({
    text: `select o.email, o.name, o.locale, o.password_hash, g.name as organization_name
      from operators o join organizations g on g.id = o.organization_id
      where o.organization_id = $1 and o.id = $2`,
    values: [transaction.organizationId, operatorId],
  })
  if (!row) throw new Failure('session.required')
  return row
}

/** Puts a password in place, ends what the one before opened, and tells its owner; answers the sessions that ended. */
async function setPassword(
  transaction: Transaction,
  operatorId: string,
  given: {
    hash: string
    /** The one it replaces must still be there: of several changes at once one wins. */
    from?: string | null
    except?: string
  },
): Promise<string[]> {
  const [account] = await transaction.query<{ email: string; locale: Locale }>({
    text: `update operators set password_hash = $3, password_changed_at = clock_now()
      where organization_id = $1 and id = $2 and ($4::text is null or password_hash = $4)
      returning email, locale`,
    values: [transaction.organizationId, operatorId, given.hash, given.from ?? null],
  })
  if (!account) throw new Failure('password.wrong')
  if (given.except !== undefined) await requireSession(transaction, given.except)
  await dropLinks(transaction, operatorId, everyLink)
  await tell(transaction, { ...account, operatorId, kind: 'password_changed' })
  return endSessionsOf(transaction, operatorId, given.except ?? null)
}

/** Queues a mail to an operator about their account. */
async function tell(
  transaction: Transaction,
  about: {
    operatorId: string
    email: string
    locale: Locale
    kind: MailDraft['kind']
    /** How long its link can be used. */
    hours?: number
    by?: string
  },
): Promise<void> {
  const until = about.hours === undefined ? undefined : await inHours(transaction, about.hours)
  await queueMail(transaction, {
    kind: about.kind,
    to: about.email,
    locale: about.locale,
    data: {
      operatorId: about.operatorId,
      ...(until ? { until } : {}),
      ...(about.by ? { by: about.by } : {}),
    },
  })
}

async function inHours(transaction: Transaction, hours: number): Promise<string | undefined> {
  const [row] = await transaction.query<{ until: string }>({
    text: 'select clock_now() + make_interval(hours => $1) as until',
    values: [hours],
  })
  return row?.until
}

/** What everybody must hear after the commit. */
function done(context: AccountContext, operator: OperatorKey, ended: readonly string[], said: string): void {
  tellEnded(context, operator.organizationId, ended)
  context.log.info(said, { operatorId: operator.operatorId })
  context.wakeWorkers()
}

/** Counts one use; says whether it may be. */
async function isWithin(context: AccountContext, rule: RuleName, subject: string): Promise<boolean> {
  try {
    const taken = await context.rateLimits.take(rule, subject)
    await taken.done()
    return true
  } catch (error) {
    if (error instanceof Failure && error.code === 'request.too_many') return false
    throw error
  }
}

function beside(context: AccountContext, said: string, work: () => Promise<void>): void {
  work().catch((error: unknown) => context.log.warn(said, { error }))
}
