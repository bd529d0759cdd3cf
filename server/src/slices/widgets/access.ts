import type { Database } from '../../platform/db/database.ts'
import { Failure } from '../../platform/failure.ts'
import type { RequestFacts } from '../../platform/http/bind.ts'
import { demandRight, type OperatorProof, type RightProof } from '../operators/access.ts'
import { siteAllowed } from './model.ts'

declare const proven: unique symbol

/** That a widget exists under a key, and that the caller may use it from where they are. */
export type WidgetProof = {
  readonly [proven]: 'widget'
  readonly organizationId: string
  readonly widgetId: string
  /** Whether contacts must agree to its terms before they write. */
  readonly asksAgreement: boolean
}

/**
 * Proves a widget by its public key. Requests come from the messenger's frame, which is on our own origin and which
 * browsers show on allowed sites only; one that names a site itself must name an allowed one.
 *
 * @throws Failure widget.unknown, widget.site
 */
export async function accessWidget(
  context: { database: Database },
  key: string,
  request: Pick<RequestFacts, 'origin' | 'ownOrigin'>,
): Promise<WidgetProof> {
  const row = await findWidget(context, key)
  if (!row) throw new Failure('widget.unknown')
  const isOurs = request.origin === null || hostOf(request.origin) === hostOf(request.ownOrigin)
  if (!isOurs && !siteAllowed(row.allowed_sites, request.origin ?? '')) throw new Failure('widget.site')
  return {
    organizationId: row.organization_id,
    widgetId: row.widget_id,
    asksAgreement: row.asks_agreement,
  } as WidgetProof
}

/** That this operator may change widgets. */
export type WidgetEditor = RightProof<'widgets.manage'>

/** @throws Failure role.missing */
export const accessWidgets = (operator: OperatorProof): WidgetEditor =>
  demandRight(operator, 'widgets.manage')

/** Sites on which the frame of a widget may be shown; an empty list: any; `null`: there is no such widget. */
export async function allowedSites(
  context: { database: Database },
  key: string,
): Promise<readonly string[] | null> {
  return (await findWidget(context, key))?.allowed_sites ?? null
}

/** The widget of a public key, without asking from where. */
export async function findWidget(
  { database }: { database: Database },
  key: string,
): Promise<Row | undefined> {
  if (!/^[\w-]{1,64}$/.test(key)) return undefined
  const [row] = await database.run<Row>({
    name: 'widget_by_key',
    text: 'select * from widget_by_key($1)',
    values: [key],
  })
  return row
}

type Row = { organization_id: string; widget_id: string; allowed_sites: string[]; asks_agreement: boolean }

/** The scheme is left out: behind a proxy that ends TLS we see http. */
function hostOf(origin: string): string {
  return origin.replace(/^https?:\/\//, '')
}
