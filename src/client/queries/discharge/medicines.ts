import type { Resource } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { fhir } from '#client/fhir/fhir-client.ts'
import type { Edit } from '#client/forms/merge-edit.ts'
import { saveTogether } from '#client/forms/save-record.ts'
import { writtenNow } from '#client/queries/care-plan/plan.ts'
import { type ArrangedTask, arrangedTask } from '#domain/discharge/arranged-task.ts'
import { MedicineMovedOn } from '#domain/discharge/medicine-row.ts'
import {
  isReconciliation,
  newReconciliation,
  type ReconciledRow,
  reconciliationIdFor,
  rowsIn,
  withRow,
} from '#domain/discharge/reconciled-row.ts'
import type { SkippedMedicine } from '#domain/discharge/ward-list.ts'
import { hasSameContent } from '#domain/fhir/references-and-extensions.ts'

/** The rows of medicines that were written down for a stay. */
export const reconciledQuery = (person: string, stay: string) =>
  queryOptions({
    queryKey: ['medicines-reconciled', person, stay],
    queryFn: async () => {
      const list = await fhir.find('List', reconciliationIdFor(stay))
      return isReconciliation(list) ? rowsIn(list) : []
    },
    meta: { kinds: ['List'] },
  })

type RowSaved = Readonly<{
  person: string
  stay: string
  row: ReconciledRow
  /** when the row that the form began from was written; absent: nobody had written it */
  seen: string | undefined
  /** what somebody is asked to sort out, with the row */
  task?: Omit<ArrangedTask, 'person' | 'stay'> | undefined
}>

/**
 * Writes one row, and the task that comes of it, together. Other rows stay as others wrote them. Rejects with
 * `MedicineMovedOn` if somebody wrote the same row meanwhile. Safe to repeat.
 */
export async function saveMedicineRow({ person, stay, row, seen, task }: RowSaved): Promise<void> {
  const written = writtenNow(person)
  const { written: _before, ...words } = row
  const wished: ReconciledRow = { ...words, ...(task ? { task: task.id } : {}) }
  const list: Edit = {
    ...{ type: 'List', id: reconciliationIdFor(stay) },
    onto: (current: Resource | undefined) => {
      const stands = isReconciliation(current)
        ? { ...current, id: reconciliationIdFor(stay) }
        : newReconciliation(person, stay, written)
      const was = rowsIn(stands).find(({ id }) => id === row.id)
      if (was && hasSameContent({ ...was, written: undefined }, wished)) return undefined
      if (was?.written?.at !== seen) throw new MedicineMovedOn()
      return withRow(stands, wished)
    },
  }
  await saveTogether({
    edits: [list, ...(task ? [newTaskEdit(arrangedTask({ ...task, person, stay }, written))] : [])],
  })
}

/**
 * Puts what the ward’s list says beside the rows that nobody has written, and adds rows for what is new. Returns what somebody
 * else wrote about meanwhile, which stays. Safe to repeat.
 */
export async function saveWardList(
  { person, stay }: Readonly<{ person: string; stay: string }>,
  fresh: readonly ReconciledRow[],
): Promise<readonly SkippedMedicine[]> {
  const written = writtenNow(person)
  let left: readonly ReconciledRow[] = []
  const onto: Edit['onto'] = (current) => {
    const stands = isReconciliation(current)
      ? { ...current, id: reconciliationIdFor(stay) }
      : newReconciliation(person, stay, written)
    const known = new Map(rowsIn(stands).map((row) => [row.id, row]))
    const open = fresh.filter(({ id }) => (known.get(id)?.ward.says ?? 'unknown') === 'unknown')
    left = fresh.filter((row) => !open.includes(row))
    if (open.length === 0) return undefined
    return open.reduce((list, row) => withRow(list, { ...known.get(row.id), ...row }), stands)
  }
  await saveTogether({ edits: [{ type: 'List', id: reconciliationIdFor(stay), onto }] })
  return left.map(({ name }) => ({ name, why: 'otherwise' }))
}

/** A task under an id of its own: if it is there already it arrived. */
const newTaskEdit = (task: ReturnType<typeof arrangedTask>): Edit => ({
  ...{ type: 'Task', id: task.id, isNew: true },
  onto: (current) => (current ? undefined : task),
})

/** Something that has to be in place after a stay. Safe to repeat with the same id. */
export async function saveArranged(task: ArrangedTask): Promise<void> {
  await saveTogether({ edits: [newTaskEdit(arrangedTask(task, writtenNow(task.person)))] })
}
