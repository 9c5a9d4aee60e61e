import { useState } from 'react'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { type SaveState, useSaveState } from '#client/forms/use-record-form.ts'
import {
  reloadSavedList,
  reloadSavedLists,
  saveList,
} from '#client/queries/monitoring/saved-lists.ts'
import type { SavedList } from '#domain/list/saved-list.ts'
import { isStale } from '#features/case-finding/rules/use-rule-step.ts'

/** What the owner changed here; everything else of the list stays as it stands. */
export type ListChange = Partial<Pick<SavedList, 'name' | 'shared' | 'filters'>>

/** A list as it was read here; one that is new here has no edit. */
export type ReadList = Omit<SavedList, 'edit'> & Readonly<{ edit?: number }>

/** The list as it stands if it was changed elsewhere since it was read here, or that it was deleted, or both. */
export type ListElsewhere = Readonly<{
  now: SavedList | 'deleted' | 'changed-and-deleted'
  mine: ListChange
}>

type Saved = Promise<SavedList | undefined>

export type SaveList = Readonly<{
  saving: SaveState
  elsewhere: ListElsewhere | undefined
  /** undefined if it was not saved: why is in `saving` or `elsewhere` */
  save: (mine: ListChange) => Saved
  /** saves what was changed here over the list as it stands now; puts a deleted one back in the same step */
  saveOver: () => Saved
  /** takes the list as it stands now */
  leaveIt: () => void
}>

/** A change of an own list that was read as `read`, or a new one. */
export function useSaveList(read: ReadList): SaveList {
  const saving = useSaveState()
  const [elsewhere, setElsewhere] = useState<ListElsewhere>()
  const put = async (list: ReadList, mine: ListChange, restore = false): Saved => {
    let saved: SavedList | undefined
    await saving.run(async () => {
      const answer = await changedList({ ...list, ...mine, restore })
      setElsewhere('edit' in answer ? undefined : { ...answer, mine })
      if ('edit' in answer) saved = answer
    })
    return saved
  }
  return {
    ...{ saving, elsewhere },
    save: async (mine) => await put(read, mine),
    saveOver: async () => {
      if (!elsewhere) return undefined
      const { now, mine } = elsewhere
      return typeof now === 'string' ? await put(read, mine, true) : await put(now, mine)
    },
    leaveIt: () => {
      setElsewhere(undefined)
      // without a network the page keeps what it has
      reloadSavedLists().catch(() => undefined)
    },
  }
}

/** The list as it was saved, or as it stands if that was refused because it was changed. */
async function changedList(
  list: ReadList & Readonly<{ restore: boolean }>,
): Promise<SavedList | Pick<ListElsewhere, 'now'>> {
  try {
    return await saveList(list)
  } catch (error) {
    const isGone = error instanceof FhirError && error.kind === 'missing'
    if (!isStale(error) && !isGone) throw error
    const stands = await reloadSavedList(list.id)
    return { now: stands ?? (list.restore ? 'changed-and-deleted' : 'deleted') }
  }
}
