import type { List, Resource } from '@medplum/fhirtypes'
import { medicineFault } from '#domain/discharge/medicine-row.ts'
import {
  isReconciliation,
  type ReconciledRow,
  reconciliationIdFor,
  rowFromEntry,
  rowsIn,
  rowToEntry,
  stayOfReconciliation,
} from '#domain/discharge/reconciled-row.ts'
import { hasSameContent } from '#domain/fhir/references-and-extensions.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { writerOf } from '#server/agreement/own-words.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { stayNamed } from './guard-stay-record.ts'

type Facts = Readonly<{ person: string | undefined; before: Resource | undefined }>
const refusal = (words: string) => new FhirProblem(422, 'business-rule', words)

/**
 * The table of medicines of a stay as it is stored: each row that was changed is in the name of the one who changed it, with
 * what became of the medicine as the two lists say it. A row stays: what is true of it now is said in it.
 */
export async function keepReconciliation(
  context: RequestContext,
  resource: ResourceWithId,
  { person, before }: Facts,
): Promise<ResourceWithId> {
  if (!isReconciliation(resource)) {
    if (isReconciliation(before)) throw forbidden('This list stays the list of medicines of a stay')
    return resource
  }
  if (person === undefined) return resource
  const stay = stayOfReconciliation(resource)
  await stayNamed(context, stay, person)
  if (resource.id !== reconciliationIdFor(stay))
    throw refusal(`The list of a stay has the id ${reconciliationIdFor(stay)}`)
  const stood = new Map(
    (isReconciliation(before) ? rowsIn(before) : []).map((row) => [row.id, row]),
  )
  const rows = (resource.entry ?? []).map((entry) => {
    const row = rowFromEntry(entry)
    if (!row) throw refusal('An entry of this list is no row of medicines')
    return row
  })
  mustBeWhole(rows, stood)
  const { who, at } = writerOf(context, person)
  const entry = rows.map((row) => {
    const was = stood.get(row.id)
    const { written: _said, ...words } = row
    const written =
      was && hasSameContent(words, { ...was, written: undefined })
        ? was.written
        : { by: { reference: who.reference, name: who.name, voice: who.voice }, at }
    return rowToEntry({ ...words, ...(written ? { written } : {}) })
  })
  return { ...(resource as List & { id: string }), entry }
}

function mustBeWhole(
  rows: readonly ReconciledRow[],
  stood: ReadonlyMap<string, ReconciledRow>,
): void {
  const ids = new Set(rows.map(({ id }) => id))
  if (ids.size < rows.length) throw refusal('Two rows have the same id')
  if ([...stood.keys()].some((id) => !ids.has(id)))
    throw refusal('A row of medicines is not removed. Say in it what is true now')
  const fault = rows.map(medicineFault).find(Boolean)
  if (fault === 'no-name') throw refusal('Give the medicine its name')
  if (fault) throw refusal('Write 400 characters at most, in each box')
}
