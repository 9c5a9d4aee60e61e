import type { Bundle, Group, Resource } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { recordsIn } from '#client/cache/records-at-hand.ts'
import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { queryClient } from '#client/fhir/query-client.ts'
import {
  listRequest,
  markSeenRequest,
  type SavedList,
  saveListRequest,
} from '#domain/list/saved-list.ts'
import { savedListFromFhir } from '#domain/list/saved-list-fhir.ts'

async function listsNow(signal?: AbortSignal): Promise<readonly SavedList[]> {
  const answer = await fhir.operation<Bundle>('Group/$saved-lists', undefined, signal)
  const isOne = (each: Resource): each is Group => each.resourceType === 'Group'
  return recordsIn(answer).filter(isOne).map(savedListFromFhir)
}

/** The lists of “Find people” that the user saved, and those that colleagues share. */
export const savedListsQuery = queryOptions({
  queryKey: ['saved-lists'],
  queryFn: async ({ signal }) => await listsNow(signal),
  meta: { kinds: ['Group'] },
})

const settled = async () => await noteChangeEvent(['Group'])

/** The lists as they stand now. */
export const reloadSavedLists = async (): Promise<readonly SavedList[]> =>
  await queryClient.fetchQuery({ ...savedListsQuery, staleTime: 0 })

/** One of them as it stands now. One that is gone stays on the page: what was typed for it would go with it. */
export async function reloadSavedList(id: string): Promise<SavedList | undefined> {
  const lists = await listsNow()
  const list = lists.find((each) => each.id === id)
  if (list) queryClient.setQueryData(savedListsQuery.queryKey, lists)
  return list
}

type Saving = Pick<SavedList, 'id' | 'name' | 'shared' | 'filters'> &
  Readonly<{ edit?: number; restore?: boolean }>

/**
 * Saves a new list, or a change of an own one that was read as `edit`. Safe to repeat. Rejects as stale if it was changed
 * since. `restore`: a deleted one is put back in the same step, or stays deleted.
 */
export async function saveList({ filters, edit, ...said }: Saving): Promise<SavedList> {
  const { id, name, shared, restore = false } = said
  const request = saveListRequest.write({ ...filters, id, name, shared, restore })
  const saved = await fhir.operation<Group>('Group/$save-list', request, undefined, edit)
  await settled()
  return savedListFromFhir(saved)
}

/** From what was shown (`stamp`) on, the list says who came and who is gone. */
export async function markListSeen(id: string, stamp: string): Promise<void> {
  await fhir.operation('Group/$mark-list-seen', markSeenRequest.write({ id, stamp }))
  await settled()
}

/** Deletes a list as it was read, or puts it back. Rejects as stale if it was changed since. */
export async function deleteList(
  { id, edit }: Pick<SavedList, 'id' | 'edit'>,
  restore = false,
): Promise<void> {
  const request = listRequest.write({ id, restore })
  await fhir.operation('Group/$delete-list', request, undefined, edit)
  await settled()
}
