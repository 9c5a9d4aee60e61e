import type { Extension, List, ListEntry, Resource } from '@medplum/fhirtypes'
import {
  extensionOf,
  idIn,
  ownCode,
  referenceTo,
  whoFrom,
  withExtensions,
  writtenExtension,
} from '#domain/fhir/references-and-extensions.ts'
import type { WrittenBy } from '#domain/plan/plan.ts'
import {
  type ListedMedicine,
  type MedicineRow,
  medicineChange,
  nothingListed,
} from './medicine-row.ts'

/** A row with who wrote it last, and the task that it became. */
export type ReconciledRow = MedicineRow & Readonly<{ written?: WrittenBy; task?: string }>

const code = 'medicines-reconciled'

/** One list a stay, so that two people who begin at once begin the same one. */
export const reconciliationIdFor = (stay: string) => `medicines-${stay}`

export const isReconciliation = (record: Resource | undefined): record is List =>
  record?.resourceType === 'List' &&
  (record.code?.coding?.some((each) => each.code === code) ?? false)

/** The stay that the list is about. */
export const stayOfReconciliation = (list: List) => idIn(list.encounter?.reference)

export function newReconciliation(
  person: string,
  stay: string,
  written: WrittenBy,
): List & { id: string } {
  return {
    ...{ resourceType: 'List', id: reconciliationIdFor(stay), status: 'current', mode: 'changes' },
    ...{ code: ownCode(code), title: 'Medicines before and after the stay' },
    ...{ subject: { reference: `Patient/${person}` }, date: written.at },
    ...{ encounter: { reference: `Encounter/${stay}` }, source: referenceTo(written.by) },
  }
}

const listedTo = (url: string, { says, how }: ListedMedicine): Extension => ({
  url,
  extension: [{ url: 'says', valueCode: says }, ...(how ? [{ url: 'how', valueString: how }] : [])],
})

export function rowToEntry(row: ReconciledRow): ListEntry {
  const { id, name, before, ward, hand, why, knows, written, task } = row
  const change = medicineChange(row)
  const parts = [
    { url: 'row', valueId: id },
    ...[listedTo('before', before), listedTo('ward', ward), listedTo('hand', hand)],
    ...(why ? [{ url: 'why', valueString: why }] : []),
    ...(knows ? [{ url: 'knows', valueString: knows }] : []),
    ...(task ? [{ url: 'task', valueReference: { reference: `Task/${task}` } }] : []),
  ]
  return {
    ...withExtensions(undefined, {
      medicine: [{ extension: parts }],
      written: writtenExtension(written),
    }),
    flag: ownCode(change),
    ...(change === 'stopped' ? { deleted: true } : {}),
    ...(written ? { date: written.at } : {}),
    item: { display: name },
  }
}

function listedFrom(extension: Extension | undefined): ListedMedicine {
  const part = (url: string) => extension?.extension?.find((each) => each.url === url)
  const says = part('says')?.valueCode
  if (says !== 'has' && says !== 'not') return nothingListed
  return { says, how: part('how')?.valueString ?? '' }
}

/** Undefined for an entry that is no row of ours. */
export function rowFromEntry(entry: ListEntry): ReconciledRow | undefined {
  const medicine = extensionOf(entry, 'medicine')
  const part = (url: string) => medicine?.extension?.find((each) => each.url === url)
  const id = part('row')?.valueId
  if (!id) return undefined
  const mark = extensionOf(entry, 'written')?.extension
  const by = whoFrom(mark?.find(({ url }) => url === 'by')?.valueReference)
  const at = mark?.find(({ url }) => url === 'at')?.valueDateTime
  const task = idIn(part('task')?.valueReference?.reference)
  return {
    ...{ id, name: entry.item.display ?? '' },
    ...{ before: listedFrom(part('before')), ward: listedFrom(part('ward')) },
    ...{ hand: listedFrom(part('hand')), why: part('why')?.valueString ?? '' },
    knows: part('knows')?.valueString ?? '',
    ...(by && at ? { written: { by, at } } : {}),
    ...(task ? { task } : {}),
  }
}

export const rowsIn = (list: List | undefined): readonly ReconciledRow[] =>
  (list?.entry ?? []).flatMap((entry) => rowFromEntry(entry) ?? [])

/** The list with this row in the place of the one that stood there, or at its end. */
export function withRow(list: List & { id: string }, row: ReconciledRow): List & { id: string } {
  const entry = list.entry ?? []
  const fresh = rowToEntry(row)
  const stands = entry.some((each) => rowFromEntry(each)?.id === row.id)
  return {
    ...list,
    entry: stands
      ? entry.map((each) => (rowFromEntry(each)?.id === row.id ? fresh : each))
      : [...entry, fresh],
  }
}
