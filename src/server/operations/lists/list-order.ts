import type { FindFilter } from '#domain/case/find-people.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import { type FindPeople, narrowedBy } from '#server/operations/worklists/find-people-request.ts'

/** The order that suits this service: by chance where most people have one. */
async function suggestedOrder({ sql }: Pick<OperationCall, 'sql'>): Promise<'chance' | 'frailty'> {
  const { rows } = await sql.query<{ enough: boolean }>('select enough from chance_count')
  return rows[0]?.enough ? 'chance' : 'frailty'
}

/** The filters with an order that stays: who can be placed in it belongs to what a list asks for. */
export async function withFixedOrder(
  call: Pick<OperationCall, 'sql'>,
  filters: FindFilter,
): Promise<FindFilter> {
  if (filters.order !== 'suggested') return filters
  return { ...filters, order: await suggestedOrder(call) }
}

/** What a list asks for in its own order, whatever order its reader looks at. */
export async function requestOfList(
  call: Pick<OperationCall, 'sql'>,
  filters: FindFilter,
): Promise<FindPeople> {
  return {
    ...narrowedBy(await withFixedOrder(call, filters), 'frailty'),
    ...{ count: 0, offset: 0 },
  }
}
